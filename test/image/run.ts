import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT, runNode } from '../../tools/run-tool.ts';
import { readPage } from '../docs/markdown.ts';
import { realProgram } from '../real-servers/debian-package.ts';
import { freePorts } from '../real-servers/server-process.ts';

// `npm run test:image`: builds the image with buildah from Debian packages and the npm registry, and runs its root file system, read-only,
// as it would run in a container: as 65532, as another user, and as root with PUID. Needs root on Debian; elsewhere it says so.
const MAX_IMAGE_BYTES = 250_000_000;
const START_MS = 60_000;
const PROBE_MS = 60_000;
const USER = 65532;
const OTHER = 12345;
/** What the commands of the page end with, here where no MovieLens can be reached. */
const OF_PAGE: Record<string, { code: number; text: RegExp; more?: string[] }> = {
  doctor: { code: 0, text: /ok +artifacts/ },
  'db backup': { code: 0, text: /backed up/ },
  'db backup --verify': { code: 0, text: /verified: restored/ },
  'db restore': { code: 0, text: /restored/ },
  refresh: { code: 1, text: /\[new\] ml-32m[\s\S]*127\.0\.0\.1:9/, more: ['--movielens-url', 'http://127.0.0.1:9'] },
};
const reason = whyNot();
if (reason !== undefined) {
  process.stdout.write(`skipped: the container image (${reason})\n`);
  process.exit(Number(process.env.SKIPPED_CODE ?? 0));
}

const folder = mkdtempSync(join(tmpdir(), 'cinematch-image-'));
const store = ['--root', join(folder, 'store'), '--runroot', join(folder, 'run'), '--storage-driver', 'vfs'];
const BASE = 'localhost/cinematch-base';
try {
  await runAll();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function whyNot(): string | undefined {
  if (process.getuid?.() !== 0) return 'needs root';
  const programs = [
    realProgram(['buildah'], 'buildah'),
    realProgram(['debootstrap'], 'debootstrap'),
    realProgram(['unshare'], 'util-linux'),
  ];
  const missing = programs.find(({ path }) => path === undefined);
  if (missing !== undefined) return missing.hint;
  const refused = (program: string, ...args: string[]): boolean =>
    spawnSync(program, args, { stdio: 'ignore', timeout: PROBE_MS }).status !== 0;
  if (refused('unshare', '--mount', 'mount', '--make-rprivate', '/')) return 'this system lets root mount nothing';
  const empty = mkdtempSync(join(tmpdir(), 'cinematch-debian-'));
  const unreachable = refused('debootstrap', '--variant=minbase', '--print-debs', 'bookworm', join(empty, 'root'));
  rmSync(empty, { recursive: true, force: true });
  return unreachable ? 'no mirror of Debian can be reached' : undefined;
}

async function runAll(): Promise<void> {
  const made = runNode(['deploy/image/make-base.ts', BASE, ...store], { show: true });
  if (!made.ok) throw new Error('the base cannot be made');
  buildah(
    'bud',
    '--isolation=chroot',
    '--format=docker',
    '--network=host',
    ...npmAccess(),
    '-f',
    'deploy/Containerfile',
    '--build-arg',
    `BASE=${BASE}`,
    '-t',
    'cinematch',
    PROJECT,
  );
  const container = buildah('from', '--pull-never', 'cinematch').trim();
  const image = JSON.parse(buildah('inspect', '--type=image', 'cinematch'));
  expectSame(
    'labels and user',
    [image.Docker.config.Labels['org.opencontainers.image.title'], image.Docker.config.User],
    ['CineMatch', '65532:65532'],
  );
  if (image.Docker.config.Healthcheck === undefined) throw new Error('the image has no HEALTHCHECK');
  const root = buildah('mount', container).trim();
  const bytes = Number(execFileSync('du', ['-sb', root], { encoding: 'utf8' }).split('\t')[0]);
  if (bytes > MAX_IMAGE_BYTES) throw new Error(`the image has ${bytes} bytes`);
  for (const shell of ['bin/sh', 'usr/bin/sh', 'usr/bin/npm', 'usr/bin/apt-get'])
    if (existsSync(join(root, shell))) throw new Error(`the image holds ${shell}`);
  say(`the image has ${(bytes / 1e6).toFixed(0)} MB, and no shell`);

  await expectServes(root, 'as its own user', USER, {});
  await expectServes(root, 'as another user', OTHER, {});
  await expectServes(root, 'as root with PUID', 0, { PUID: String(OTHER), PGID: String(OTHER) }, OTHER);
  expectPrograms(root);
  say('the image serves, as every user, and runs db, doctor and pipeline');
}

/** The volumes of a container: folders beside the image. A user's volume belongs to that user, as a platform would give it. */
function volumes(name: string, uid: number): Record<'data' | 'artifacts', string> {
  const made = { data: join(folder, `${name}-data`), artifacts: join(folder, `${name}-artifacts`) };
  for (const path of Object.values(made)) {
    mkdirSync(path, { recursive: true });
    execFileSync('chown', [`${uid}:${uid}`, path]);
  }
  return made;
}

/** A command that runs a program of the image: the root file system read-only, the volumes over it, and no other environment. */
function inImage(root: string, uid: number, { data, artifacts }: Record<'data' | 'artifacts', string>, args: string[]): [string, string[]] {
  const mounts = `mount --make-rprivate / && mount --bind '${root}' '${root}' && mount -o remount,ro,bind '${root}' \
    && mount --bind '${data}' '${root}/data' && mount --bind '${artifacts}' '${root}/artifacts' && mount -t proc proc '${root}/proc' 2>/dev/null;
    exec chroot --userspec=${uid}:${uid} --groups= '${root}' /usr/bin/node --disable-warning=ExperimentalWarning /app/image/entry.mjs "$@"`;
  return ['unshare', ['--mount', 'sh', '-c', mounts, 'sh', ...args]];
}

async function expectServes(root: string, name: string, uid: number, more: Record<string, string>, owner = uid): Promise<void> {
  const [port] = await freePorts(1);
  const places = volumes(name.replaceAll(' ', '-'), uid);
  const env = { ...more, PORT: String(port), HOST: '127.0.0.1', NODE_ENV: 'production', DRAIN_MS: '0' };
  const began = performance.now();
  const server = spawn(...inImage(root, uid, places, ['server']), {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk));
  const url = `http://127.0.0.1:${port}`;
  while (!(await isReady(url))) {
    if (server.exitCode !== null || performance.now() - began > START_MS) throw new Error(`${name}: it does not start:\n${output}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const ms = Math.round(performance.now() - began);
  const page = await (await fetch(`${url}/`, { headers: { accept: 'text/html' } })).text();
  if (!page.includes('<title>CineMatch')) throw new Error(`${name}: there is no page`);
  const query = '{ recommendations(first: 3) { nodes { movie { title } } } }';
  const answer = await fetch(`${url}/graphql?query=${encodeURIComponent(query)}`, { headers: { accept: 'application/json' } });
  if ((await answer.json()).data.recommendations.nodes.length !== 3) throw new Error(`${name}: no recommendations`);
  const guest = await fetch(`${url}/api/auth/sign-in/anonymous`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  if (guest.status !== 200) throw new Error(`${name}: nobody can sign in: ${guest.status}`);
  // Threads answer before the last of them has started.
  while (!output.includes('"msg":"ready"')) await new Promise((resolve) => setTimeout(resolve, 20));
  const health = spawnSync(...inImage(root, uid, places, ['health']), { env: { PATH: process.env.PATH, ...env }, encoding: 'utf8' });
  if (health.status !== 0) throw new Error(`${name}: HEALTHCHECK fails: ${health.stderr}`);
  expectSame(`${name}: the owner of the database`, statSync(join(places.data, 'cinematch.sqlite')).uid, owner);
  if (!readdirSync(places.artifacts).includes('current.json')) throw new Error(`${name}: the sample is not in the volume`);
  const code = await stop(server);
  expectSame(`${name}: the exit code after SIGTERM\n${output}`, code, 0);
  const [, own] = /"ms":(\d+),"msg":"ready"/.exec(output) ?? [];
  const dead = spawnSync(...inImage(root, uid, places, ['health']), { env: { PATH: process.env.PATH, ...env } });
  expectSame(`${name}: HEALTHCHECK of a server that ended`, dead.status, 1);
  say(`${name}: ready after ${ms} ms, ${own} ms by its own log; SIGTERM ends it`);
}

function expectPrograms(root: string): void {
  const places = volumes('programs', USER);
  const run = (...args: string[]): { status: number | null; output: string } => {
    const { status, stdout, stderr } = spawnSync(...inImage(root, USER, places, args), {
      env: { PATH: process.env.PATH },
      encoding: 'utf8',
    });
    return { status, output: stdout + stderr };
  };
  const expectRun = (wanted: number, text: RegExp, ...args: string[]): void => {
    const { status, output } = run(...args);
    if (status !== wanted || !text.test(output)) throw new Error(`${args.join(' ')} ended with ${status}:\n${output}`);
  };
  expectRun(0, /publish: .* is current/, 'pipeline', 'sample');
  expectRun(0, /sample/, 'pipeline', 'inspect', '--artifacts', '/artifacts');
  expectRun(0, /migrated: /, 'db', 'migrate');
  const onPage = programsOfPage();
  const nameOf = ([program = '', command = '', ...words]: string[]): string => {
    if (program !== 'db') return program;
    return words.includes('--verify') ? `db ${command} --verify` : `db ${command}`;
  };
  expectSame('the programs of the page', [...new Set(onPage.map(nameOf))].sort(), Object.keys(OF_PAGE).sort());
  for (const words of onPage) {
    const { code, text, more = [] } = OF_PAGE[nameOf(words)];
    expectRun(code, text, ...words, ...more);
  }
  expectRun(2, /there is no program "shell"/, 'shell');
  for (const path of Object.values(places)) chmodSync(path, 0o700);
}

/** The words after the image, or after its entry, in the commands of the page. */
function programsOfPage(): string[][] {
  const lines = readPage('docs/how-to/container.md').matchAll(
    /^docker (?:run|exec) .*?cinematch (?:\/usr\/bin\/node \/app\/image\/entry\.mjs )?(\w.*)$/gm,
  );
  return [...lines].map(([, words = '']) => words.split(' '));
}

/** How npm in the build reaches the registry when this machine has certificates, names or settings of its own. */
function npmAccess(): string[] {
  const certificates = '/etc/ssl/certs/ca-certificates.crt';
  const own = join(process.env.HOME ?? '/root', '.npmrc');
  const npmrc = join(folder, 'npmrc');
  writeFileSync(npmrc, `${existsSync(own) ? readFileSync(own, 'utf8') : ''}\ncafile=${certificates}\n`);
  return ['--volume', `${certificates}:${certificates}:ro`, '--volume', `${npmrc}:/root/.npmrc:ro`, '--volume', '/etc/hosts:/etc/hosts:ro'];
}

function buildah(command: string, ...args: string[]): string {
  return execFileSync('buildah', [...store, command, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 67_108_864,
  });
}

async function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/ready`).then(
    ({ ok }) => ok,
    () => false,
  );
}

async function stop(server: ChildProcess): Promise<number | null> {
  const ended = once(server, 'exit');
  server.kill('SIGTERM');
  const [code] = await ended;
  return code;
}

function expectSame(what: string, found: unknown, expected: unknown): void {
  if (JSON.stringify(found) !== JSON.stringify(expected))
    throw new Error(`${what}: found ${JSON.stringify(found)}, expected ${JSON.stringify(expected)}`);
}

function say(text: string): void {
  process.stdout.write(`image: ${text}\n`);
}
