import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIXTURE_MOVIES } from './fixture-movies.ts';
import { type TemporaryFolder, temporaryFolder } from './fixture-release.ts';
import { type RunningServer, startServer } from './real-servers/cinematch.ts';
import { findPostgres, type RealPostgres, startPostgres } from './real-servers/postgres.ts';

/** KILLED_IMPORTS=30 repeats the kills as often as the product is held to. */
const KILLS = Number(process.env.KILLED_IMPORTS ?? 4);
const ROWS = 12_000;
const IMPORT = `mutation ($files: [HistoryFileInput!]!) { importFiles(files: $files) { importId } }`;
const PROGRESS = '{ viewer { importProgress { phase done } } }';
const LIBRARY =
  '{ viewer { ratings { totalCount } plays { totalCount } watchlist { totalCount } imports { movieCount undoneAt changeCount id } } }';
const UNDO = 'mutation ($id: ID!) { undoImport(id: $id) { changeCount } }';

interface Library {
  viewer: {
    ratings: { totalCount: number };
    plays: { totalCount: number };
    watchlist: { totalCount: number };
    imports: { movieCount: number; undoneAt: string | null; changeCount: number; id: string }[];
  };
}
interface Progress {
  viewer: { importProgress: { phase: string; done: number } | null };
}

/** Many days of watching each movie of the fixture. */
const diary = (): string => {
  const lines = Array.from({ length: ROWS }, (_, i) => {
    const { title, year } = FIXTURE_MOVIES[i % FIXTURE_MOVIES.length];
    const day = new Date(Date.UTC(2000, 0, 1 + Math.floor(i / FIXTURE_MOVIES.length))).toISOString().slice(0, 10);
    return `${day},"${title}",${year ?? ''},u,4,,,${day}\n`;
  });
  return `Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date\n${lines.join('')}`;
};
const FILES = [{ name: 'diary.csv', base64: Buffer.from(diary()).toString('base64') }];
const NOTHING = { ratings: 0, plays: 0, watchlist: 0, imports: 0 };

describe('a server that is killed while it imports', () => {
  it(`on SQLite has the whole import or nothing after each of ${KILLS} SIGKILLs`, () => killRepeatedly({}), 60_000 + KILLS * 20_000);
});

const { path, hint } = findPostgres();

describe.skipIf(path === undefined)(`a server that is killed while it imports (${hint})`, () => {
  let postgres: RealPostgres;
  beforeAll(async () => {
    postgres = await startPostgres(path ?? '');
  });
  afterAll(() => postgres?.stop());

  it(
    `on PostgreSQL has the whole import or nothing after each of ${KILLS} SIGKILLs`,
    async () => {
      await killRepeatedly({ DATABASE_URL: await postgres.createDatabase('killed_imports') });
    },
    60_000 + KILLS * 20_000,
  );
});

async function killRepeatedly(environment: Record<string, string>): Promise<void> {
  const folder: TemporaryFolder = await temporaryFolder();
  let server: RunningServer | undefined;
  try {
    server = await startServer(folder.path, { RATE_LIMIT: 'off', ...environment });
    const cookie = await signUp(server.url);
    await ask(server.url, cookie, IMPORT, { files: FILES });
    const whole = await stateOf(server.url, cookie);
    // Rows of films with the same title are doubtful.
    expect(whole.plays).toBeGreaterThan(0.9 * ROWS);
    await undoAll(server.url, cookie);
    const outcomes: string[] = [];
    for (let kill = 0; kill < KILLS; kill++) {
      await killWhileImporting(server, cookie, kill);
      server = await startServer(folder.path, { RATE_LIMIT: 'off', ...environment });
      const state = await stateOf(server.url, cookie);
      outcomes.push(state.imports === 0 ? 'nothing' : 'whole');
      expect(state, `kill ${kill}`).toEqual(state.imports === 0 ? NOTHING : whole);
      await undoAll(server.url, cookie);
      expect(await stateOf(server.url, cookie)).toEqual(NOTHING);
    }
    // The import that is killed can be repeated.
    await ask(server.url, cookie, IMPORT, { files: FILES });
    expect(await stateOf(server.url, cookie)).toEqual(whole);
    expect(outcomes).toContain('nothing');
  } finally {
    await server?.end('SIGKILL');
    await folder.remove();
  }
}

/** Kills the server while it writes: at another moment of the writing each time. */
async function killWhileImporting(server: RunningServer, cookie: string, kill: number): Promise<void> {
  const importing = ask(server.url, cookie, IMPORT, { files: FILES }).catch(() => undefined);
  let isOver = false;
  void importing.then(() => {
    isOver = true;
  });
  while (!isOver) {
    const { viewer } = await ask<Progress>(server.url, cookie, PROGRESS);
    if (viewer.importProgress?.phase === 'WRITING') break;
    if (viewer.importProgress?.phase === 'MATCHING' && kill % 3 === 0) break;
  }
  await sleep((kill * 37) % 150);
  await server.end('SIGKILL');
  await importing;
}

async function stateOf(url: string, cookie: string) {
  const { ratings, plays, watchlist, imports } = (await ask<Library>(url, cookie, LIBRARY)).viewer;
  return {
    ratings: ratings.totalCount,
    plays: plays.totalCount,
    watchlist: watchlist.totalCount,
    imports: imports.filter(({ undoneAt }) => undoneAt === null).length,
  };
}

async function undoAll(url: string, cookie: string): Promise<void> {
  const { imports } = (await ask<Library>(url, cookie, LIBRARY)).viewer;
  for (const { id, undoneAt } of imports) if (undoneAt === null) await ask(url, cookie, UNDO, { id });
}

async function ask<Data = object>(url: string, cookie: string, query: string, variables: object = {}): Promise<Data> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data;
}

/** An account: a guest keeps too little. */
async function signUp(url: string): Promise<string> {
  const response = await fetch(`${url}/api/auth/sign-up/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ name: 'Ada', email: 'ada@films.example', password: 'a long password' }),
  });
  expect(response.status).toBe(200);
  return response.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
}
