import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseEnvironment } from '../src/environment/environment.ts';
import { codeBlocks } from './docs/markdown.ts';
import { type TemporaryFolder, temporaryFolder } from './fixture-release.ts';
import { type RunningServer, startServer } from './real-servers/cinematch.ts';
import { realProgram } from './real-servers/debian-package.ts';
import { freePorts, ServerProcess } from './real-servers/server-process.ts';

const PROXY = '127.0.0.2';
const STRANGER = '127.0.0.3';
const SETTINGS = {
  HOST: '127.0.0.1',
  TRUST_PROXY: `${PROXY},10.0.0.0/8`,
  AUTH_HEADER: 'Remote-User',
  AUTH_HEADER_ALLOWED_GROUPS: 'family,staff',
  AUTH_HEADER_ADMIN_GROUP: 'staff',
  REGISTRATION: 'invite',
};

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  // biome-ignore lint/suspicious/noExplicitAny: each test knows what it asked for
  body: any;
}

describe('sign-in by the headers of a proxy', () => {
  let folder: TemporaryFolder;
  let server: RunningServer;
  beforeAll(async () => {
    folder = await temporaryFolder();
    server = await startServer(join(folder.path, 'one'), SETTINGS);
  });
  afterAll(async () => {
    await server?.end();
    await folder?.remove();
  });

  /** Sends from a peer at this address, with headers as they stand. */
  const send = (from: string, path: string, headers: [string, string][], body?: object, to = server): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const { hostname, port, host } = new URL(to.url.replace('localhost', '127.0.0.1'));
      const all = [['Host', host], ['Content-Type', 'application/json'], ...headers].flat();
      const sent = request(
        { hostname, port, path, localAddress: from, method: body === undefined ? 'GET' : 'POST', headers: all },
        (answer) => {
          const parts: Buffer[] = [];
          answer.on('data', (part: Buffer) => parts.push(part));
          answer.on('end', () => {
            const text = Buffer.concat(parts).toString();
            const isJson = String(answer.headers['content-type']).includes('json');
            resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: isJson ? JSON.parse(text) : text });
          });
        },
      );
      sent.on('error', reject);
      sent.end(body === undefined ? undefined : JSON.stringify(body));
    });
  const person = (name: string, groups = 'family'): [string, string][] => [
    ['Remote-User', name],
    ['Remote-Email', `${name}@films.example`],
    ['Remote-Name', `Person ${name}`],
    ['Remote-Groups', groups],
  ];
  const ask = async (from: string, query: string, headers: [string, string][], to = server) =>
    (await send(from, '/graphql', headers, { query }, to)).body;
  const viewer = async (from: string, headers: [string, string][], to = server) =>
    (await ask(from, '{ viewer { name email role emailVerified } }', headers, to)).data.viewer;

  it('takes whom the proxy names: the first owns, and each keeps a library of an own', async () => {
    expect(await viewer(PROXY, person('ann'))).toEqual({
      name: 'Person ann',
      email: 'ann@films.example',
      role: 'OWNER',
      emailVerified: true,
    });
    expect(await viewer(PROXY, person('ben'))).toMatchObject({ name: 'Person ben', role: 'MEMBER' });
    await ask(PROXY, 'mutation { addToWatchlist(movieId: 2571) { watched } }', person('ben'));
    const count = async (name: string) =>
      (await ask(PROXY, '{ viewer { watchlist { totalCount } } }', person(name))).data.viewer.watchlist.totalCount;
    expect([await count('ben'), await count('ann')]).toEqual([1, 0]);
  });

  it('signs in to the routes of accounts too, opens one session, and takes names beyond ASCII', async () => {
    const many = await Promise.all(Array.from({ length: 8 }, () => viewer(PROXY, person('zoe'))));
    expect(new Set(many.map(({ email }) => email))).toEqual(new Set(['zoe@films.example']));
    const sessions = await send(PROXY, '/api/auth/list-sessions', person('zoe'));
    expect([sessions.status, sessions.body.length]).toEqual([200, 1]);
    expect((await send(PROXY, '/api/auth/api-key/create', person('zoe'), { name: 'a program' })).status).toBe(403);
    const origin: [string, string] = ['Origin', server.url.replace('localhost', '127.0.0.1')];
    const { key } = (await send(PROXY, '/api/auth/api-key/create', [...person('zoe'), origin], { name: 'a program' })).body;
    expect((await ask(STRANGER, '{ viewer { email } }', [['x-api-key', key]])).data.viewer.email).toBe('zoe@films.example');
    const utf8 = Buffer.from('Zoë Müller').toString('latin1');
    expect(
      (
        await viewer(PROXY, [
          ['Remote-User', 'zoe2'],
          ['Remote-Email', 'zoe2@films.example'],
          ['Remote-Name', utf8],
          ['Remote-Groups', 'family'],
        ])
      ).name,
    ).toBe('Zoë Müller');
  });

  it('believes nobody else, however it is written', async () => {
    const ann = person('ann');
    const forged = encodeURIComponent(JSON.stringify({ id: 'ann', email: 'ann@films.example', name: 'Ann', groups: ['staff'] }));
    const attempts: Record<string, [string, [string, string][]]> = {
      'a stranger': [STRANGER, ann],
      'a stranger who names the proxy in X-Forwarded-For': [STRANGER, [...ann, ['X-Forwarded-For', PROXY]]],
      'a stranger who names the proxy in other headers': [
        STRANGER,
        [...ann, ['Forwarded', `for=${PROXY}`], ['X-Real-IP', PROXY], ['X-Client-Address', PROXY]],
      ],
      'a stranger with other capitals': [
        STRANGER,
        [
          ['REMOTE-USER', 'ann'],
          ['remote-email', 'ann@films.example'],
        ],
      ],
      'underscores through the proxy': [
        PROXY,
        [
          ['Remote_User', 'ann'],
          ['Remote_Email', 'ann@films.example'],
        ],
      ],
      'a doubled header through the proxy': [PROXY, [['Remote-User', 'ann'], ...person('ben')]],
      'a doubled address through the proxy': [PROXY, [...person('ben'), ['Remote-Email', 'ann@films.example']]],
      'the header that the server uses within, from a stranger': [STRANGER, [['X-Proxy-User', forged]]],
      'the header that the server uses within, through the proxy': [PROXY, [['X-Proxy-User', forged]]],
      'the groups alone': [PROXY, [['Remote-Groups', 'staff']]],
      'an empty name': [
        PROXY,
        [
          ['Remote-User', ''],
          ['Remote-Email', 'ann@films.example'],
        ],
      ],
    };
    for (const [name, [from, headers]] of Object.entries(attempts)) expect(await viewer(from, headers), name).toBeNull();
    const through = await send(STRANGER, '/api/auth/get-session', ann);
    expect(through.body).toBeNull();
    expect(
      (
        await send(STRANGER, '/api/auth/sign-in/proxy', [['Origin', server.url]], {
          id: 'ann',
          email: 'ann@films.example',
          name: 'x',
          groups: [],
        })
      ).status,
    ).toBe(404);
    const warnings = () =>
      server
        .output()
        .split('\n')
        .filter((line) => line.includes('AUTH_HEADER were ignored'));
    await expect.poll(() => warnings().length).toBe(1);
    expect(JSON.parse(warnings()[0] ?? '{}')).toMatchObject({ from: STRANGER, forged: 1 });
  });

  it('is no sign-in for pages of other sites', async () => {
    expect(await viewer(PROXY, [...person('ann'), ['Origin', 'https://evil.example']])).toBeNull();
    expect(await viewer(PROXY, [...person('ann'), ['Sec-Fetch-Site', 'cross-site']])).toBeNull();
  });

  it('gives nobody the answer that another got', async () => {
    const answers = await Promise.all([person('ann'), person('ben'), [] as [string, string][]].map((headers) => viewer(PROXY, headers)));
    expect(answers.map((one) => one?.email ?? null)).toEqual(['ann@films.example', 'ben@films.example', null]);
  });

  it('follows the groups: admin, member again, and refused with a reason', async () => {
    expect((await viewer(PROXY, person('cid', 'family'))).role).toBe('MEMBER');
    expect((await viewer(PROXY, person('cid', 'family,staff'))).role).toBe('ADMIN');
    expect((await viewer(PROXY, person('cid', 'family,friends'))).role).toBe('MEMBER');
    expect((await viewer(PROXY, person('ann', 'family,friends'))).role).toBe('OWNER');
    const refusal = async (headers: [string, string][]) => (await ask(PROXY, '{ viewer { id } signInOptions { refusal } }', headers)).data;
    expect(await refusal(person('cid', 'strangers'))).toEqual({ viewer: null, signInOptions: { refusal: 'PROVIDER_ACCOUNT_NOT_ALLOWED' } });
    expect(await refusal(person('eve', ''))).toEqual({ viewer: null, signInOptions: { refusal: 'PROVIDER_ACCOUNT_NOT_ALLOWED' } });
    expect(
      (
        await refusal([
          ['Remote-User', 'dan'],
          ['Remote-Groups', 'family'],
        ])
      ).signInOptions.refusal,
    ).toBe('PROXY_EMAIL_MISSING');
    expect((await refusal(person('cid'))).signInOptions.refusal).toBeNull();
  });

  it('ends with the account', async () => {
    const { body } = await send(PROXY, '/graphql', person('ann'), { query: '{ admin { accounts(search: "ben@") { nodes { id } } } }' });
    const [{ id }] = body.data.admin.accounts.nodes;
    await send(PROXY, '/graphql', person('ann'), { query: `mutation { disableAccount(userId: "${id}") { disabled } }` });
    expect(await viewer(PROXY, person('ben'))).toBeNull();
    expect((await ask(PROXY, '{ signInOptions { refusal } }', person('ben'))).data.signInOptions.refusal).toBe('BANNED_USER');
  });

  it('follows the registration without groups', async () => {
    const { AUTH_HEADER_ALLOWED_GROUPS: _groups, ...rest } = SETTINGS;
    const other = await startServer(join(folder.path, 'two'), { ...rest, REGISTRATION: 'closed', OWNER_EMAIL: 'ann@films.example' });
    expect(await viewer(PROXY, person('ben'), other)).toBeNull();
    expect((await ask(PROXY, '{ signInOptions { refusal } }', person('ben'), other)).data.signInOptions.refusal).toBe(
      'REGISTRATION_CLOSED',
    );
    expect((await viewer(PROXY, person('ann'), other)).role).toBe('OWNER');
    await other.end();
  });

  it('is nothing without AUTH_HEADER', async () => {
    const { AUTH_HEADER: _header, ...rest } = SETTINGS;
    const other = await startServer(join(folder.path, 'three'), rest);
    expect(await viewer(PROXY, person('ann'), other)).toBeNull();
    const forged = encodeURIComponent(JSON.stringify({ id: 'ann', email: 'ann@films.example', name: 'Ann', groups: [] }));
    expect(await viewer(PROXY, [['X-Proxy-User', forged]], other)).toBeNull();
    await other.end();
  });

  const nginx = realProgram(['nginx'], 'nginx');
  it.skipIf(nginx.path === undefined)(
    `works behind nginx as docs/how-to/proxy.md configures it (${nginx.hint})`,
    async () => {
      const [port = 0, authPort = 0] = await freePorts(2);
      // The service that knows people: a cookie names them.
      const service = createServer((asked, answer) => {
        const [, name] = /who=(\w+)/.exec(asked.headers.cookie ?? '') ?? [];
        if (name === undefined) return answer.writeHead(401).end();
        for (const [header, value] of person(name)) answer.setHeader(header, value);
        answer.end();
      });
      await once(service.listen(authPort, '127.0.0.1'), 'listening');
      const behind = await startServer(join(folder.path, 'four'), { ...SETTINGS, TRUST_PROXY: '127.0.0.1' });
      const block = codeBlocks('docs/how-to/proxy.md').find(({ language }) => language === 'nginx')?.code ?? '';
      const file = join(folder.path, 'nginx.conf');
      const place = block
        .replace('127.0.0.1:4000', new URL(behind.url).host.replace('localhost', '127.0.0.1'))
        .replace('127.0.0.1:9091', `127.0.0.1:${authPort}`);
      await writeFile(
        file,
        `user root; daemon off; pid ${folder.path}/nginx.pid; error_log stderr; events {} http { access_log off; client_body_temp_path ${folder.path}/body; proxy_temp_path ${folder.path}/proxy; server { listen 127.0.0.1:${port}; ${place} } }`,
      );
      const health = () =>
        fetch(`http://127.0.0.1:${port}/health`).then(
          () => true,
          () => false,
        );
      const proxy = await ServerProcess.start(nginx.path ?? '', ['-c', file], health);
      try {
        const through = { ...behind, url: `http://127.0.0.1:${port}` };
        expect((await send('127.0.0.1', '/graphql', person('eve'), { query: '{ viewer { email } }' }, through)).status).toBe(401);
        expect(await viewer('127.0.0.1', [['Cookie', 'who=ann'], ...person('eve'), ['Remote-Groups', 'staff']], through)).toMatchObject({
          email: 'ann@films.example',
          name: 'Person ann',
        });
      } finally {
        await proxy.end('SIGKILL');
        await behind.end();
        service.close();
      }
    },
    60_000,
  );

  it('needs to know the proxies', () => {
    for (const TRUST_PROXY of ['', 'off', '1'])
      expect(() => parseEnvironment({ AUTH_HEADER: 'Remote-User', TRUST_PROXY })).toThrow(
        /^AUTH_HEADER=Remote-User: set TRUST_PROXY to the addresses/,
      );
    for (const AUTH_HEADER of ['Remote_User', 'cookie', 'X-Proxy-User', 'a b'])
      expect(() => parseEnvironment({ AUTH_HEADER, TRUST_PROXY: '::1' })).toThrow(/^AUTH_HEADER=/);
    expect(parseEnvironment({ AUTH_HEADER: 'Remote-User', TRUST_PROXY: '::1', PASSWORD_SIGN_IN: 'off' }).http.authHeader).toEqual({
      id: 'remote-user',
      email: 'remote-email',
      name: 'remote-name',
      groups: 'remote-groups',
      proxies: ['::1'],
    });
  });
});
