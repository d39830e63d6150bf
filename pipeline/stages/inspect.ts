import { ArtifactError } from '../../src/engine/artifacts/artifact-error.ts';
import { readCatalogColumns, type Tagging } from '../../src/engine/artifacts/catalog-columns.ts';
import { openRelease } from '../../src/engine/artifacts/model-release.ts';
import { listVersions, readPointer, versionDirectory } from '../../src/engine/artifacts/version-store.ts';
import { readRecommenderModel } from '../../src/engine/recommender/model.ts';
import { parseModelConfig } from '../../src/engine/recommender/model-config.ts';
import { parseArguments } from '../cli/arguments.ts';
import { CliError } from '../cli/cli-error.ts';
import { formatCount, formatMetric, formatSize } from '../cli/format.ts';
import type { PipelineContext } from '../cli/pipeline-context.ts';
import { sizeOf } from '../training/release-figures.ts';

export const help = `inspect: shows the content of a release

  --artifacts DIR   the artifacts folder
  --version V       the release   (the current one)
`;

export async function run(args: string[], context: PipelineContext): Promise<void> {
  const values = parseArguments('inspect', args, { artifacts: { type: 'string', required: true }, version: { type: 'string' } });
  try {
    await inspect(values.artifacts, values.version, context);
  } catch (cause) {
    if (cause instanceof ArtifactError) throw new CliError(`inspect: ${cause.message}`, { cause });
    throw cause;
  }
}

async function inspect(artifacts: string, version: string | undefined, { log }: PipelineContext): Promise<void> {
  const pointer = await readPointer(artifacts);
  const versions = await listVersions(artifacts);
  const chosen = version ?? pointer?.version;
  if (chosen === undefined)
    throw new CliError(`inspect: ${artifacts} has no current release; give --version (found: ${versions.join(', ') || 'none'})`);
  const release = await openRelease(versionDirectory(artifacts, chosen));
  const { manifest } = release;
  const columns = readCatalogColumns(release);
  const model = readRecommenderModel(release);
  const config = parseModelConfig(manifest.config, 'manifest config');

  log(`version    ${manifest.version}${pointer?.version === chosen ? ' (current)' : ''}`);
  log(`data set   ${manifest.dataset}, built ${manifest.builtAt}`);
  for (const [name, hash] of Object.entries(manifest.inputs)) log(`input      ${name} sha256 ${hash}`);
  log(`movies     ${formatCount(columns.size)}, years ${rangeOf(columns.years)}`);
  log(
    `known      overview ${share(columns.size, (i) => columns.overviews.get(i) !== '')}, runtime ${share(columns.size, (i) => columns.runtimes[i] > 0)}, service ${tagged(columns.services)}, ratings ${share(columns.size, (i) => columns.ratingCounts[i] > 0)}, poster ${share(columns.size, (i) => columns.posterPaths.get(i) !== '')}`,
  );
  for (const [name, tagging] of [
    ['genres', columns.genres],
    ['services', columns.services],
    ['languages', columns.languages],
  ] as const) {
    log(`${name.padEnd(10)} ${tagging.names.length}: ${countsOf(tagging)}`);
  }
  log(
    `features   ${formatCount(model.features.columns)} columns, ${formatCount(model.features.values.length)} entries, ${(model.features.values.length / columns.size).toFixed(1)} per movie`,
  );
  log(`config     ${config.name}, ${config.similarity} similarity`);
  const blockSizes = release.get('features.blocks', 'u32');
  config.blocks.forEach((block, b) => {
    const { kind, weight, ...rest } = block;
    log(`  ${kind.padEnd(10)} weight ${weight}, ${formatCount(blockSizes[2 * b])} columns, ${JSON.stringify(rest)}`);
  });
  log(
    `  profile    ${JSON.stringify(config.profile)}, popularity ${JSON.stringify(config.popularity)}, diversity ${JSON.stringify(config.diversity)}`,
  );
  log(`model      ${model.collaborative === undefined ? 'content' : 'hybrid'}`);
  if (model.collaborative !== undefined) {
    const { ease, factors, blend } = model.collaborative;
    log(
      `  ease       ${formatCount(ease.weights.values.length)} weights, factors ${factors.foldIn.dimensions} per movie, blend weights by number of known likes and by familiar:`,
    );
    for (const { likes, settings } of blend) {
      for (const { familiar, ...weights } of settings) {
        const shares = Object.entries(weights).map(([name, weight]) => `${name} ${weight.toPrecision(3)}`);
        log(`  ${String(likes).padStart(5)} ${String(familiar).padEnd(4)} ${shares.join(', ')}`);
      }
    }
  }
  if (manifest.validation !== undefined) {
    const { protocol, users, ndcg } = manifest.validation;
    const figures = Object.entries(ndcg).map(([size, figure]) => `${size}: ${formatMetric(figure)}`);
    log(`  NDCG@100   ${figures.join(', ')} (${protocol}, ${formatCount(users)} users)`);
  }
  log(`sections   ${Object.keys(manifest.sections).length}, ${formatSize(sizeOf(manifest))}, all checksums correct`);
  for (const [name, section] of Object.entries(manifest.sections).sort((a, b) => b[1].bytes - a[1].bytes)) {
    log(`  ${name.padEnd(36)} ${formatCount(section.count).padStart(10)} × ${section.type}  ${formatSize(section.bytes).padStart(9)}`);
  }
  log(`versions   ${versions.join(', ')}`);
}

function rangeOf(years: Int16Array): string {
  const known = years.filter((year) => year > 0).sort();
  return known.length === 0 ? 'unknown' : `${known[0]} to ${known[known.length - 1]}`;
}

function share(size: number, isKnown: (row: number) => boolean): string {
  let known = 0;
  for (let i = 0; i < size; i++) if (isKnown(i)) known++;
  return `${((100 * known) / size).toFixed(0)} %`;
}

function tagged({ offsets }: Tagging): string {
  return share(offsets.length - 1, (i) => offsets[i + 1] > offsets[i]);
}

function countsOf({ names, indices }: Tagging): string {
  const counts = new Uint32Array(names.length);
  for (const label of indices) counts[label]++;
  return names
    .toArray()
    .map((name, i) => ({ name, count: counts[i] }))
    .sort((a, b) => b.count - a.count)
    .slice(0, 24)
    .map(({ name, count }) => `${name} ${formatCount(count)}`)
    .join(', ');
}
