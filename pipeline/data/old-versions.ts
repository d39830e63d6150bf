import { rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ArtifactError } from '../../src/engine/artifacts/artifact-error.ts';
import type { Manifest } from '../../src/engine/artifacts/manifest.ts';
import { readManifest } from '../../src/engine/artifacts/model-release.ts';
import { listVersions, type Pointer, versionDirectory } from '../../src/engine/artifacts/version-store.ts';
import { hasCode } from '../cli/cli-error.ts';

/**
 * Deletes all versions but the `keep` newest, the current and the previous one, and returns their names. Only the files that a manifest
 * lists are deleted: a folder without a manifest stays, and so does every other file.
 */
export async function deleteOldVersions(artifacts: string, { version, previous }: Pointer, keep: number): Promise<string[]> {
  const releases: Manifest[] = [];
  for (const name of await listVersions(artifacts)) {
    const manifest = await readManifest(versionDirectory(artifacts, name)).catch((error: unknown) => {
      if (error instanceof ArtifactError) return undefined;
      throw error;
    });
    if (manifest?.version === name) releases.push(manifest);
  }
  releases.sort((a, b) => Date.parse(b.builtAt) - Date.parse(a.builtAt) || (a.version < b.version ? -1 : 1));
  const served = releases.filter((release) => release.version === version || release.version === previous);
  const others = releases.filter((release) => !served.includes(release)).slice(Math.max(0, keep - served.length));
  for (const { version: name, sections } of others) {
    const folder = versionDirectory(artifacts, name);
    // First the manifest: without it the rest is an unfinished version.
    await rm(join(folder, 'manifest.json'));
    for (const section of Object.keys(sections)) await rm(join(folder, `${section}.bin`), { force: true });
    await rmdir(folder).catch((error: unknown) => {
      if (!hasCode(error, 'ENOTEMPTY')) throw error;
    });
  }
  return others.map((release) => release.version);
}
