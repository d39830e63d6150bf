import { ArtifactError } from '../../src/engine/artifacts/artifact-error.ts';
import { readCatalogColumns } from '../../src/engine/artifacts/catalog-columns.ts';
import type { Manifest } from '../../src/engine/artifacts/manifest.ts';
import { type ModelRelease, openRelease, readManifest } from '../../src/engine/artifacts/model-release.ts';
import { listVersions, type Pointer, readPointer, versionDirectory, writePointer } from '../../src/engine/artifacts/version-store.ts';
import { readRecommenderModel } from '../../src/engine/recommender/model.ts';
import { parseArguments, wholeNumber } from '../cli/arguments.ts';
import { CliError, usageError } from '../cli/cli-error.ts';
import type { PipelineContext } from '../cli/pipeline-context.ts';
import { formatMetric } from './train.ts';

export const help = `publish: make a version the current one

  --artifacts DIR   the artifacts folder
  --version V       the version to serve
  --rollback        back to the version before
  --margin PERCENT  how much worse than the current set's the recorded NDCG@100 may be   (2)
  --force           publish a set that is worse too

A damaged or incomplete set is refused and the current one stays; so is one that was found to be worse, by the
same protocol on the same data set, or has learned from no ratings where the current one has. A running server picks the new version up within seconds.
`;

/** Percent. Two trainings on the same people differ by less. */
const MARGIN = 2;

export async function run(args: string[], effects: PipelineContext): Promise<void> {
  const { artifacts, version, rollback, margin, force } = parseArguments('publish', args, {
    artifacts: { type: 'string', required: true },
    version: { type: 'string' },
    rollback: { type: 'boolean' },
    margin: { type: 'string' },
    force: { type: 'boolean' },
  });
  if (rollback === (version !== undefined)) throw usageError('publish: give either --version V or --rollback');
  const percent = wholeNumber('publish', 'margin', margin, 0, 100) ?? MARGIN;
  // Who goes back knows why.
  const options = { margin: percent, force: force || rollback };
  await publish(artifacts, version ?? (await versionBefore(artifacts)), effects, options);
}

/** Checks the set as the server would, then moves the pointer. Publishing what is current already changes nothing. */
export async function publish(
  artifacts: string,
  version: string,
  effects: PipelineContext,
  { margin = MARGIN, force = false }: { margin?: number; force?: boolean } = {},
): Promise<void> {
  const pointer = await pointerOf(artifacts);
  let set: ModelRelease;
  try {
    set = await openRelease(versionDirectory(artifacts, version));
    if (set.manifest.version !== version) throw new ArtifactError(`the folder ${version} holds the set ${set.manifest.version}`);
    readCatalogColumns(set);
    readRecommenderModel(set);
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
  if (pointer !== null && !force) await refuseWorse(artifacts, pointer.version, set.manifest, margin);
  await writePointer(artifacts, { version, previous: pointer?.version ?? null, publishedAt: effects.now().toISOString() });
  effects.log(`publish: ${version} is current${pointer === null ? '' : `, before it ${pointer.version}`}`);
}

/** Of two sets of one data set that were measured by one protocol, the new one has to be about as good. */
async function refuseWorse(
  artifacts: string,
  currentVersion: string,
  { version, dataset, validation }: Manifest,
  margin: number,
): Promise<void> {
  let current: Manifest;
  try {
    current = await readManifest(versionDirectory(artifacts, currentVersion));
  } catch (cause) {
    if (cause instanceof ArtifactError) return; // A damaged set is nothing to compare with.
    throw cause;
  }
  if (current.dataset !== dataset || current.validation === undefined) return;
  if (validation === undefined) {
    throw new CliError(
      `publish refused, ${version} has learned from no ratings, ${currentVersion} has; train it with --ratings, or --force publishes it all the same`,
    );
  }
  if (current.validation.protocol !== validation.protocol) return;
  const [before, now] = [current.validation.ndcg.all, validation.ndcg.all];
  if (now >= before * (1 - margin / 100)) return;
  throw new CliError(
    `publish refused, ${version} is worse than ${currentVersion}: NDCG@100 ${formatMetric(now)}, before ${formatMetric(before)} (${validation.protocol}); --force publishes it all the same`,
  );
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
