import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { type RequestOptions, request } from 'node:https';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from './fixture-release.ts';
import makeApp from './real-servers/built-app.ts';
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
  /** The files of deploy/proxy: with the host to itself, and below a path. */
  file: string;
  pathFile: string;
  /** The text of the file, with addresses and files of the test. */
  adapt(text: string, place: Place): string;
  check(file: string): string[];
  run(file: string): string[];
}

const PROXIES: Proxy[] = [
  {
    name: 'nginx',
    file: 'nginx.conf',
    pathFile: 'nginx-films.conf',
    adapt: (text, { folder, certificate, key, port, serverPort }) => `
user root;
daemon off;
pid ${folder}/nginx.pid;
error_log stderr;
events {}
http {
access_log off;
client_body_temp_path ${folder}/body;
proxy_temp_path ${folder}/proxy;
${text
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
    file: 'haproxy.cfg',
    pathFile: 'haproxy-films.cfg',
    adapt: (text, { both, port, serverPort }) =>
      text
        .replace('/etc/ssl/films.example.pem', both)
        .replace('bind :443', `bind 127.0.0.1:${port}`)
        .replaceAll('127.0.0.1:4000', `127.0.0.1:${serverPort}`)
        .replace('inter 2s', 'inter 100ms'),
    check: (file) => ['-c', '-f', file],
    run: (file) => ['-f', file],
  },
  {
    name: 'caddy',
    file: 'Caddyfile',
    pathFile: 'Caddyfile-films',
    adapt: (text, { certificate, key, port, serverPort }) =>
      `{
  admin off
  auto_https disable_redirects
  storage file_system /nowhere
}
${text
  .replace(`\n${NAME} {`, `\nhttps://${NAME}:${port} {\n  bind 127.0.0.1\n  tls ${certificate} ${key}`)
  .replace('127.0.0.1:4000', `127.0.0.1:${serverPort}`)}`,
    check: (file) => ['validate', '--adapter', 'caddyfile', '--config', file],
    run: (file) => ['run', '--adapter', 'caddyfile', '--config', file],
  },
];

const textOf = (file: string): string => readFileSync(`deploy/proxy/${file}`, 'utf8');

describe.each(PROXIES)('$name as deploy/proxy configures it', ({ name, file, pathFile, adapt, check, run }) => {
  const program = realProgram([name], name);
  const missing = [program, openssl].find(({ path }) => path === undefined);

  describe.skipIf(missing !== undefined)(`in front of the server (${(missing ?? program).hint})`, () => {
    let temporary: TemporaryFolder;
    let place: Place;
    let server: RunningServer;
    let proxy: ServerProcess;
    let origin: string;

    const startProxy = async (configuration: string): Promise<void> => {
      const adapted = join(place.folder, 'proxy.conf');
      await writeFile(adapted, adapt(textOf(configuration), place));
      const environment = { ...process.env, HOME: place.folder };
      execFileSync(program.path ?? '', check(adapted), { stdio: 'pipe', env: environment });
      proxy = await ServerProcess.start(program.path ?? '', run(adapted), () => isOpen(place.port));
    };

    const startBehind = (basePath = ''): Promise<RunningServer> =>
      startServer(place.folder, {
        HOST: '127.0.0.1',
        PORT: String(place.serverPort),
        PUBLIC_URL: origin + basePath,
        TRUST_PROXY: '127.0.0.1',
        RATE_LIMIT: 'off',
      });

    beforeAll(async () => {
      // The pages of the server.
      makeApp();
      temporary = await temporaryFolder();
      place = await prepare(temporary.path);
      origin = `https://${NAME}:${place.port}`;
      server = await startBehind();
      await startProxy(file);
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
    });

    it('serves the same below a path of a host that has other things', async () => {
      await server.end();
      await proxy.end('SIGTERM');
      server = await startBehind('/films');
      await startProxy(pathFile);
      await expect.poll(async () => (await send('/films/ready')).status, { timeout: 10_000 }).toBe(200);
      const account = { name: 'Bea', email: 'bea@films.example', password: 'a long password' };
      const signedUp = await send('/films/api/auth/sign-up/email', { body: JSON.stringify(account), localAddress: '127.0.0.3' });
      const cookies = signedUp.headers['set-cookie'] ?? [];
      expect([signedUp.status, cookies.length > 0]).toEqual([200, true]);
      expect(cookies.filter((cookie) => !/; *Path=\/films(;|$)/i.test(cookie) || !/; *Secure/i.test(cookie))).toEqual([]);
      const cookie = cookies.map((each) => each.split(';')[0]).join('; ');
      const query = '{ viewer { name } recommendations(first: 20) { nodes { movie { title overview } explanation } } }';
      const headers = { cookie, 'accept-encoding': 'br, gzip' };
      const answer = await send('/films/graphql', { body: JSON.stringify({ query }), headers });
      expect([answer.status, answer.headers['content-encoding']]).toEqual([200, expect.stringMatching(/^(br|gzip)$/)]);
      const sessions = await send('/films/api/auth/list-sessions', { headers: { cookie } });
      expect(JSON.parse(sessions.text)).toEqual([expect.objectContaining({ ipAddress: '127.0.0.3' })]);
      const home = await send('/films/', { headers: { accept: 'text/html', cookie } });
      expect([home.status, home.headers.location]).toEqual([302, '/films/home']);
      const bare = await send('/films');
      // A redirect of the proxy, or a page of the server.
      expect([200, 302, 308]).toContain(bare.status);
      expect([undefined, '/films/', '/films/home', `${origin}/films/`]).toContain(bare.headers.location);
      // The other things of the host.
      for (const path of ['/graphql', '/ready', '/api/auth/ok']) expect([path, (await send(path)).status]).toEqual([path, 404]);
    });
  });
});

it('the page names every file', async () => {
  const page = await readFile('docs/how-to/proxy.md', 'utf8');
  for (const name of await readdir('deploy/proxy')) expect(page).toContain(`../../deploy/proxy/${name})`);
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
