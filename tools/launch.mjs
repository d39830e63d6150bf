// Runs a script or a package's command on the Node that the project pins. Plain JavaScript for Node 18 and newer, because
// every npm script starts here on whatever Node is at hand.
//
//   node tools/launch.mjs [node flags] path/to/script.ts [arguments]
//   node tools/launch.mjs [node flags] bin:COMMAND [arguments]     a command of an installed package
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
import { isatty } from 'node:tty';
import { fileURLToPath } from 'node:url';
import { SERVER, SERVER_ENVIRONMENT } from './server-environment.mjs';
import { TOOL_PACKAGES } from './tool-packages.mjs';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));
const MIN_NODE = 24;
const EXIT_NODE_TOO_OLD = 5;
const PARENT_CHECK_MS = 250;

const all = process.argv.slice(2);
const split = all.findIndex((argument) => !argument.startsWith('-'));
if (split < 0) fail('usage: node tools/launch.mjs [node flags] SCRIPT|bin:COMMAND [arguments]');
const flags = all.slice(0, split);
const [target, ...args] = all.slice(split);
// "npm install PACKAGE" removes the links and runs no script of the project.
const modules = join(PROJECT, 'node_modules');
if (existsSync(join(modules, 'vitest')) && !existsSync(join(modules, '.bin', 'vitest'))) await import('./link-commands.mjs');
const node = chooseNode();
run(node, [...flags, ...scriptOf(target), ...args]);

/** The pinned Node when it starts here, else the Node that runs this file when it is new enough. */
function chooseNode() {
  const pinned = join(PROJECT, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
  let problem = `"npm ci" brings one for Linux on x64 and arm64 with glibc`;
  if (existsSync(pinned)) {
    if (isSameFile(process.execPath, pinned)) return pinned;
    const { status, error, stderr } = spawnSync(pinned, ['--version'], { encoding: 'utf8' });
    if (status === 0) return pinned;
    const missing = /(lib[\w.+-]+): cannot open shared object file/.exec(stderr || '');
    problem = missing
      ? `the Node of "npm ci" needs ${missing[1]} (on Debian and Ubuntu: apt-get install ${packageOf(missing[1])})`
      : `the Node of "npm ci" does not run on this system${error ? ` (${error.code || error.message})` : ''}`;
  }
  if (Number.parseInt(process.versions.node, 10) >= MIN_NODE) return process.execPath;
  fail(
    `CineMatch needs Node ${MIN_NODE} or newer, and this is ${process.versions.node}: ${problem}; or install Node ${MIN_NODE} from nodejs.org.`,
    EXIT_NODE_TOO_OLD,
  );
}

function isSameFile(a, b) {
  return existsSync(a) && realpathSync(a) === realpathSync(b);
}

function packageOf(library) {
  return library.startsWith('libatomic') ? 'libatomic1' : library;
}

function scriptOf(name) {
  if (!name.startsWith('bin:')) return [join(PROJECT, name)];
  const command = name.slice(4);
  const folder = join(PROJECT, 'node_modules', TOOL_PACKAGES[command] || command);
  const manifest = join(folder, 'package.json');
  if (!existsSync(manifest)) fail(`${command} is not installed: run "npm ci" first`);
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8'));
  return [join(folder, typeof bin === 'string' ? bin : bin[command])];
}

function run(executable, argv) {
  const env = target === SERVER ? { ...SERVER_ENVIRONMENT, ...process.env } : { ...process.env };
  // What the script starts by the name "node" runs on the same Node.
  if (isAbsolute(executable)) env.PATH = `${dirname(executable)}${delimiter}${process.env.PATH || ''}`;
  const child = spawn(executable, argv, { stdio: 'inherit', env });
  child.on('error', (error) => fail(`${executable}: ${error.message}`));
  // A server ends at once on a second signal, so each way of asking it to stop is used once.
  let isStopping = false;
  const forward = (signal) => {
    // A terminal sends Ctrl-C to the child as well.
    if (signal !== 'SIGINT' || ![0, 1, 2].some((descriptor) => isatty(descriptor))) child.kill(signal);
    if (signal !== 'SIGUSR2') isStopping = true;
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGUSR2']) process.on(signal, forward);
  watchParents(() => {
    if (!isStopping) forward('SIGTERM');
  });
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code);
    process.exit(128 + (constants.signals[signal] || 0));
  });
}

/** npm hands a signal to the shell between it and this process, or dies itself. The shell hands nothing on, so the end of either is the sign. */
function watchParents(onGone) {
  if (process.platform === 'win32' || process.env.npm_lifecycle_event === undefined) return;
  const parents = findParents();
  const timer = setInterval(() => {
    if (findParents() === parents) return;
    clearInterval(timer);
    onGone();
  }, PARENT_CHECK_MS);
  timer.unref();
}

/** The process that started this one, and the process that started that one if it is a shell. The second is known on Linux only. */
function findParents() {
  const shell = `/proc/${process.ppid}/stat`;
  const [, parentOfShell = ''] = (existsSync(shell) && /\(sh\) \S (\d+)/.exec(readFileSync(shell, 'utf8'))) || [];
  return `${process.ppid} ${parentOfShell}`;
}

function fail(message, code = 1) {
  process.stderr.write(`${message}\n`);
  process.exit(code);
}
