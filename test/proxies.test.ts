import { execFileSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { type RequestOptions, request } from 'node:https';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeBlocks } from './docs/markdown.ts';
import { type TemporaryFolder, temporaryFolder } from './fixture-release.ts';
import { type RunningServer, startServer } from './real-servers/cinematch.ts';
import { realProgram } from './real-servers/debian-package.ts';
import { freePorts, ServerProcess } from './real-servers/server-process.ts';

const NAME = 'films.example';
const openssl = realProgram(['openssl'], 'openssl');

interface Place {
  folder: string;
  certificate: string;
  key: string;
  /** The certificate and its key in one file. */
  both: string;
  port: number;
  serverPort: number;
}

interface Proxy {
  name: string;
  language: string;
  /** The block of the docs, with addresses and files of the test. */
  adapt(block: string, place: Place): string;
  check(file: string): string[];
  run(file: string): string[];
}

const PROXIES: Proxy[] = [
  {
    name: 'nginx',
    language: 'nginx',
    adapt: (block, { folder, certificate, key, port, serverPort }) => `
user root;
daemon off;
pid ${folder}/nginx.pid;
error_log stderr;
events {}
http {
access_log off;
client_body_temp_path ${folder}/body;
proxy_temp_path ${folder}/proxy;
${block
  .replace('/etc/ssl/films.example.pem', certificate)
  .replace('/etc/ssl/films.example.key', key)
  .replace('listen 443', `listen 127.0.0.1:${port}`)
  .replace(/ *listen \[::\].*\n/, '')
  .replace('127.0.0.1:4000', `127.0.0.1:${serverPort}`)}
}`,
    check: (file) => ['-t', '-q', '-c', file],
    run: (file) => ['-c', file],
  },
  {
    name: 'haproxy',
    language: 'haproxy',
    adapt: (block, { both, port, serverPort }) =>
      block
        .replace('/etc/ssl/films.example.pem', both)
        .replace('bind :443', `bind 127.0.0.1:${port}`)
        .replace('127.0.0.1:4000', `127.0.0.1:${serverPort}`)
        .replace('inter 2s', 'inter 100ms')
        .concat('\n'),
    check: (file) => ['-c', '-f', file],
    run: (file) => ['-f', file],
  },
  {
    name: 'caddy',
    language: 'caddyfile',
    adapt: (block, { certificate, key, port, serverPort }) =>
      `{
  admin off
  auto_https disable_redirects
  storage file_system /nowhere
}
${block
  .replace(`${NAME} {`, `https://${NAME}:${port} {\n  bind 127.0.0.1\n  tls ${certificate} ${key}`)
  .replace('127.0.0.1:4000', `127.0.0.1:${serverPort}`)}`,
    check: (file) => ['validate', '--adapter', 'caddyfile', '--config', file],
    run: (file) => ['run', '--adapter', 'caddyfile', '--config', file],
  },
];

const PAGE = 'docs/how-to/proxy.md';
const blocks = codeBlocks(PAGE);
const blockOf = (language: string): string => blocks.find((block) => block.language === language)?.code ?? '';

it('the page has a block for each proxy', () => {
  expect(blocks.map(({ language }) => language)).toEqual(['ini', ...PROXIES.map(({ language }) => language), 'yaml']);
});

describe.each(PROXIES)('$name as the docs configure it', ({ name, language, adapt, check, run }) => {
  const program = realProgram([name], name);
  const missing = [program, openssl].find(({ path }) => path === undefined);

  describe.skipIf(missing !== undefined)(`in front of the server (${(missing ?? program).hint})`, () => {
    let temporary: TemporaryFolder;
    let place: Place;
    let server: RunningServer;
    let proxy: ServerProcess;
    let origin: string;

    const startBehind = (basePath = ''): Promise<RunningServer> =>
      startServer(place.folder, {
        HOST: '127.0.0.1',
        PORT: String(place.serverPort),
        PUBLIC_URL: origin + basePath,
        TRUST_PROXY: '127.0.0.1',
        RATE_LIMIT: 'off',
      });

    beforeAll(async () => {
      temporary = await temporaryFolder();
      place = await prepare(temporary.path);
      origin = `https://${NAME}:${place.port}`;
      server = await startBehind();
      const file = join(place.folder, 'proxy.conf');
      await writeFile(file, adapt(blockOf(language), place));
      const environment = { ...process.env, HOME: place.folder };
      execFileSync(program.path ?? '', check(file), { stdio: 'pipe', env: environment });
      proxy = await ServerProcess.start(program.path ?? '', run(file), () => isOpen(place.port));
    }, 120_000);

    afterAll(async () => {
      await proxy?.end('SIGKILL');
      await server?.end();
      await temporary?.remove();
    });

    const send = async (path: string, { body, headers = {}, ...options }: RequestOptions & { body?: string } = {}) =>
      ask({
        host: '127.0.0.1',
        port: place.port,
        servername: NAME,
        ca: await readFile(place.certificate),
        path,
        method: body === undefined ? 'GET' : 'POST',
        headers: {
          host: `${NAME}:${place.port}`,
          origin,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        body,
        ...options,
      });

    it('signs in with secure cookies, and knows the address of the caller whatever the caller says', async () => {
      const account = { name: 'Ada', email: 'ada@films.example', password: 'a long password' };
      const forged = { 'x-forwarded-for': '203.0.113.9' };
      const signedUp = await send('/api/auth/sign-up/email', {
        body: JSON.stringify(account),
        headers: forged,
        localAddress: '127.0.0.2',
      });
      expect([signedUp.status, signedUp.text]).toEqual([200, expect.stringContaining('ada@films.example')]);
      const cookies = signedUp.headers['set-cookie'] ?? [];
      expect(cookies.length).toBeGreaterThan(0);
      expect(cookies.filter((cookie) => !/; *Secure/i.test(cookie))).toEqual([]);
      const cookie = cookies.map((each) => each.split(';')[0]).join('; ');
      const viewer = await send('/graphql', { body: JSON.stringify({ query: '{ viewer { name } }' }), headers: { cookie } });
      expect(JSON.parse(viewer.text)).toEqual({ data: { viewer: { name: 'Ada' } } });
      const sessions = await send('/api/auth/list-sessions', { headers: { cookie } });
      expect(JSON.parse(sessions.text)).toEqual([expect.objectContaining({ ipAddress: '127.0.0.2' })]);
    });

    it('passes compressed answers, and an import of 3 MB', async () => {
      const page = await send('/graphql', {
        body: JSON.stringify({ query: '{ recommendations(first: 20) { nodes { movie { title overview } explanation } } }' }),
        headers: { 'accept-encoding': 'br, gzip' },
      });
      expect([page.status, page.headers['content-encoding']]).toEqual([200, expect.stringMatching(/^(br|gzip)$/)]);

      const account = { email: 'ada@films.example', password: 'a long password' };
      const signedIn = await send('/api/auth/sign-in/email', { body: JSON.stringify(account) });
      const cookie = (signedIn.headers['set-cookie'] ?? []).map((each) => each.split(';')[0]).join('; ');
      const csv = `userId,movieId,rating,timestamp\n${'1,999999999,4.0,1700000000\n'.repeat(30_000)}`;
      const query = 'mutation ($csv: String!) { importHistory(source: MOVIELENS, text: $csv, dryRun: true) { notFoundCount } }';
      const body = JSON.stringify({ query, variables: { csv: csv.padEnd(3_000_000, '\n') } });
      const imported = await send('/graphql', { body, headers: { cookie } });
      expect([imported.status, imported.text.slice(0, 300)]).toEqual([200, expect.not.stringContaining('PAYLOAD_TOO_LARGE')]);
    });

    it('goes on after a restart of the server', async () => {
      await server.end();
      const away = await send('/health').then(
        ({ status }) => status,
        () => 0,
      );
      expect([0, 502, 503]).toContain(away);
      server = await startBehind();
      await expect.poll(async () => (await send('/health')).status, { timeout: 10_000 }).toBe(200);
    }, 60_000);

    it('serves the same below a path', async () => {
      await server.end();
      server = await startBehind('/films');
      await expect.poll(async () => (await send('/films/ready')).status, { timeout: 10_000 }).toBe(200);
      const account = { name: 'Bea', email: 'bea@films.example', password: 'a long password' };
      const signedUp = await send('/films/api/auth/sign-up/email', { body: JSON.stringify(account) });
      const cookies = signedUp.headers['set-cookie'] ?? [];
      expect([signedUp.status, cookies.length > 0]).toEqual([200, true]);
      expect(cookies.filter((cookie) => !/; *Path=\/films(;|$)/i.test(cookie))).toEqual([]);
      const cookie = cookies.map((each) => each.split(';')[0]).join('; ');
      const viewer = await send('/films/graphql', { body: JSON.stringify({ query: '{ viewer { name } }' }), headers: { cookie } });
      expect(JSON.parse(viewer.text)).toEqual({ data: { viewer: { name: 'Bea' } } });
      const home = await send('/films/', { headers: { accept: 'text/html', cookie } });
      expect([home.status, home.headers.location]).toEqual([302, '/films/home']);
    }, 60_000);
  });
});

async function prepare(folder: string): Promise<Place> {
  await mkdir(folder, { recursive: true });
  const [certificate, key, both] = ['certificate.pem', 'key.pem', 'both.pem'].map((file) => join(folder, file));
  const words = [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '2',
    '-subj',
    `/CN=${NAME}`,
    '-addext',
    `subjectAltName=DNS:${NAME}`,
  ];
  execFileSync(openssl.path ?? '', [...words, '-keyout', key, '-out', certificate], { stdio: 'ignore' });
  await writeFile(both, (await readFile(certificate, 'utf8')) + (await readFile(key, 'utf8')));
  const [port, serverPort] = await freePorts(2);
  return { folder, certificate, key, both, port, serverPort };
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

interface Answer {
  status: number;
  headers: IncomingMessage['headers'];
  text: string;
}

function ask({ body, ...options }: RequestOptions & { body: string | undefined }): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ ...options, agent: false }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text: Buffer.concat(parts).toString() }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
