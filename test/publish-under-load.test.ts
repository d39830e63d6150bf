import { mkdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RefreshState, writeRefreshState } from '../src/engine/artifacts/refresh-state.ts';
import { FIXTURE_MOVIES } from './fixture-movies.ts';
import { type TemporaryFolder, temporaryFolder, writeFixtureRelease } from './fixture-release.ts';
import { type RunningServer, startServer } from './real-servers/cinematch.ts';

const CLIENTS = 6;
const ROUNDS = 4;

const FAILED: RefreshState = {
  startedAt: '2026-03-04T05:00:00.000Z',
  finishedAt: '2026-03-04T05:01:00.000Z',
  seconds: 60,
  result: 'failed',
  failedStep: 'merge',
  error: '/data/raw: several data sets',
  succeededAt: null,
  changes: null,
  skipped: ['fetch: no TMDb key'],
  version: null,
  dataAt: null,
  nextAt: '2026-03-05T05:00:00.000Z',
  log: ['[new] merge'],
};
const REFRESH = '{ admin { catalog { refresh { result failedStep error skipped seconds nextAt succeededAt log } } } }';

interface Seen {
  status: number;
  body: { data?: { catalog: { version: string }; recommendations: { totalCount: number; nodes: unknown[] } }; errors?: unknown };
}

describe('a server whose versions are published and rolled back through the API', () => {
  let folder: TemporaryFolder;
  let server: RunningServer;
  beforeAll(async () => {
    folder = await temporaryFolder();
    await mkdir(`${folder.path}/artifacts`, { recursive: true });
    await writeRefreshState(`${folder.path}/artifacts`, FAILED);
    server = await startServer(folder.path, { RATE_LIMIT: 'off' });
    await writeFixtureRelease(`${folder.path}/artifacts`, { version: 'fixture-2', movies: FIXTURE_MOVIES.slice(5), publish: false });
  });
  afterAll(async () => {
    await server?.end();
    await folder?.remove();
  });

  it('answers every request meanwhile, each from one whole version', async () => {
    const signedUp = await fetch(`${server.url}/api/auth/sign-up/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: server.url },
      body: JSON.stringify({ name: 'Owner', email: 'owner@films.test', password: 'a long password of nobody' }),
    });
    expect(signedUp.status).toBe(200);
    const cookie = signedUp.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
    const send = async (query: string, headers: Record<string, string> = {}): Promise<Seen> => {
      const answer = await fetch(`${server.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: server.url, ...headers },
        body: JSON.stringify({ query }),
      });
      return { status: answer.status, body: await answer.json() };
    };

    // The owner sees why the last refresh failed; nobody else does.
    const { result: _, failedStep, error, skipped, seconds, nextAt, succeededAt, log } = FAILED;
    expect((await send(REFRESH, { cookie })).body).toEqual({
      data: { admin: { catalog: { refresh: { result: 'FAILED', failedStep, error, skipped, seconds, nextAt, succeededAt, log } } } },
    });
    expect(JSON.stringify((await send(REFRESH)).body)).not.toContain('/data/raw');

    const seen: Seen[] = [];
    let isOver = false;
    const client = async (number: number): Promise<void> => {
      for (let n = 0; !isOver; n++) {
        // Some requests come again and are answered ready, others are ranked.
        const prefs = n % 3 === 0 ? '{}' : `{ likedMovieIds: ["${FIXTURE_MOVIES[(number * 7 + n) % 30].movieId}"] }`;
        seen.push(
          await send(`{ catalog { version } recommendations(prefs: ${prefs}, first: 50) { totalCount nodes { movie { title } score } } }`),
        );
        await sleep(2);
      }
    };
    const clients = Array.from({ length: CLIENTS }, (_, number) => client(number));
    for (let round = 0; round < ROUNDS; round++) {
      const published = await send('mutation { publishVersion(version: "fixture-2") { publishedAt } }', { cookie });
      expect(published.body.errors).toBeUndefined();
      await expect
        .poll(async () => (await send('{ catalog { version } }')).body.data?.catalog.version, { timeout: 10_000 })
        .toBe('fixture-2');
      const back = await send('mutation { rollBackCatalog { publishedAt } }', { cookie });
      expect(back.body.errors).toBeUndefined();
      await expect
        .poll(async () => (await send('{ catalog { version } }')).body.data?.catalog.version, { timeout: 10_000 })
        .toBe('fixture-1');
    }
    isOver = true;
    await Promise.all(clients);

    expect(seen.length).toBeGreaterThan(50);
    expect(seen.filter(({ status, body }) => status !== 200 || body.errors !== undefined)).toEqual([]);
    const versions = new Map(seen.map(({ body }) => [body.data?.catalog.version, 0]));
    expect([...versions.keys()].sort()).toEqual(['fixture-1', 'fixture-2']);
    for (const { body } of seen) {
      const size = body.data?.catalog.version === 'fixture-1' ? FIXTURE_MOVIES.length : FIXTURE_MOVIES.length - 5;
      const total = body.data?.recommendations.totalCount ?? 0;
      // A liked movie is no candidate, and one that the version lacks is ignored.
      expect([size, size - 1]).toContain(total);
      expect(body.data?.recommendations.nodes.length).toBe(total);
    }
  });
});
