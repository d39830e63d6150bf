import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from './run-tool.ts';

// The pipeline is not built, but the sample's artifacts are made by it after a build: an update of the project renews both.
const SOURCES = ['src', 'client', 'tools', 'pipeline', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json', 'vite.config.ts'];
const RECORD = join(PROJECT, 'dist', '.build.json');

/** Whether `dist` holds what the sources would give. */
export function isBuilt(): boolean {
  if (!existsSync(RECORD)) return false;
  const record: { sources?: string } = JSON.parse(readFileSync(RECORD, 'utf8'));
  return record.sources === fingerprint();
}

export function recordBuild(): void {
  writeFileSync(RECORD, `${JSON.stringify({ sources: fingerprint() })}\n`);
}

function fingerprint(): string {
  const hash = createHash('sha256').update(process.versions.node);
  for (const path of SOURCES.flatMap(filesOf))
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(PROJECT, path)))
      .update('\0');
  return hash.digest('hex');
}

/** Tests and journeys are not built. */
function filesOf(path: string): string[] {
  const absolute = join(PROJECT, path);
  if (!existsSync(absolute)) return [];
  if (!statSync(absolute).isDirectory()) return [path];
  return readdirSync(absolute)
    .sort()
    .flatMap((name) => filesOf(join(path, name)))
    .filter((file) => !/\.test\.tsx?$|^client\/e2e\//.test(file));
}
