import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type TemporaryFolder, temporaryFolder } from './fixture-release.ts';
import { type RunningServer, startServer } from './real-servers/cinematch.ts';
import { findPostgres, type RealPostgres, startPostgres } from './real-servers/postgres.ts';

const program = findPostgres();
const CALLERS = 12;
/** Where the kit for Kubernetes asks whether a pod may be sent requests. */
const READINESS_PROBE = parse(readFileSync('deploy/kubernetes/base/deployment.yaml', 'utf8')).spec.template.spec.containers[0]
  .readinessProbe.httpGet.path;

describe.skipIf(program.path === undefined)(`a server whose PostgreSQL fails (${program.hint})`, () => {
  let folder: TemporaryFolder;
  let postgres: RealPostgres;
  let server: RunningServer;
  let cookie = '';
  beforeAll(async () => {
    folder = await temporaryFolder();
    postgres = await startPostgres(program.path ?? '');
    server = await startServer(folder.path, {
      DATABASE_URL: await postgres.createDatabase('failures'),
      RATE_LIMIT: 'off',
      SHUTDOWN_TIMEOUT_MS: '1000',
    });
    const response = await fetch(`${server.url}/api/auth/sign-in/anonymous`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: server.url },
      body: '{}',
    });
    expect(response.status).toBe(200);
    cookie = response.headers
      .getSetCookie()
      .map((line) => line.split(';', 1)[0])
      .join('; ');
  });
  afterAll(async () => {
    await server.end('SIGKILL');
    await postgres.stop();
    await folder.remove();
  });

  const ask = async (query: string, who = cookie) => {
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: who },
      body: JSON.stringify({ query }),
    });
    const { data, errors } = await response.json();
    return { status: response.status, retryAfter: response.headers.get('retry-after'), data, code: errors?.[0].extensions.code };
  };
  const ADD = 'mutation { addToWatchlist(movieId: "2571") { addedAt } }';
  /** As the kits ask whether the server may be sent requests. */
  const probed = async () => {
    const response = await fetch(`${server.url}${READINESS_PROBE}`);
    return [response.status, (await response.json()).database];
  };

  it('stays alive while PostgreSQL restarts under load, and fails only what needs it', async () => {
    let over = false;
    const answers: Awaited<ReturnType<typeof ask>>[] = [];
    const calling = Promise.all(
      Array.from({ length: CALLERS }, async () => {
        while (!over) {
          answers.push(await ask(ADD));
          await sleep(5);
        }
      }),
    );
    for (let restart = 0; restart < 4; restart++) {
      await sleep(200);
      await postgres.restart();
    }
    await sleep(300);
    over = true;
    await calling;
    const failed = answers.filter(({ code }) => code !== undefined);
    expect(failed.filter(({ status, code }) => status !== 503 || code !== 'UNAVAILABLE')).toEqual([]);
    expect(answers.length - failed.length).toBeGreaterThan(CALLERS);
    expect((await ask(ADD)).status).toBe(200);
  });

  it('stays ready for what needs no database: recommends on, and answers the rest with UNAVAILABLE', async () => {
    await postgres.halt();
    expect(await ask(ADD)).toMatchObject({ status: 503, code: 'UNAVAILABLE', retryAfter: expect.stringMatching(/^\d+$/) });
    expect(await ask('{ viewer { watchlist { totalCount } } }')).toMatchObject({ status: 503, code: 'UNAVAILABLE' });
    const account = await fetch(`${server.url}/api/auth/get-session`, { headers: { cookie } });
    expect([account.status, (await account.json()).errors[0].extensions.code]).toEqual([503, 'UNAVAILABLE']);
    const file = await fetch(`${server.url}/export.json`, { headers: { cookie } });
    expect([file.status, (await file.json()).errors[0].extensions.code]).toEqual([503, 'UNAVAILABLE']);
    await expect.poll(probed, { timeout: 10_000 }).toEqual([200, 'away']);
    expect(await (await fetch(`${server.url}/metrics`)).text()).toContain('\ncinematch_database_up 0\n');
    for (const who of [cookie, ''])
      expect(await ask('{ recommendations(first: 3) { nodes { movie { title } } } }', who)).toMatchObject({ status: 200, code: undefined });
    await postgres.start();
    await expect.poll(probed, { timeout: 10_000 }).toEqual([200, 'up']);
    expect((await ask(ADD)).status).toBe(200);
    for (const line of server.output().trim().split('\n')) expect(() => JSON.parse(line), line).not.toThrow();
  });

  it('ends in time although PostgreSQL hangs', async () => {
    postgres.hang();
    const hanging = [ask(ADD), ask(ADD)].map((answer) => answer.catch(() => undefined));
    await sleep(100);
    const started = performance.now();
    await server.end('SIGTERM');
    expect(performance.now() - started).toBeLessThan(3_000);
    await Promise.all(hanging);
    postgres.resume();
  });
});
