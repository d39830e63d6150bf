import { rm } from 'node:fs/promises';
import { ARRAY, arrayValue, type DuckDBAppender, FLOAT } from '@duckdb/node-api';
import { ArtifactError } from '../../src/engine/artifacts/artifact-error.ts';
import { readCatalogColumns } from '../../src/engine/artifacts/catalog-columns.ts';
import type { FactorModel } from '../../src/engine/recommender/collaborative/factor-model.ts';
import { readHybridModel } from '../../src/engine/recommender/hybrid/hybrid-model.ts';
import { parseArguments, ratingScale } from '../cli/arguments.ts';
import { CliError } from '../cli/cli-error.ts';
import { formatCount } from '../cli/format.ts';
import type { PipelineContext } from '../cli/pipeline-context.ts';
import { replace, temporaryPathFor } from '../cli/stage.ts';
import { openChosenRelease } from '../data/chosen-release.ts';
import { withDatabase } from '../data/duckdb.ts';
import { type DatedLikes, readLikes } from '../data/likes.ts';

export const help = `export: writes the vectors of a release's factor model for other programs

  --embeddings FILE   the Parquet file to write: kind (movie or user), id, vector. The dot product of two vectors is the factor term of a score
  --artifacts DIR     the artifacts folder
  --version V         the release   (the current one)
  --ratings FILE      also write a vector for each user of these ratings, folded in from the likes
  --scale N           the highest rating of the ratings file; it counts as 5 stars   (5)
`;

export async function run(args: string[], context: PipelineContext): Promise<void> {
  const values = parseArguments('export', args, {
    embeddings: { type: 'string', required: true },
    artifacts: { type: 'string', required: true },
    version: { type: 'string' },
    ratings: { type: 'string' },
    scale: { type: 'string' },
  });
  try {
    await exportEmbeddings({ ...values, scale: ratingScale('export', values.scale) }, context);
  } catch (cause) {
    if (cause instanceof ArtifactError) throw new CliError(`export: ${cause.message}`, { cause });
    throw cause;
  }
}

interface ExportOptions {
  embeddings: string;
  artifacts: string;
  version: string | undefined;
  ratings: string | undefined;
  scale: number | undefined;
}

/** Movies without a vector, and users without a like in the catalog, are left out. */
async function exportEmbeddings(options: ExportOptions, context: PipelineContext): Promise<void> {
  const release = await openChosenRelease('export', options.artifacts, options.version);
  const factors = readHybridModel(release)?.factors;
  if (factors === undefined)
    throw new CliError(`export: ${release.manifest.version} has no ratings models, so it has no vectors to export`);
  const { movieIds } = readCatalogColumns(release);
  const likes = options.ratings === undefined ? undefined : await readLikes(options.ratings, movieIds, context, options.scale);
  const partial = temporaryPathFor(options.embeddings);
  const { dimensions } = factors.foldIn;
  let movies = 0;
  let users = 0;
  try {
    await withDatabase(context.signal, async (connection) => {
      await connection.run(`CREATE TABLE embeddings (kind VARCHAR, id BIGINT, vector FLOAT[${dimensions}])`);
      const appender = await connection.createAppender('embeddings');
      movies = appendMovies(appender, factors, movieIds);
      users = likes === undefined ? 0 : appendUsers(appender, factors, likes, context);
      appender.closeSync();
      await connection.run(`COPY embeddings TO $path (FORMAT parquet)`, { path: partial });
    });
    await replace(partial, options.embeddings);
  } finally {
    await rm(partial, { force: true });
  }
  context.log(
    `${options.embeddings}: ${formatCount(movies)} movies and ${formatCount(users)} users, ${dimensions} numbers each, of ${release.manifest.version}`,
  );
}

function appendMovies(appender: DuckDBAppender, factors: FactorModel, movieIds: ArrayLike<number>): number {
  const vector = new Float32Array(factors.foldIn.dimensions);
  let count = 0;
  for (let row = 0; row < factors.movies; row++) {
    factors.writeVector(row, vector);
    if (vector.every((value) => value === 0)) continue;
    append(appender, 'movie', movieIds[row], vector);
    count++;
  }
  return count;
}

function appendUsers(
  appender: DuckDBAppender,
  factors: FactorModel,
  { users, userIds, offsets, rows }: DatedLikes,
  { progress, signal }: PipelineContext,
): number {
  const task = progress.start({ label: 'users', total: users, unit: 'users' });
  for (let user = 0; user < users; user++) {
    append(appender, 'user', userIds[user], factors.fold(rows.subarray(offsets[user], offsets[user + 1])).vector);
    task.update(user + 1);
    signal.throwIfAborted();
  }
  task.end();
  return users;
}

function append(appender: DuckDBAppender, kind: 'movie' | 'user', id: number, vector: Float32Array | Float64Array): void {
  appender.appendVarchar(kind);
  appender.appendBigInt(BigInt(id));
  appender.appendArray(arrayValue([...vector]), ARRAY(FLOAT, vector.length));
  appender.endRow();
}
