import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';
import { stat, truncate, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type TemporaryFolder, temporaryFolder, writeFixtureRelease } from './fixture-release.ts';
import { freePorts } from './real-servers/server-process.ts';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

describe('the server process', () => {
  let folder: TemporaryFolder;
  const children: ChildProcess[] = [];
  beforeAll(async () => {
    folder = await temporaryFolder();
    await writeFixtureRelease(folder.path);
  });
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
  });
  afterAll(() => folder.remove());

  /** Runs src/main.ts. */
  const start = (environment: Record<string, string>, stdout: 'pipe' | number = 'pipe') => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts'], {
      cwd: PROJECT,
      env: {
        PATH: process.env.PATH,
        HOST: '127.0.0.1',
        PORT: '0',
        DRAIN_MS: '0',
        WORKERS: '1',
        ARTIFACTS_DIR: folder.path,
        DATA_DIR: join(folder.path, 'data'),
        ...environment,
      },
      stdio: ['ignore', stdout, 'pipe'],
    });
    children.push(child);
    const output = { stdout: '', stderr: '' };
    child.stdout?.on('data', (chunk) => {
      output.stdout += chunk;
    });
    child.stderr?.on('data', (chunk) => {
      output.stderr += chunk;
    });
    const ended = once(child, 'close').then(([code]): Ended => ({ code, ...output }));
    const address = async (): Promise<string> => {
      await expect.poll(() => output.stdout, { timeout: 50_000 }).toMatch(/"msg":"ready"/);
      return output.stdout.match(/http:\/\/127\.0\.0\.1:\d+/)?.[0] ?? '';
    };
    return { child, ended, address, stdout: () => output.stdout };
  };

  it.skipIf(!existsSync('/dev/full'))('goes on when its log cannot be written', async () => {
    const [port] = await freePorts(1);
    const full = openSync('/dev/full', 'w');
    const { child, ended } = start({ PORT: String(port) }, full);
    closeSync(full);
    const health = (): Promise<number> =>
      fetch(`http://127.0.0.1:${port}/health`).then(
        ({ status }) => status,
        () => 0,
      );
    await expect.poll(health, { timeout: 15_000 }).toBe(200);
    for (let n = 0; n < 5; n++) expect(await health()).toBe(200);
    child.kill('SIGTERM');
    expect(await ended).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it('ends on SIGTERM although nobody reads its log', async () => {
    const { child, address } = start({ RATE_LIMIT: 'off' });
    const url = await address();
    child.stdout?.pause();
    // Each request is a line of about 150 characters, and a pipe holds 65,536.
    for (let n = 0; n < 1_000; n++) await (await fetch(`${url}/health`)).text();
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  /** What the process wrote to stderr. */
  const lastWords = ({ stderr }: Ended): string => stderr.trim();

  it('serves, and ends with 0 on SIGTERM', async () => {
    const { child, ended, address } = start({});
    const url = await address();
    expect(await (await fetch(`${url}/ready`)).json()).toMatchObject({ status: 'ready', version: 'fixture-1' });
    const answer = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ searchMovies(query: \\"matirx\\") { nodes { title } } }"}',
    });
    expect(await answer.json()).toEqual({ data: { searchMovies: { nodes: [{ title: 'The Matrix' }, { title: 'The Matrix Reloaded' }] } } });
    child.kill('SIGTERM');
    const { code, stdout, stderr } = await ended;
    expect([code, stderr]).toEqual([0, '']);
    const messages = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).msg);
    expect(messages.slice(-2)).toEqual(['shutting down', 'stopped']);
  });

  const half = (path: string, length: number): string =>
    `POST ${path} HTTP/1.1\r\nHost: x\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n{`;
  it.each([
    ['has sent half a request', half('/graphql', 100)],
    ['has sent half a sign-in', half('/api/auth/sign-in/email', 100)],
    ['has begun an upload', half('/graphql', 5_000_000)],
    ['sends a chunked body without an end', 'POST /graphql HTTP/1.1\r\nHost: x\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n'],
    ['has sent half of the head', 'POST /graphql HTTP/1.1\r\nHost: x\r\ncontent-ty'],
    ['reads nothing of many answers', 'GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(300)],
    ['is connected and says nothing', ''],
  ])('ends in time although a caller %s', async (_name, bytes) => {
    const { child, ended, address } = start({ SHUTDOWN_TIMEOUT_MS: '500' });
    const socket = connect(Number(new URL(await address()).port), '127.0.0.1');
    socket.on('error', () => {});
    socket.pause();
    socket.write(bytes);
    await sleep(100);
    const started = performance.now();
    child.kill('SIGTERM');
    const { code } = await ended;
    expect(code).toBe(0);
    expect(performance.now() - started).toBeLessThan(2_000);
    socket.destroy();
  });

  it('serves on while it drains, and is not ready', async () => {
    const { child, ended, address } = start({ DRAIN_MS: '1000' });
    const url = await address();
    child.kill('SIGTERM');
    await expect.poll(async () => (await fetch(`${url}/ready`)).status, { interval: 20 }).toBe(503);
    const answer = await fetch(`${url}/graphql?query={catalog{version}}`, { headers: { 'apollo-require-preflight': '1' } });
    expect([answer.status, answer.headers.get('connection')]).toEqual([200, 'close']);
    expect((await ended).code).toBe(0);
  });

  it('takes signals that come together as one, and ends at once on a later one', async () => {
    const twice = start({ DRAIN_MS: '300' });
    await twice.address();
    twice.child.kill('SIGTERM');
    await expect.poll(() => twice.stdout()).toContain('shutting down');
    twice.child.kill('SIGTERM');
    const { code, stdout } = await twice.ended;
    expect([code, stdout.includes('"msg":"stopped"')]).toEqual([0, true]);

    const impatient = start({ DRAIN_MS: '4000' });
    await impatient.address();
    impatient.child.kill('SIGTERM');
    await sleep(1_200);
    impatient.child.kill('SIGTERM');
    expect((await impatient.ended).code).toBe(1);
  });

  it('ends with 2 and a line for each wrong variable', async () => {
    const ended = await start({ PORT: 'http', LOG_LEVEL: 'loud' }).ended;
    expect(ended.code).toBe(2);
    expect(
      lastWords(ended)
        .split('\n')
        .map((line) => line.split(':')[0]),
    ).toEqual(['PORT=http', 'LOG_LEVEL=loud']);
  });

  it('ends with 3 and one line when there are no artifacts', async () => {
    const ended = await start({ ARTIFACTS_DIR: '/nowhere/at/all' }).ended;
    expect(ended.code).toBe(3);
    expect(lastWords(ended)).toMatch(/^cannot serve the artifacts: \/nowhere\/at\/all: no version is published there; .*$/);
  });

  it('ends with 3 and one line that names the damaged section of the artifacts', async () => {
    const damaged = await temporaryFolder();
    await writeFixtureRelease(damaged.path);
    await truncate(join(damaged.path, 'fixture-1', 'catalog.years.bin'), 70);
    const ended = await start({ ARTIFACTS_DIR: damaged.path }).ended;
    await damaged.remove();
    expect(ended.code).toBe(3);
    expect(lastWords(ended)).toMatch(/^cannot serve the artifacts: section catalog\.years: .*$/);
  });

  it.each([
    ['a folder that cannot be created', { DATA_DIR: '/dev/null/data' }, 'ENOTDIR'],
    [
      'a PostgreSQL that does not answer',
      { DATABASE_URL: 'postgresql://127.0.0.1:1/cinematch', DATABASE_WAIT_MS: '0' },
      'connect ECONNREFUSED 127.0.0.1:1',
    ],
  ])('ends with 6 and one line for %s', async (_, environment, why) => {
    const ended = await start(environment).ended;
    expect(ended.code).toBe(6);
    expect(lastWords(ended)).toContain(`cannot open the database: ${why}`);
    expect(lastWords(ended)).not.toContain('\n');
  });

  it('ends with 6 and says what to do when the database file is damaged', async () => {
    const data = await temporaryFolder();
    await writeFile(join(data.path, 'cinematch.sqlite'), 'Date,Name,Year\n'.repeat(1_000));
    const ended = await start({ DATA_DIR: data.path }).ended;
    await data.remove();
    expect(ended.code).toBe(6);
    expect(lastWords(ended)).toMatch(
      /^cannot open the database: file is not a database; stop the servers, move the file away .* npm run db -- restore FILE$/,
    );
  });

  it('waits for a database that cannot be reached: alive, not ready, and one line', async () => {
    const [port, databasePort] = await freePorts(2);
    const environment = { PORT: String(port), DATABASE_URL: `postgresql://127.0.0.1:${databasePort}/cinematch` };
    const { ended } = start({ ...environment, DATABASE_WAIT_MS: '4000' });
    const statusOf = (path: string) =>
      fetch(`http://127.0.0.1:${port}${path}`).then(
        ({ status }) => status,
        () => 0,
      );
    await expect.poll(() => statusOf('/health'), { timeout: 10_000 }).toBe(200);
    expect(await Promise.all([statusOf('/ready'), statusOf('/graphql')])).toEqual([503, 503]);
    const { code, stdout, stderr } = await ended;
    expect(code).toBe(6);
    expect(stderr).toContain(`cannot open the database: connect ECONNREFUSED 127.0.0.1:${databasePort}`);
    expect(stdout.split('\n').filter((line) => line.includes('"level":40'))).toHaveLength(1);

    const stopped = start({ ...environment, DATABASE_WAIT_MS: '600000' });
    await expect.poll(() => statusOf('/health'), { timeout: 10_000 }).toBe(200);
    stopped.child.kill('SIGTERM');
    expect((await stopped.ended).code).toBe(0);
  });

  it('ends with 2 and one line for files that cannot be used', async () => {
    const own = await temporaryFolder();
    await writeFile(join(own.path, 'auth-secret'), 'short');
    const secret = await start({ DATA_DIR: own.path }).ended;
    await own.remove();
    expect([secret.code, lastWords(secret)]).toEqual([2, expect.stringMatching(/auth-secret holds 5 characters, expected at least 32.*$/)]);
    const authority = await start({ REDIS_URL: 'rediss://localhost:1', REDIS_TLS_CA: '/nowhere/ca.pem' }).ended;
    expect([authority.code, lastWords(authority)]).toEqual([
      2,
      expect.stringMatching(/^REDIS_TLS_CA=\/nowhere\/ca.pem: this file cannot be read.*$/),
    ]);
    const certificate = await start({ DATABASE_URL: 'postgresql://localhost/x?sslrootcert=/nowhere/ca.pem' }).ended;
    expect([certificate.code, lastWords(certificate)]).toEqual([
      2,
      expect.stringMatching(/sslrootcert=\/nowhere\/ca.pem: this file cannot be read.*$/),
    ]);
  });

  it('warns when the rate limits are off', async () => {
    const { ended, address, child } = start({ RATE_LIMIT: 'off' });
    await address();
    child.kill('SIGTERM');
    const lines = (await ended).stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.filter(({ level }) => level === 40).map(({ msg }) => msg)).toContain(
      'RATE_LIMIT is off: requests and attempts to sign in are unlimited',
    );
  });

  it('makes its database readable by its owner only', async () => {
    const own = await temporaryFolder();
    await start({ DATA_DIR: own.path }).address();
    const mode = (await stat(join(own.path, 'cinematch.sqlite'))).mode & 0o777;
    await own.remove();
    expect(mode.toString(8)).toBe('600');
  });

  it('ends with 4 and one line when the port is in use', async () => {
    const occupant = createServer().listen(0, '127.0.0.1');
    await once(occupant, 'listening');
    const address = occupant.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const ended = await start({ PORT: String(port) }).ended;
    occupant.close();
    expect(ended.code).toBe(4);
    expect(lastWords(ended)).toBe(`cannot listen on 127.0.0.1:${port}: the port is in use; set PORT to another`);
  });
});
