import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBListValue } from '@duckdb/node-api';
import { MAX_SHORT_COLUMNS } from '../../../src/engine/linalg/short-rows.ts';
import type { FactorParameters } from '../../../src/engine/recommender/collaborative/factor-model.ts';
import { CliError, hasCode } from '../../cli/cli-error.ts';
import type { PipelineContext } from '../../cli/pipeline-context.ts';
import { queryObjects, withDatabase } from '../../data/duckdb.ts';
import { IdTable } from '../../data/id-table.ts';

/** Parameters of Spark's ALS, needed to fold in users. */
export interface SparkParameters {
  /** `alpha`: a like has weight 1 + α. */
  alpha: number;
  /** `regParam`: λ. A user with n likes has regularization λ n. */
  regularization: number;
}

export interface ImportedFactors {
  parameters: FactorParameters;
  /** 1 for a movie of the catalog that has a vector in the file. */
  hasVector: Uint8Array;
  /** Number of vectors in the file. */
  rows: number;
  /** Number of ids in the file that are not in the catalog. */
  unknown: number;
}

/** The kernels need vector lengths that are multiples of this. */
const MULTIPLE = 8;
const INTEGERS = ['TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT', 'UTINYINT', 'USMALLINT', 'UINTEGER', 'UBIGINT'];

/** The Parquet files of a path: the file itself, or the files of a folder as Spark writes it. */
export async function parquetFiles(path: string): Promise<string[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [path];
    const files = (await readdir(path)).filter((name) => name.endsWith('.parquet')).sort();
    if (files.length === 0) throw new CliError(`${path}: the folder has no .parquet file; give the folder that Spark wrote`);
    return files.map((name) => join(path, name));
  } catch (cause) {
    if (hasCode(cause, 'ENOENT')) throw new CliError(`${path}: there is no such file of factors`, { cause });
    throw cause;
  }
}

/**
 * Reads item factors in the layout of Spark MLlib's ALSModel.itemFactors: `id` is a whole number, `features` a list of floats, of the
 * same length in all rows. The returned rows are those of `movieIds`. A movie without a vector has zeros, and vectors are padded with
 * zeros to a multiple of 8.
 *
 * Spark's implicit ALS (weight 1 + α for a like) solves, with sums over the n likes of a user,
 *
 *   (YᵀY + α Σ y yᵀ + λ n I) u = (1 + α) Σ y
 *
 * Divided by α this is our fold-in with gram = YᵀY / α over all vectors of the file, regularization λ / α, penaltyBase 0 and exponent 1.
 * The remaining factor (1 + α) / α is the same for all movies, so the blend weights absorb it.
 *
 * A CliError names the file, the column, the value found and the values allowed.
 */
export async function readImportedFactors(
  path: string,
  movieIds: ArrayLike<number>,
  { alpha, regularization }: SparkParameters,
  context: PipelineContext,
): Promise<ImportedFactors> {
  const files = await parquetFiles(path);
  return withDatabase(context.signal, async (connection) => {
    await checkLayout(connection, path, files);
    const [{ rows, least, most, empty }] = await queryObjects(
      connection,
      `SELECT count(*)::INTEGER AS rows, min(len(features))::INTEGER AS least, max(len(features))::INTEGER AS most,
        count(*) FILTER (id IS NULL OR features IS NULL)::INTEGER AS empty FROM ${sourceOf(files)}`,
    );
    if (rows === 0) throw new CliError(`${path}: the file has no rows`);
    if (empty !== 0) throw new CliError(`${path}: columns id and features: ${empty} of ${rows} rows lack one; every row needs both`);
    if (least !== most)
      throw new CliError(
        `${path}: column features: lists of ${least} to ${most} numbers; all lists must have the same length, the rank of the model`,
      );
    const rank = Number(most);
    if (rank < 1 || rank > MAX_SHORT_COLUMNS)
      throw new CliError(`${path}: column features: lists of ${rank} numbers; 1 to ${MAX_SHORT_COLUMNS} are allowed`);
    const dimensions = Math.ceil(rank / MULTIPLE) * MULTIPLE;
    const vectors = await readVectors(connection, path, files, movieIds, { dimensions, rows: Number(rows) }, context);
    const { factors, products, hasVector, unknown } = vectors;
    const gram = Float32Array.from(products, (product) => product / alpha);
    const foldIn = { dimensions, gram, regularization: regularization / alpha, penaltyBase: 0, regularizationExponent: 1 };
    return { parameters: { ...foldIn, factors }, hasVector, rows: Number(rows), unknown };
  });
}

function sourceOf(files: readonly string[]): string {
  return `read_parquet([${files.map((file) => `'${file.replaceAll("'", "''")}'`).join(', ')}])`;
}

async function checkLayout(connection: DuckDBConnection, path: string, files: readonly string[]): Promise<void> {
  const columns = await queryObjects(connection, `DESCRIBE SELECT * FROM ${sourceOf(files)}`).catch((cause: unknown) => {
    throw new CliError(`${path}: not a readable Parquet file`, { cause });
  });
  const types = new Map(columns.map(({ column_name, column_type }) => [String(column_name), String(column_type)]));
  const expected = [
    ['id', 'a whole number', (type: string) => INTEGERS.includes(type)],
    ['features', 'a list of floats', (type: string) => /^(FLOAT|DOUBLE)\[\d*\]$/.test(type)],
  ] as const;
  for (const [name, what, isAllowed] of expected) {
    const type = types.get(name);
    if (type === undefined) throw new CliError(`${path}: column ${name} is missing (${what}); found ${[...types.keys()].join(', ')}`);
    if (!isAllowed(type)) throw new CliError(`${path}: column ${name}: found ${type}, expected ${what}`);
  }
}

async function readVectors(
  connection: DuckDBConnection,
  path: string,
  files: readonly string[],
  movieIds: ArrayLike<number>,
  { dimensions, rows }: { dimensions: number; rows: number },
  context: PipelineContext,
): Promise<{ factors: Float32Array; products: Float64Array; hasVector: Uint8Array; unknown: number }> {
  const rowOf = new IdTable(movieIds);
  const factors = new Float32Array(movieIds.length * dimensions);
  const products = new Float64Array(dimensions * dimensions);
  const hasVector = new Uint8Array(movieIds.length);
  const seen = new Set<number>();
  let unknown = 0;
  const task = context.progress.start({ label: 'factors read', total: rows, unit: 'rows' });
  const result = await connection.stream(`SELECT id::BIGINT, features::FLOAT[] FROM ${sourceOf(files)}`);
  const vector = new Float32Array(dimensions);
  for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    const [ids, lists] = [chunk.getColumnVector(0), chunk.getColumnVector(1)];
    for (let n = 0; n < chunk.rowCount; n++) {
      const id = Number(ids.getItem(n));
      if (seen.has(id)) throw new CliError(`${path}: column id: ${id} occurs twice; each id may occur once`);
      seen.add(id);
      const list = lists.getItem(n);
      if (!(list instanceof DuckDBListValue)) throw new CliError(`${path}: column features: id ${id} has no list`);
      list.items.forEach((value, f) => {
        if (typeof value !== 'number' || !Number.isFinite(value))
          throw new CliError(`${path}: column features: ${value} at place ${f} of id ${id}; every number must be finite`);
        vector[f] = value;
      });
      for (let f = 0; f < dimensions; f++) for (let g = 0; g < dimensions; g++) products[f * dimensions + g] += vector[f] * vector[g];
      const row = id >= 0 ? rowOf.get(id) : -1;
      if (row < 0) unknown++;
      else {
        factors.set(vector, row * dimensions);
        hasVector[row] = 1;
      }
    }
    task.update(seen.size);
    context.signal.throwIfAborted();
  }
  task.end();
  if (unknown === rows) throw new CliError(`${path}: column id: none of the ${rows} ids is a movie of the catalog (movieId)`);
  return { factors, products, hasVector, unknown };
}
