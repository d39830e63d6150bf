import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, existsSync, globSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Makes the root file system of the image: Node, the libraries that it needs, the bundle, the pipeline, the sample catalog, the client
// programs of PostgreSQL where they are installed. No shell, no package manager. Runs on Debian, after `npm ci` and `npm run build`.
//
//   node deploy/image/assemble.ts ROOT
const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const [root] = process.argv.slice(2);
if (root === undefined) throw new Error('usage: node deploy/image/assemble.ts ROOT');

const POSTGRES = '/usr/lib/postgresql';
/** The pipeline runs from its sources. The server is a bundle. */
const SOURCES = ['pipeline', 'src/engine'];
/** `from 'zod'` and `from '@duckdb/node-api'`, not `from './data.ts'` and `from 'node:fs'`. */
const IMPORTED_PACKAGE = /^(?:import|export|\}) .*from '((?:@[\w-]+\/)?[\w-]+)(?:\/[^']*)?';$/gm;
const TEST = /\.(test|contract)\.ts$|(^|\/)testing(\/|$)/;
const PASSWD = 'root:x:0:0:root:/:/sbin/nologin\nnonroot:x:65532:65532:nonroot:/data:/sbin/nologin\n';
const GROUP = 'root:x:0:\nnonroot:x:65532:\n';

const node = join(PROJECT, 'node_modules', `node-linux-${process.arch}`, 'bin', 'node');
copyProgram(node, '/usr/bin/node');
// A debugger's tables are half of the file.
execFileSync('strip', [join(root, 'usr/bin/node')]);
for (const program of postgresPrograms()) copyProgram(program, program);
for (const file of ['/etc/ssl/certs/ca-certificates.crt', ...globSync('/lib/*-linux-gnu/libnss_dns.so.2')].filter(existsSync))
  copyFile(file, file);
write('/etc/passwd', PASSWD);
write('/etc/group', GROUP);
write('/etc/nsswitch.conf', 'hosts: files dns\n');

for (const part of ['dist', ...SOURCES, 'package.json', 'LICENSE']) copyPart(part, part);
for (const part of readdirSync(join(PROJECT, 'src')).filter((name) => name.endsWith('.ts') && name !== 'main.ts'))
  copyPart(`src/${part}`, `src/${part}`);
for (const name of withDependencies(importedPackages())) copyPart(`node_modules/${name}`, `node_modules/${name}`);
for (const part of ['entry.mjs', 'health.mjs']) copyPart(`deploy/image/${part}`, `image/${part}`);
copyPart('artifacts', 'artifacts');
for (const folder of ['data', 'artifacts']) {
  mkdirSync(join(root, folder), { recursive: true });
  // Whichever user the container runs as may write there.
  chmodSync(join(root, folder), 0o777);
}

/** With the shared libraries that the loader would open for it. */
function copyProgram(from: string, to: string): void {
  copyFile(from, to);
  for (const [, library] of execFileSync('ldd', [from], { encoding: 'utf8' }).matchAll(/(\/\S+) \(0x/g)) copyFile(library, library);
}

function postgresPrograms(): string[] {
  if (!existsSync(POSTGRES)) return [];
  return readdirSync(POSTGRES)
    .flatMap((version) => ['pg_dump', 'pg_restore'].map((name) => join(POSTGRES, version, 'bin', name)))
    .filter(existsSync);
}

function importedPackages(): string[] {
  return SOURCES.flatMap((folder) =>
    readdirSync(join(PROJECT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !TEST.test(name))
      .flatMap((name) =>
        [...readFileSync(join(PROJECT, folder, name), 'utf8').matchAll(IMPORTED_PACKAGE)].map(([, imported = '']) => imported),
      ),
  );
}

/** Names of the packages and of those that they depend on, where this platform has them. */
function withDependencies(names: readonly string[]): Set<string> {
  const all = new Set<string>();
  const add = (name: string): void => {
    const file = join(PROJECT, 'node_modules', name, 'package.json');
    if (all.has(name) || !existsSync(file)) return;
    all.add(name);
    const { dependencies = {}, optionalDependencies = {} } = JSON.parse(readFileSync(file, 'utf8'));
    for (const other of Object.keys({ ...dependencies, ...optionalDependencies })) add(other);
  };
  for (const name of names) add(name);
  return all;
}

function copyPart(from: string, to: string): void {
  const isWanted = (path: string): boolean => !TEST.test(path) && !/\.(d\.ts|map|md)$|\/node_modules\/\.bin$/.test(path);
  cpSync(join(PROJECT, from), join(root, 'app', to), { recursive: true, filter: isWanted, dereference: true });
}

function copyFile(from: string, to: string): void {
  const target = join(root, to);
  if (existsSync(target)) return;
  mkdirSync(dirname(target), { recursive: true });
  // Follows the links of Debian's libraries, and keeps the right to run.
  copyFileSync(from, target);
}

function write(path: string, content: string): void {
  const target = join(root, path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, content);
}
