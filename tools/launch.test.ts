import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from '../test/fixture-release.ts';
import { PROJECT } from './run-tool.ts';

const PINNED_NODE = `node_modules/node-${process.platform}-${process.arch}/bin/node`;
const NEEDS_LIBATOMIC = `#!/bin/sh
echo "node: error while loading shared libraries: libatomic.so.1: cannot open shared object file: No such file or directory" >&2
exit 127`;
const STARTS = `#!/bin/sh
echo "pinned: $*"`;
const NODE_20 = ['--import', 'data:text/javascript,Object.defineProperty(process.versions, "node", { value: "20.1.0" })'];

describe('the launcher', () => {
  let folder: TemporaryFolder;
  const started: ChildProcess[] = [];

  beforeEach(async () => {
    folder = await temporaryFolder();
    write('package.json', '{ "type": "module" }');
    mkdirSync(join(folder.path, 'tools'));
    for (const file of ['launch.mjs', 'server-environment.mjs', 'tool-packages.mjs', 'link-commands.mjs'])
      copyFileSync(join(PROJECT, 'tools', file), join(folder.path, 'tools', file));
    write('version.js', 'console.log(process.execPath)');
  });

  afterEach(async () => {
    for (const child of started.splice(0)) child.kill('SIGKILL');
    await folder.remove();
  });

  const write = (file: string, text: string): void => {
    const path = join(folder.path, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    chmodSync(path, 0o755);
  };

  const start = (command: string, args: string[], env: Record<string, string> = {}) => {
    const child = spawn(command, args, { cwd: folder.path, env: { PATH: process.env.PATH, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    started.push(child);
    const output = { stdout: '', stderr: '' };
    child.stdout.on('data', (text: Buffer) => {
      output.stdout += text.toString();
    });
    child.stderr.on('data', (text: Buffer) => {
      output.stderr += text.toString();
    });
    return { child, output, ended: once(child, 'close').then(([code]) => ({ code, ...output })) };
  };

  const launch = (args: string[], nodeArguments: string[] = []) =>
    start(process.execPath, [...nodeArguments, 'tools/launch.mjs', ...args]).ended;

  it('takes the pinned Node if it starts', async () => {
    write(PINNED_NODE, STARTS);
    expect(await launch(['--no-warnings', 'version.js', '--flag'], NODE_20)).toEqual({
      code: 0,
      stdout: `pinned: --no-warnings ${join(folder.path, 'version.js')} --flag\n`,
      stderr: '',
    });
  });

  it.each([
    ['does not start', NEEDS_LIBATOMIC],
    ['is not installed', undefined],
  ])('takes the Node that runs it if the pinned one %s', async (_, pinned) => {
    if (pinned !== undefined) write(PINNED_NODE, pinned);
    expect(await launch(['version.js'])).toEqual({ code: 0, stdout: `${process.execPath}\n`, stderr: '' });
  });

  it.each([
    ['no pinned Node', undefined, '"npm ci" brings one for Linux on x64 and arm64 with glibc'],
    [
      'a pinned Node without libatomic',
      NEEDS_LIBATOMIC,
      'the Node of "npm ci" needs libatomic.so.1 (on Debian and Ubuntu: apt-get install libatomic1)',
    ],
    [
      'a pinned Node whose loader is missing, as on Alpine',
      '#!/lib/no-such-loader.so.2\n',
      'the Node of "npm ci" does not run on this system (ENOENT)',
    ],
  ])('says in one line what to install with Node 20 and %s', async (_, pinned, problem) => {
    if (pinned !== undefined) write(PINNED_NODE, pinned);
    expect(await launch(['version.js'], NODE_20)).toEqual({
      code: 5,
      stdout: '',
      stderr: `CineMatch needs Node 24 or newer, and this is 20.1.0: ${problem}; or install Node 24 from nodejs.org.\n`,
    });
  });

  it('asks for "npm ci" when a package is not installed', async () => {
    expect(await launch(['bin:tsc'])).toEqual({ code: 1, stdout: '', stderr: 'tsc is not installed: run "npm ci" first\n' });
  });

  it('starts the command of a package, with the same Node first in PATH', async () => {
    write('node_modules/typescript/package.json', '{ "type": "module", "bin": { "tsc": "bin/tsc.js" } }');
    write('node_modules/typescript/bin/tsc.js', 'console.log(process.argv.slice(2), process.env.PATH.split(":")[0])');
    expect(await launch(['bin:tsc', '-p', 'x'])).toEqual({ code: 0, stdout: `[ '-p', 'x' ] ${dirname(process.execPath)}\n`, stderr: '' });
  });

  it.each([
    ['the server', 'dist/main.js', {}, '131072'],
    ['the server whose owner set another value', 'dist/main.js', { MALLOC_MMAP_THRESHOLD_: '65536' }, '65536'],
    ['another script', 'other.js', {}, 'undefined'],
  ])('sets the size from which memory is mapped: %s', async (_, script, env: Record<string, string>, expected) => {
    write(script, 'console.log(process.env.MALLOC_MMAP_THRESHOLD_)');
    const { stdout } = await start(process.execPath, ['tools/launch.mjs', script], env).ended;
    expect(stdout).toBe(`${expected}\n`);
  });

  it('ends with the exit code of what it started', async () => {
    write('seven.js', 'process.exit(7)');
    expect((await launch(['seven.js'])).code).toBe(7);
  });

  const SERVER = `
    process.on('SIGTERM', () => { console.log('SIGTERM'); process.exit(0); });
    setInterval(() => undefined, 1000);
    console.log('ready');`;

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('hands %s on', async (signal) => {
    write('server.js', SERVER.replaceAll('SIGTERM', signal));
    const { child, output, ended } = start(process.execPath, ['tools/launch.mjs', 'server.js']);
    await expect.poll(() => output.stdout).toBe('ready\n');
    child.kill(signal);
    expect(await ended).toEqual({ code: 0, stdout: `ready\n${signal}\n`, stderr: '' });
  });

  it.each(['SIGTERM', 'SIGKILL'] as const)('ends what npm started when its shell dies of %s', async (signal) => {
    write('server.js', SERVER);
    // As dash does for npm: the shell waits for the launcher and hands no signal on.
    const shell = `'${process.execPath}' tools/launch.mjs server.js; true`;
    const { child, output, ended } = start('sh', ['-c', shell], { npm_lifecycle_event: 'start' });
    await expect.poll(() => output.stdout).toBe('ready\n');
    child.kill(signal);
    // The output is closed only when all three processes have ended.
    expect((await ended).stdout).toBe('ready\nSIGTERM\n');
  });

  it('asks a server to stop once when a signal reaches the launcher and its shell', async () => {
    write(
      'server.js',
      "process.on('SIGTERM', () => console.log('SIGTERM')); setTimeout(() => process.exit(0), 3000); console.log('ready');",
    );
    const shell = `'${process.execPath}' tools/launch.mjs server.js & echo $!; wait`;
    const { child, output, ended } = start('sh', ['-c', shell], { npm_lifecycle_event: 'start' });
    await expect.poll(() => output.stdout).toContain('ready\n');
    process.kill(Number.parseInt(output.stdout, 10), 'SIGTERM');
    child.kill('SIGTERM');
    expect((await ended).stdout.match(/SIGTERM/g)).toEqual(['SIGTERM']);
  });

  it('ends what npm started when npm dies and its shell does not', async () => {
    write('server.js', SERVER);
    const shell = `'${process.execPath}' tools/launch.mjs server.js; true`;
    write('npm.cjs', `require('node:child_process').spawn('sh', ['-c', process.argv[2]], { stdio: 'inherit' });`);
    const { child, output, ended } = start(process.execPath, ['npm.cjs', shell], { npm_lifecycle_event: 'start' });
    await expect.poll(() => output.stdout).toBe('ready\n');
    child.kill('SIGHUP');
    expect((await ended).stdout).toBe('ready\nSIGTERM\n');
  });
});
