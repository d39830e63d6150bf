// After `npm ci`: links the commands that developers call by name (npx vitest) and, where it starts, the pinned Node.
// npm itself links none (bin-links in .npmrc). It would link the pinned Node also where a library that it needs is missing, and
// then every script of npm would fail, those of `npm ci` included. Plain JavaScript for Node 18 and newer.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TOOL_PACKAGES } from './tool-packages.mjs';

const modules = fileURLToPath(new URL('../node_modules', import.meta.url));
const folder = join(modules, '.bin');
const pinned = join(modules, `node-${process.platform}-${process.arch}`, 'bin', 'node');

if (process.platform !== 'win32') {
  mkdirSync(folder, { recursive: true });
  for (const [command, name] of Object.entries(TOOL_PACKAGES)) {
    const manifest = join(modules, name, 'package.json');
    if (!existsSync(manifest)) continue;
    const { bin } = JSON.parse(readFileSync(manifest, 'utf8'));
    const script = join(modules, name, typeof bin === 'string' ? bin : bin[command]);
    chmodSync(script, 0o755);
    link(command, script);
  }
  if (spawnSync(pinned, ['--version']).status === 0) link('node', pinned);
  else rmSync(join(folder, 'node'), { force: true });
}

function link(command, target) {
  rmSync(join(folder, command), { force: true });
  symlinkSync(relative(folder, target), join(folder, command));
}
