// After `npm ci`: makes node_modules/.bin/node the pinned Node where that starts, and removes the link where it does not.
// npm 10 does not link the command of an optional platform package. npm 11 links it also where a library that it needs is missing,
// and then every npm script would fail. Plain JavaScript for Node 18 and newer.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const modules = fileURLToPath(new URL('../node_modules', import.meta.url));
const pinned = join(modules, `node-${process.platform}-${process.arch}`, 'bin', 'node');
const link = join(modules, '.bin', 'node');

if (existsSync(pinned)) {
  rmSync(link, { force: true });
  if (spawnSync(pinned, ['--version']).status === 0) {
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join('..', `node-${process.platform}-${process.arch}`, 'bin', 'node'), link);
  }
}
