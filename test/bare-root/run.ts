import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { arch, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePorts } from '../real-servers/server-process.ts';

// `npm run test:bare`: the README's first two commands in a Debian root that holds Node 20 or 22 with its own npm and nothing else,
// as a normal user and as root. It needs root on Debian and the network of the package registries; elsewhere it says so.
const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const NODES = [
  { node: '20.19.0', npm: '10.8.2', user: 'somebody' },
  { node: '22.22.0', npm: '10.9.4', user: 'root' },
] as const;
const START_MS = 120_000;
const FREE_MS = 15_000;
/** What lets a program of the root reach the registries as this machine does. */
const NETWORK_FILES = ['/etc/resolv.conf', '/etc/hosts', '/etc/ssl/certs/ca-certificates.crt'];

const reason = whyNot();
if (reason !== undefined) {
  process.stdout.write(`skipped: the bare Debian root ${reason}\n`);
  process.exit(Number(process.env.SKIPPED_CODE ?? 0));
}
const folder = mkdtempSync(join(tmpdir(), 'cinematch-bare-'));
const root = join(folder, 'root');
try {
  if (makeRoot()) await runAll();
  else process.exitCode = Number(process.env.SKIPPED_CODE ?? 0);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function whyNot(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return 'needs root on Debian';
  if (existsSync('/usr/sbin/debootstrap')) return undefined;
  process.stdout.write("the bare root needs debootstrap, which is not on this machine: installing Debian's debootstrap with apt-get\n");
  const { status } = spawnSync('sh', ['-c', 'apt-get update -qq && apt-get install -y -qq --no-install-recommends debootstrap'], {
    stdio: 'ignore',
  });
  return status === 0 ? undefined : 'needs debootstrap: apt-get install debootstrap';
}

/** False, with a line, where no Debian mirror can be reached. */
function makeRoot(): boolean {
  const { status, stdout } = spawnSync('debootstrap', ['--variant=minbase', 'bookworm', root], { encoding: 'utf8' });
  if (status !== 0) {
    process.stdout.write(`skipped: debootstrap failed: ${stdout.trim().split('\n').at(-1)}\n`);
    return false;
  }
  for (const file of NETWORK_FILES.filter(existsSync)) {
    mkdirSync(join(root, dirname(file)), { recursive: true });
    cpSync(file, join(root, file), { dereference: true });
  }
  chroot('root', 'useradd --create-home somebody');
  return true;
}

async function runAll(): Promise<void> {
  for (const [n, { node, npm, user }] of NODES.entries()) {
    installNode(node, npm);
    const home = join('/home/somebody', `run-${n}`);
    copyProject(join(root, home));
    chroot('root', `chown -R ${user} ${home}`);
    say(`Node ${node}, npm ${npm}, ${user}: npm ci`);
    const installed = chroot(user, `cd ${home} && npm ci`);
    if (/EBADENGINE|npm warn/i.test(installed)) throw new Error(`npm ci prints warnings:\n${installed}`);
    if (n === 0) {
      expectMissingLibrary(user, home);
      chroot('root', 'apt-get update -qq && apt-get install -y -qq --no-install-recommends libatomic1');
    }
    await expectServes(user, home);
    say(
      chroot(user, `cd ${home} && npm test -- tools/schema-contract.test.ts`)
        .trim()
        .split('\n')
        .findLast((line) => line.includes('passed')) ?? '',
    );
    rmSync(join(root, home), { recursive: true });
  }
  say('npm ci && npm start work with Node 20 and 22 and their own npm');
}

/** Without libatomic1 the pinned Node does not start, and Node 20 is too old: one line that says what to install. */
function expectMissingLibrary(user: string, home: string): void {
  const { status, stderr } = spawnSync(...inRoot(user, `cd ${home} && npm start`), {
    encoding: 'utf8',
    env: environment(user),
  });
  const lines = stderr
    .trim()
    .split('\n')
    .filter((line) => !line.startsWith('npm '));
  if (status === 0 || lines.length !== 1 || !lines[0].includes('apt-get install libatomic1'))
    throw new Error(`without libatomic1, npm start says:\n${stderr}`);
  say(`without libatomic1: ${lines[0]}`);
}

/** npm start answers, and SIGTERM to npm frees the port. */
async function expectServes(user: string, home: string): Promise<void> {
  const [port] = await freePorts(1);
  const npm = spawn(...inRoot(user, `cd ${home} && exec npm start`), {
    env: { ...environment(user), PORT: String(port), HOST: '127.0.0.1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [npm.stdout, npm.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk));
  const url = `http://127.0.0.1:${port}`;
  await until(
    START_MS,
    async () => npm.exitCode !== null || (await answers(url)),
    () => output,
  );
  const page = npm.exitCode === null ? await (await fetch(`${url}/`, { headers: { accept: 'text/html' } })).text() : '';
  if (!page.includes('<title>CineMatch')) throw new Error(`npm start serves no page:\n${output}`);
  const answer = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ recommendations(first: 3) { totalCount nodes { movie { title } } } }' }),
  });
  const { data } = (await answer.json()) as { data: { recommendations: { nodes: unknown[] } } };
  if (data.recommendations.nodes.length !== 3) throw new Error(`recommendations: ${JSON.stringify(data)}`);
  await stop(npm);
  await until(
    FREE_MS,
    async () => !(await isTaken(port)),
    () => 'the port is still taken after SIGTERM to npm',
  );
  say(`npm start answered on ${url}, and SIGTERM to npm freed the port`);
}

async function stop(npm: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => npm.once('exit', resolve));
  npm.kill('SIGTERM');
  await ended;
}

async function answers(url: string): Promise<boolean> {
  return fetch(`${url}/ready`).then(
    ({ ok }) => ok,
    () => false,
  );
}

/** A server that drains answers that it is not ready, and still has the port. */
async function isTaken(port: number): Promise<boolean> {
  const socket = createConnection(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

async function until(ms: number, isSo: () => Promise<boolean>, problem: () => string): Promise<void> {
  const end = performance.now() + ms;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(problem());
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** The binary of the registry's package and the npm of that release, in /usr/local. */
function installNode(version: string, npm: string): void {
  const local = join(root, 'usr/local');
  for (const name of ['bin', 'lib', 'include', 'share']) rmSync(join(local, name), { recursive: true, force: true });
  const work = mkdtempSync(join(folder, 'node-'));
  const platform = `node-linux-${arch()}`;
  execFileSync('npm', ['pack', '--silent', `${platform}@${version}`, `npm@${npm}`], { cwd: work, stdio: 'ignore' });
  execFileSync('tar', ['xzf', `${platform}-${version}.tgz`], { cwd: work });
  cpSync(join(work, 'package/bin'), join(local, 'bin'), { recursive: true });
  const target = join(local, 'lib/node_modules/npm');
  mkdirSync(target, { recursive: true });
  execFileSync('tar', ['xzf', `npm-${npm}.tgz`, '-C', target, '--strip-components=1'], { cwd: work });
  chroot(
    'root',
    'ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm && chmod +x /usr/local/bin/* /usr/local/lib/node_modules/npm/bin/*.js',
  );
  rmSync(work, { recursive: true });
}

/** What git has and does not ignore, as it is in the working tree. */
function copyProject(target: string): void {
  const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: PROJECT, encoding: 'utf8' });
  for (const file of files.split('\0').filter((name) => name !== '' && existsSync(join(PROJECT, name)))) {
    mkdirSync(join(target, dirname(file)), { recursive: true });
    cpSync(join(PROJECT, file), join(target, file));
  }
  writeFileSync(join(target, '.env'), '');
}

function environment(user: string): NodeJS.ProcessEnv {
  const certificates = '/etc/ssl/certs/ca-certificates.crt';
  return {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    HOME: user === 'root' ? '/root' : `/home/${user}`,
    LANG: 'C.UTF-8',
    ...(existsSync(certificates) ? { NODE_EXTRA_CA_CERTS: certificates } : {}),
  };
}

/** What runs a command in the root, with /proc mounted where only that command sees it. */
function inRoot(user: string, command: string): [program: string, args: string[]] {
  const enter = 'mount -t proc proc "$0/proc" && exec chroot "--userspec=$1" "$0" sh -c "$2"';
  return ['unshare', ['--mount', 'sh', '-c', enter, root, user, command]];
}

/** Runs the command in the root and gives what it prints; throws with all of it when it fails. */
function chroot(user: string, command: string): string {
  const { status, stdout, stderr } = spawnSync(...inRoot(user, command), {
    encoding: 'utf8',
    env: environment(user),
  });
  if (status !== 0) throw new Error(`${command}:\n${stdout}${stderr}`);
  return `${stdout}${stderr}`;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
