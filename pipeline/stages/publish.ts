import { ArtifactError } from '../../src/artifacts/artifact-error.ts';
import { openSet } from '../../src/artifacts/artifact-set.ts';
import { readCatalogColumns } from '../../src/artifacts/catalog-columns.ts';
import { listVersions, type Pointer, readPointer, versionDirectory, writePointer } from '../../src/artifacts/version-store.ts';
import { readModel } from '../../src/recommender/model.ts';
import { parseArguments } from '../arguments.ts';
import { CliError, usageError } from '../cli-error.ts';
import type { Effects } from '../effects.ts';

export const help = `publish: make a version the current one

  --artifacts DIR   the artifacts folder
  --version V       the version to serve
  --rollback        back to the version before

A damaged or incomplete set is refused and the current one stays. A running server picks the new version up within seconds.
`;

export async function run(args: string[], effects: Effects): Promise<void> {
  const { artifacts, version, rollback } = parseArguments('publish', args, {
    artifacts: { type: 'string', required: true },
    version: { type: 'string' },
    rollback: { type: 'boolean' },
  });
  if (rollback === (version !== undefined)) throw usageError('publish: give either --version V or --rollback');
  await publish(artifacts, version ?? (await versionBefore(artifacts)), effects);
}

/** Checks the set as the server would, then moves the pointer. Publishing what is current already changes nothing. */
export async function publish(artifacts: string, version: string, effects: Effects): Promise<void> {
  const pointer = await pointerOf(artifacts);
  try {
    const set = await openSet(versionDirectory(artifacts, version));
    if (set.manifest.version !== version) throw new ArtifactError(`the folder ${version} holds the set ${set.manifest.version}`);
    readCatalogColumns(set);
    readModel(set);
  } catch (cause) {
    if (!(cause instanceof ArtifactError)) throw cause;
    const versions = await listVersions(artifacts);
    const there = versions.length === 0 ? 'there are none' : `there are ${versions.join(', ')}`;
    throw new CliError(
      `publish refused, ${version} is not a sound set: ${cause.message}; ${versions.includes(version) ? 'train it again' : there}`,
      { cause },
    );
  }
  if (pointer?.version === version) {
    effects.log(`[fresh] publish: ${version} is current already`);
    return;
  }
  await writePointer(artifacts, { version, previous: pointer?.version ?? null, publishedAt: effects.now().toISOString() });
  effects.log(`publish: ${version} is current${pointer === null ? '' : `, before it ${pointer.version}`}`);
}

async function versionBefore(artifacts: string): Promise<string> {
  const pointer = await pointerOf(artifacts);
  if (pointer?.previous == null) throw new CliError(`publish: ${artifacts} has no version to go back to`);
  return pointer.previous;
}

async function pointerOf(artifacts: string): Promise<Pointer | null> {
  try {
    return await readPointer(artifacts);
  } catch (cause) {
    if (cause instanceof ArtifactError) return null; // A damaged pointer is what publishing mends.
    throw cause;
  }
}
