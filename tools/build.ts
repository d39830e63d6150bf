import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { recordBuild } from './build-fingerprint.ts';
import { PROJECT, runTool } from './run-tool.ts';

// `npm run build`: the server into dist/, the browser's pages into dist/client/.
// Whoever runs it: with the NODE_ENV of a test runner the pages would hold React's development build, twice as large.
process.env.NODE_ENV = 'production';
rmSync(join(PROJECT, 'dist'), { recursive: true, force: true });
step('server', runTool('typescript', 'tsc', ['-p', 'tsconfig.build.json']));
step('pages', runTool('vite', 'vite', ['build', '--logLevel', 'warn']));
compressAssets(join(PROJECT, 'dist', 'client', 'assets'));
recordBuild();

/** Beside each file that is worth it, for browsers that read gzip: so the server compresses nothing while it serves. */
function compressAssets(directory: string): void {
  for (const name of readdirSync(directory).filter((file) => /\.(js|css|svg)$/.test(file)))
    writeFileSync(join(directory, `${name}.gz`), gzipSync(readFileSync(join(directory, name)), { level: 9 }));
}

function step(name: string, { ok, output }: { ok: boolean; output: string }): void {
  if (output.trim() !== '') process.stderr.write(`${output.trimEnd()}\n`);
  if (!ok) {
    process.stderr.write(`build: the ${name} could not be built; what is wrong stands above\n`);
    process.exit(1);
  }
  process.stdout.write(`built the ${name}\n`);
}
