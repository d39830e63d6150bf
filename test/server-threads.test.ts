import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIXTURE_MOVIES } from './fixture-movies.ts';
import { publishVersion, type TemporaryFolder, temporaryFolder, writeFixtureRelease } from './fixture-release.ts';
import { jellyfinStop, UNKNOWN } from './media-payloads.ts';
import { type RunningServer, startServer } from './real-servers/cinematch.ts';

const THREADS = 3;
const LIMIT = 60;
/** Connections are spread at random: so many reach every thread for all practical purposes (1 - (2/3)^60 each). */
const CONNECTIONS = 60;

const FILES = ['a.csv', 'b.csv', 'c.csv', 'd.csv'];
const DIARY = 'Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date\n2024-05-01,Alien,1979,u,4,,,2024-05-01\n';

describe('a server with several threads', () => {
  let folder: TemporaryFolder;
  let server: RunningServer;
  beforeAll(async () => {
    folder = await temporaryFolder();
    server = await startServer(folder.path, {
      WORKERS: String(THREADS),
      RATE_LIMIT_PER_USER: String(LIMIT),
      RATE_LIMIT_PER_ADDRESS: '100000',
    });
  });
  afterAll(async () => {
    await server?.end();
    await folder?.remove();
  });

  /** One request on a connection of its own. */
  const ask = (
    path: string,
    { body, ...headers }: Record<string, string> = {},
  ): Promise<{ status: number; text: string; cookies: string[] }> =>
    new Promise((resolve, reject) => {
      const asked = request(
        server.url + path,
        {
          agent: new Agent(),
          method: body === undefined ? 'GET' : 'POST',
          headers: { 'content-type': 'application/json', origin: server.url, ...headers },
        },
        async (answer) =>
          resolve({ status: answer.statusCode ?? 0, text: await text(answer), cookies: answer.headers['set-cookie'] ?? [] }),
      );
      asked.on('error', reject);
      asked.end(body);
    });
  const query = async (text: string, headers: Record<string, string> = {}) =>
    JSON.parse((await ask('/graphql', { body: JSON.stringify({ query: text }), ...headers })).text);
  const everywhere = <T>(one: () => Promise<T>): Promise<T[]> => Promise.all(Array.from({ length: CONNECTIONS }, one));
  const signUp = async (name: string): Promise<string> => {
    const person = { name, email: `${name}@films.test`, password: `password of ${name}` };
    const { cookies } = await ask('/api/auth/sign-up/email', { body: JSON.stringify(person) });
    return cookies.map((cookie) => cookie.split(';')[0]).join('; ');
  };
  const lines = (): { msg: string; thread?: number; path?: string }[] =>
    server
      .output()
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line));

  let reader: string;

  it('signs up a reader whose import folder gets files', async () => {
    reader = await signUp('reader');
    const own = `${folder.path}/data/import/reader@films.test`;
    await mkdir(own, { recursive: true });
    for (const name of FILES) await writeFile(`${own}/${name}`, DIARY);
  });

  it('answers in every thread, and counts requests of all of them', async () => {
    await everywhere(() => ask('/health'));
    await expect.poll(() => lines().filter(({ path }) => path === '/health').length).toBe(CONNECTIONS);
    const threads = new Set(
      lines()
        .filter(({ path }) => path === '/health')
        .map(({ thread }) => thread),
    );
    expect([...threads].sort()).toEqual([0, 1, 2]);
    const metrics = (await ask('/metrics')).text;
    expect(metrics).toContain(`cinematch_http_requests_total{route="/health",method="GET",status="200"} ${CONNECTIONS}`);
    // These are of the process.
    expect(metrics).toContain(`cinematch_catalogue_movies{version="fixture-1",dataset="fixture"} ${FIXTURE_MOVIES.length}\n`);
    const resident = Number(/^process_resident_memory_bytes (\S+)$/m.exec(metrics)?.[1]);
    expect(resident).toBeGreaterThan(5e7);
    expect(resident).toBeLessThan(1e9);
  });

  it('lets a caller no more requests than one thread does', async () => {
    const cookie = await signUp('limited');
    const statuses = [];
    for (let round = 0; round < 3; round++)
      statuses.push(
        ...(await everywhere(() => ask('/graphql', { body: '{"query":"{ viewer { id } }"}', cookie }))).map(({ status }) => status),
      );
    const allowed = statuses.filter((status) => status === 200).length;
    // Counts of other threads arrive a moment later: at most what the threads had under way.
    expect(allowed).toBeGreaterThanOrEqual(LIMIT);
    expect(allowed).toBeLessThan(LIMIT + CONNECTIONS);
    expect(statuses.at(-1)).toBe(429);
  });

  it('ends a session in all threads when one ends it', async () => {
    const cookie = await signUp('leaving');
    const names = (answers: { data?: { viewer: { name: string } | null } }[]): Set<string | undefined> =>
      new Set(answers.map(({ data }) => data?.viewer?.name));
    const few = (): Promise<{ data?: { viewer: { name: string } | null } }[]> =>
      Promise.all(Array.from({ length: 20 }, () => query('{ viewer { name } }', { cookie })));
    expect(names(await few())).toEqual(new Set(['leaving']));
    await ask('/api/auth/sign-out', { body: '{}', cookie });
    await expect.poll(async () => names(await few()), { timeout: 1_000 }).toEqual(new Set([undefined]));
  });

  it('serves a published version in all threads, and takes an event that waited for a movie of it', async () => {
    const cookie = await signUp('waiting');
    const hook = await query('mutation { createHook { token } }', { cookie });
    const event = { body: JSON.stringify(jellyfinStop('Ann', UNKNOWN, '2026-01-31T20:15:00Z')) };
    expect(JSON.parse((await ask(`/hooks/${hook.data.createHook.token}`, event)).text)).toEqual({ outcome: 'WAITING' });
    const outcomes = () => query('{ viewer { hookEvents { outcome movie { title } } plays { totalCount } } }', { cookie });
    expect((await outcomes()).data.viewer).toEqual({ hookEvents: [{ outcome: 'WAITING', movie: null }], plays: { totalCount: 0 } });
    const [movie] = FIXTURE_MOVIES;
    const { id: movieId, ...facts } = UNKNOWN;
    const listed = { ...movie, ...facts, movieId, imdbId: 100_000 + movieId, tmdbId: 200_000 + movieId };
    const movies = [...FIXTURE_MOVIES, listed].sort((a, b) => a.movieId - b.movieId);
    await writeFixtureRelease(`${folder.path}/artifacts`, { version: 'fixture-2', movies, publish: false });
    await publishVersion(`${folder.path}/artifacts`, 'fixture-2', 'fixture-1');
    const versions = async (): Promise<Set<string>> =>
      new Set((await everywhere(() => ask('/ready'))).map((answer) => JSON.parse(answer.text).version));
    await expect.poll(versions, { timeout: 10_000 }).toEqual(new Set(['fixture-2']));
    // Each event is taken by one thread, once.
    await expect
      .poll(async () => (await outcomes()).data.viewer, { timeout: 30_000, interval: 500 })
      .toEqual({ hookEvents: [{ outcome: 'TAKEN', movie: { title: UNKNOWN.title } }], plays: { totalCount: 1 } });
  });

  it('imports a file of the import folder in one thread', async () => {
    const done = async (): Promise<string[]> =>
      (await readdir(`${folder.path}/data/import/reader@films.test/done`).catch(() => [])).map((name) => name.slice(9)).sort();
    await expect.poll(done, { timeout: 30_000 }).toEqual(FILES.flatMap((name) => [name, `${name}.report.json`]));
    const { data } = await query('{ viewer { imports { files } plays { totalCount } } }', { cookie: reader });
    expect(data.viewer.imports.map(({ files }: { files: string[] }) => files[0]).sort()).toEqual(FILES);
    expect(data.viewer.plays).toEqual({ totalCount: 1 });
  });

  it('is the only one on its port', async () => {
    const other = temporaryFolder();
    const { port } = new URL(server.url);
    await expect(startServer((await other).path, { WORKERS: '2', PORT: port })).rejects.toThrow(
      /cannot listen on localhost:\d+: the port is in use; set PORT/,
    );
    await (await other).remove();
  });

  it('answers what it was asked before SIGTERM, then ends', async () => {
    const asked = Array.from({ length: CONNECTIONS }, () => ask('/graphql', { body: '{"query":"{ catalog { version } }"}' }));
    const settled = Promise.allSettled(asked);
    await asked[0];
    await server.end();
    const statuses = (await settled).flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value.status] : []));
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(lines().at(-1)?.msg).toBe('stopped');
    expect(
      server
        .output()
        .split('\n')
        .filter((line) => /"level":(50|60)/.test(line)),
    ).toEqual([]);
  });
});
