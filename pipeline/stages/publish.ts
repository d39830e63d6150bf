import { ArtifactError } from '../../src/engine/artifacts/artifact-error.ts';
import { readCatalogColumns } from '../../src/engine/artifacts/catalog-columns.ts';
import type { Manifest } from '../../src/engine/artifacts/manifest.ts';
import { type ModelRelease, openRelease, readManifest } from '../../src/engine/artifacts/model-release.ts';
import { listVersions, type Pointer, readPointer, versionDirectory, writePointer } from '../../src/engine/artifacts/version-store.ts';
import { readRecommenderModel } from '../../src/engine/recommender/model.ts';
import { parseArguments, wholeNumber } from '../cli/arguments.ts';
import { CliError, usageError } from '../cli/cli-error.ts';
import { formatMetric } from '../cli/format.ts';
import type { PipelineContext } from '../cli/pipeline-context.ts';
import { deleteOldVersions } from '../data/old-versions.ts';

export const help = `publish: makes a release the current one

  --artifacts DIR   the artifacts folder
  --version V       the release to serve
  --rollback        return to the previous release
  --margin PERCENT  how much lower than the current NDCG@100 the recorded one may be   (2)
  --keep N          delete all releases but the N newest, the current and the previous one   (all stay)
  --force           publish a worse release too

A damaged or incomplete release is refused, and the current one stays. A release that is measurably worse (same protocol, same data set)
is refused too, and so is a release without ratings models when the current one has them. A running server loads the new release within
seconds.
`;

/** In percent. Two trainings on the same users differ by less. */
const DEFAULT_MARGIN = 2;

export async function run(args: string[], context: PipelineContext): Promise<void> {
  const { artifacts, version, rollback, margin, keep, force } = parseArguments('publish', args, {
    artifacts: { type: 'string', required: true },
    version: { type: 'string' },
    rollback: { type: 'boolean' },
    margin: { type: 'string' },
    keep: { type: 'string' },
    force: { type: 'boolean' },
  });
  if (rollback === (version !== undefined)) throw usageError('publish: give either --version V or --rollback');
  const percent = wholeNumber('publish', 'margin', margin, 0, 100) ?? DEFAULT_MARGIN;
  // A rollback is always deliberate.
  const options = { margin: percent, keep: wholeNumber('publish', 'keep', keep, 1, 1_000_000), force: force || rollback };
  await publish(artifacts, version ?? (await versionBefore(artifacts)), context, options);
}

/** Checks the release like the server, then moves the pointer. Does nothing when the release is current. */
export async function publish(
  artifacts: string,
  version: string,
  context: PipelineContext,
  { margin = DEFAULT_MARGIN, keep, force = false }: { margin?: number; keep?: number | undefined; force?: boolean } = {},
): Promise<void> {
  const pointer = await pointerOf(artifacts);
  let release: ModelRelease;
  try {
    release = await openRelease(versionDirectory(artifacts, version));
    if (release.manifest.version !== version)
      throw new ArtifactError(`the folder ${version} holds the release ${release.manifest.version}`);
    readCatalogColumns(release);
    readRecommenderModel(release);
  } catch (cause) {
    if (!(cause instanceof ArtifactError)) throw cause;
    const versions = await listVersions(artifacts);
    const found = versions.length === 0 ? 'there are no versions' : `the versions are ${versions.join(', ')}`;
    throw new CliError(
      `publish refused, ${version} is not a valid release: ${cause.message}; ${versions.includes(version) ? 'train it again' : found}`,
      { cause },
    );
  }
  if (pointer?.version === version) {
    context.log(`[fresh] publish: ${version} is already current`);
    await prune(artifacts, pointer, keep, context);
    return;
  }
  if (pointer !== null && !force) await refuseWorse(artifacts, pointer.version, release.manifest, margin);
  const published = { version, previous: pointer?.version ?? null, publishedAt: context.now().toISOString() };
  await writePointer(artifacts, published);
  context.log(`publish: ${version} is current${pointer === null ? '' : `, previous: ${pointer.version}`}`);
  await prune(artifacts, published, keep, context);
}

async function prune(artifacts: string, pointer: Pointer, keep: number | undefined, { log }: PipelineContext): Promise<void> {
  if (keep === undefined) return;
  const deleted = await deleteOldVersions(artifacts, pointer, keep);
  if (deleted.length > 0) log(`publish: deleted ${deleted.length} older versions: ${deleted.join(', ')}`);
}

/** Refuses a release that is worse than the current one by more than the margin, on the same data set and by the same protocol. */
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
    if (cause instanceof ArtifactError) return; // A damaged release cannot be compared.
    throw cause;
  }
  if (current.dataset !== dataset || current.validation === undefined) return;
  if (validation === undefined) {
    throw new CliError(
      `publish refused, ${version} has no ratings models, ${currentVersion} has; train it with --ratings, or publish it with --force`,
    );
  }
  if (current.validation.protocol !== validation.protocol) return;
  const [before, now] = [current.validation.ndcg.all, validation.ndcg.all];
  if (now >= before * (1 - margin / 100)) return;
  throw new CliError(
    `publish refused, ${version} is worse than ${currentVersion}: NDCG@100 ${formatMetric(now)}, before ${formatMetric(before)} (${validation.protocol}); publish it with --force if you want it`,
  );
}

async function versionBefore(artifacts: string): Promise<string> {
  const pointer = await pointerOf(artifacts);
  if (pointer?.previous == null) throw new CliError(`publish: ${artifacts} has no previous release to return to`);
  return pointer.previous;
}

async function pointerOf(artifacts: string): Promise<Pointer | null> {
  try {
    return await readPointer(artifacts);
  } catch (cause) {
    if (cause instanceof ArtifactError) return null; // Publishing repairs a damaged pointer.
    throw cause;
  }
}
