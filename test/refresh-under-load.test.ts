import { mkdir, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../pipeline/stages/refresh.ts';
import { type FakeTmdb, startFakeTmdb } from '../pipeline/testing/fake-tmdb.ts';
import { recordingContext } from '../pipeline/testing/recording-context.ts';
import { readPointer } from '../src/engine/artifacts/version-store.ts';
import { type TemporaryFolder, temporaryFolder } from './fixture-release.ts';
import { type RunningServer, startServer } from './real-servers/cinematch.ts';

const CLIENTS = 4;
const REFRESHES = 3;
const QUERY = '{ catalog { version movieCount } recommendations(first: 20) { nodes { movie { id title } } } }';

interface Seen {
  status: number;
  body: { data?: { catalog: { version: string; movieCount: number }; recommendations: { nodes: unknown[] } }; errors?: unknown };
}

describe('refreshes beside a server under load', () => {
  let folder: TemporaryFolder;
  let server: RunningServer;
  let tmdb: FakeTmdb;
  beforeAll(async () => {
    folder = await temporaryFolder();
    tmdb = await startFakeTmdb({ movies: 80 });
    await mkdir(`${folder.path}/raw/ml-test`, { recursive: true });
    await writeFile(`${folder.path}/raw/ml-test/movies.csv`, 'movieId,title,genres\n1,A (1990),Drama\n');
    await writeFile(`${folder.path}/raw/ml-test/links.csv`, 'movieId,imdbId,tmdbId\n1,,1001\n');
    // How long an answer takes is not asked here: a slow machine needs seconds while it loads a version.
    server = await startServer(folder.path, { RATE_LIMIT: 'off', ANONYMOUS_TIMEOUT_MS: '600000', REQUEST_TIMEOUT_MS: '600000' });
  });
  afterAll(async () => {
    tmdb?.close();
    await server?.end();
    await folder?.remove();
  });

  it('fail no request: each is answered from one whole version, and the last version is served at the end', async () => {
    const seen: Seen[] = [];
    const send = async (): Promise<Seen> => {
      const headers = { 'content-type': 'application/json', origin: server.url };
      const answer = await fetch(`${server.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query: QUERY }) });
      const found: Seen = { status: answer.status, body: await answer.json() };
      seen.push(found);
      return found;
    };
    let isOver = false;
    const client = async (): Promise<void> => {
      while (!isOver) {
        await send();
        await sleep(2);
      }
    };
    const clients = Array.from({ length: CLIENTS }, client);
    const artifacts = `${folder.path}/artifacts`;
    const versions = new Set<string>();
    const refresh = async (n: number): Promise<void> => {
      tmdb.today = `2026-03-0${4 + n}`;
      // A film comes and another one changes in each.
      const made = { id: 6_000 + n, title: `New ${n}`, released: tmdb.today, status: 'Released', adult: false, votes: 50, popularity: 9 };
      tmdb.movies.set(made.id, { ...made, offers: {} });
      tmdb.change(1010, { title: `Changed ${n}` });
      const context = recordingContext({ now: () => new Date(`${tmdb.today}T05:00:00Z`) });
      const site = ['--tmdb-url', tmdb.origin, '--tmdb-export-url', `${tmdb.origin}/exports`, '--tmdb-key', 'secret0123456789'];
      const all = ['--min-votes', '0', '--min-popularity', '0', '--keep', '1', '--rate', '1000'];
      await run(['--raw', `${folder.path}/raw`, '--artifacts', artifacts, ...site, ...all], context);
      versions.add((await readPointer(artifacts))?.version ?? '');
    };
    try {
      for (let n = 0; n < REFRESHES; n++) await refresh(n);
      const last = (await readPointer(artifacts))?.version;
      await expect.poll(async () => (await send()).body.data?.catalog.version, { timeout: 120_000, interval: 100 }).toBe(last);
    } finally {
      isOver = true;
      await Promise.all(clients);
    }
    expect(versions.size).toBe(REFRESHES);
    expect(seen.filter(({ status, body }) => status !== 200 || body.errors !== undefined)).toEqual([]);
    // A version has one number of films, whichever answer one looks at.
    const counts = Map.groupBy(seen, ({ body }) => body.data?.catalog.version);
    for (const answers of counts.values()) expect(new Set(answers.map(({ body }) => body.data?.catalog.movieCount)).size).toBe(1);
    expect(counts.size).toBeGreaterThan(1);
    for (const { body } of seen) expect(body.data?.recommendations.nodes.length).toBe(20);
  }, 300_000);
});
