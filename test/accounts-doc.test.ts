import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from './fixture-release.ts';
import { type RunningServer, startServer } from './real-servers/cinematch.ts';
import { findPostgres, type RealPostgres, startPostgres } from './real-servers/postgres.ts';
import { findRedis, type RealRedis, startRedis } from './real-servers/redis.ts';

const run = promisify(execFile);
/** The account of the examples is deleted at their end, which the only owner cannot be. */
const OWNED = { OWNER_EMAIL: 'owner@example.org' };

/** Runs the first example of docs/how-to/accounts.md as it stands, but for the address, and gives what each command printed. */
async function followTheDoc(url: string, folder: string): Promise<string[]> {
  const doc = await readFile(new URL('../docs/how-to/accounts.md', import.meta.url), 'utf8');
  const [, script = ''] = /```bash\n([\s\S]*?)```/.exec(doc) ?? [];
  const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', script.replace('http://localhost:4000', url)], { cwd: folder });
  return stdout.split('\n').filter((line) => line !== '');
}

/** What the examples must have done. */
function expectDone(lines: string[]): void {
  const answers = lines.filter((line) => line.startsWith('{"')).map((line) => JSON.parse(line));
  const [signedUp, found, one, two, three, liked, likedToo, recommended, ...after] = answers;
  const [signedOut, nobody, signedIn, back, deleted] = after;
  expect(signedUp.user).toMatchObject({ name: 'Ann', email: 'ann@example.org' });
  expect(found.data.searchMovies.nodes[0]).toEqual({ id: '2571', title: 'The Matrix', year: 1999 });
  const added = [one, two, three].map(({ data }) => data.addToWatchlist.movie.title);
  expect(added).toEqual(['The Matrix', 'Star Wars', 'The Empire Strikes Back']);
  expect([liked, likedToo].map(({ data }) => data.setFeedback)).toEqual([
    { title: 'The Matrix', viewerFeedback: 'LIKE' },
    { title: 'Star Wars', viewerFeedback: 'LIKE' },
  ]);
  const { nodes } = recommended.data.recommendations;
  expect(nodes).toHaveLength(5);
  expect(JSON.stringify(nodes)).toMatch(/Because you liked (The Matrix|Star Wars)/);
  expect(nodes.map(({ movie }: { movie: { title: string } }) => movie.title)).not.toContain('The Matrix');
  expect(signedOut).toEqual({ success: true });
  expect(nobody).toEqual({ data: { viewer: null } });
  expect(signedIn.user.email).toBe('ann@example.org');
  expect(back.data.viewer).toEqual({
    name: 'Ann',
    watchlist: { totalCount: 3 },
    likedMovies: [{ title: 'Star Wars' }, { title: 'The Matrix' }],
  });
  expect(deleted).toEqual({ success: true, message: 'User deleted' });
  // The exports, one of several lines each.
  expect(lines.join('\n')).toContain('"email": "ann@example.org"');
  expect(lines.filter((line) => /^2571,.*The Matrix,1999,LIKE/.test(line))).toHaveLength(1);
}

describe('the examples of docs/how-to/accounts.md', () => {
  let folder: TemporaryFolder;
  let server: RunningServer;
  beforeAll(async () => {
    folder = await temporaryFolder();
    server = await startServer(folder.path, OWNED);
  });
  afterAll(async () => {
    await server?.end();
    await folder?.remove();
  });

  it('work as they stand, and again when the account is deleted', async () => {
    expectDone(await followTheDoc(server.url, folder.path));
    expectDone(await followTheDoc(server.url, folder.path));
  });
});

const { path: postgresPath, hint: postgresHint } = findPostgres();
const { path: redisPath, hint: redisHint } = findRedis();
describe.skipIf(postgresPath === undefined || redisPath === undefined)(
  `the examples of docs/how-to/accounts.md on PostgreSQL and Redis (${postgresHint}; ${redisHint})`,
  () => {
    let folder: TemporaryFolder;
    let postgres: RealPostgres;
    let redis: RealRedis;
    let server: RunningServer;
    beforeAll(async () => {
      folder = await temporaryFolder();
      postgres = await startPostgres(postgresPath ?? '');
      redis = await startRedis(redisPath ?? '');
      server = await startServer(folder.path, { ...OWNED, DATABASE_URL: await postgres.createDatabase('doc'), REDIS_URL: redis.url });
    });
    afterAll(async () => {
      await server?.end();
      await redis?.stop();
      await postgres?.stop();
      await folder?.remove();
    });

    it('work, and without the Redis too when it is killed', async () => {
      expectDone(await followTheDoc(server.url, folder.path));
      await redis.kill();
      expectDone(await followTheDoc(server.url, folder.path));
      expect(server.output()).not.toMatch(/"level":[56]0/);
    });
  },
);
