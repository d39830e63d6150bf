import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FactorModel } from '../../../src/engine/recommender/collaborative/factor-model.ts';
import { withDatabase } from '../../data/duckdb.ts';
import { seeded } from '../../data/random.ts';
import { recordingContext } from '../../testing/recording-context.ts';
import { type ImportedFactors, readImportedFactors } from './imported-factors.ts';

const SPARK = { alpha: 4, regularization: 0.2 };
let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "given-factors-'-"));
  path = join(folder, 'factors.parquet');
});
afterEach(() => rm(folder, { recursive: true }));

/** Writes the rows of a query as Parquet. */
const written = (select: string, to = path): Promise<void> =>
  withDatabase(new AbortController().signal, async (connection) => {
    await connection.run(`COPY (${select}) TO '${to.replaceAll("'", "''")}' (FORMAT parquet)`);
  });

const values = (rows: readonly (readonly [number, readonly number[]])[]): string =>
  `SELECT id::INTEGER AS id, features::FLOAT[] AS features FROM (VALUES ${rows.map(([id, vector]) => `(${id}, [${vector.join(', ')}])`).join(', ')}) AS t(id, features)`;

const read = (movieIds: number[], from = path): Promise<ImportedFactors> => readImportedFactors(from, movieIds, SPARK, recordingContext());

describe('factors trained elsewhere', () => {
  test('become the rows of the catalog, padded with zeros; the gram matrix covers all vectors of the file', async () => {
    await written(
      values([
        [30, [1, 2, 3]],
        [10, [0.5, 0, -1]],
        [99, [0, 4, 0]],
      ]),
    );
    const { parameters, hasVector, rows, unknown } = await read([10, 20, 30]);
    expect([rows, unknown, [...hasVector]]).toEqual([3, 1, [1, 0, 1]]);
    const { factors, gram, ...rest } = parameters;
    expect(rest).toEqual({ dimensions: 8, regularization: 0.05, penaltyBase: 0, regularizationExponent: 1 });
    expect([...factors]).toEqual([0.5, 0, -1, 0, 0, 0, 0, 0, ...new Array(8).fill(0), 1, 2, 3, 0, 0, 0, 0, 0]);
    // ((1, 2, 3)ᵀ(1, 2, 3) + (0.5, 0, -1)ᵀ(0.5, 0, -1) + (0, 4, 0)ᵀ(0, 4, 0)) / 4
    expect([...gram.subarray(0, 8)]).toEqual([0.3125, 0.5, 0.625, 0, 0, 0, 0, 0]);
    expect([...gram.subarray(8, 16)]).toEqual([0.5, 5, 1.5, 0, 0, 0, 0, 0]);
    expect(gram[18]).toBe(2.5);
    expect(gram.subarray(24)).toEqual(new Float32Array(40));
  });

  test('fold users in like Spark, except for one factor that is the same for all movies', async () => {
    const random = seeded(4);
    const vectors = Array.from({ length: 12 }, () => [random() - 0.5, random() - 0.5]);
    await written(values(vectors.map((vector, id) => [id, vector])));
    const model = FactorModel.of((await read(vectors.map((_, id) => id))).parameters);
    const scores = new Float64Array(12);
    model.score(Uint32Array.of(1, 5, 7), scores);
    // (YᵀY + α Σ y yᵀ + λ n I) u = (1 + α) Σ y, by Cramer's rule.
    const liked = [1, 5, 7].map((row) => vectors[row]);
    const sum = (f: number, g: number) =>
      vectors.reduce((total, y) => total + y[f] * y[g], 0) + 4 * liked.reduce((total, y) => total + y[f] * y[g], 0);
    const [a, b, d] = [sum(0, 0) + 0.6, sum(0, 1), sum(1, 1) + 0.6];
    const [p, q] = [0, 1].map((f) => 5 * liked.reduce((total, y) => total + y[f], 0));
    const u = [(p * d - q * b) / (a * d - b * b), (a * q - b * p) / (a * d - b * b)];
    vectors.forEach((y, row) => {
      expect(scores[row] * (5 / 4)).toBeCloseTo(y[0] * u[0] + y[1] * u[1], 3);
    });
  });

  test('are read from all parts of a folder that Spark wrote', async () => {
    const parts = join(folder, 'itemFactors');
    await mkdir(parts);
    await written(values([[1, [1, 0]]]), join(parts, 'part-00000-a.parquet'));
    await written(values([[2, [0, 1]]]), join(parts, 'part-00001-b.parquet'));
    await writeFile(join(parts, '_SUCCESS'), '');
    expect((await read([1, 2], parts)).parameters.factors).toEqual(Float32Array.of(1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0));
  });

  test.each([
    ['SELECT 1 AS movie, [1.0::FLOAT] AS features', 'column id is missing (a whole number); found movie, features'],
    ["SELECT '1' AS id, [1.0::FLOAT] AS features", 'column id: found VARCHAR, expected a whole number'],
    ['SELECT 1 AS id, [1.0::FLOAT] AS vector', 'column features is missing (a list of floats); found id, vector'],
    ['SELECT 1 AS id, 0.5::FLOAT AS features', 'column features: found FLOAT, expected a list of floats'],
    [
      'SELECT unnest([1, 2]) AS id, unnest([[1.0::FLOAT], [1, 2]]) AS features',
      'column features: lists of 1 to 2 numbers; all lists must have the same length',
    ],
    ['SELECT 1 AS id, range(600)::FLOAT[] AS features', 'column features: lists of 600 numbers; 1 to 512 are allowed'],
    ['SELECT 1 AS id, []::FLOAT[] AS features', 'column features: lists of 0 numbers; 1 to 512 are allowed'],
    ["SELECT 1 AS id, [1::FLOAT, 'nan'::FLOAT] AS features", 'column features: NaN at place 1 of id 1; every number must be finite'],
    ['SELECT 1 AS id, [NULL, 1]::FLOAT[] AS features', 'column features: null at place 0 of id 1; every number must be finite'],
    ['SELECT unnest([1, 1]) AS id, [1]::FLOAT[] AS features', 'column id: 1 occurs twice'],
    ['SELECT unnest([1, NULL]) AS id, [1]::FLOAT[] AS features', 'columns id and features: 1 of 2 rows lack one'],
    ['SELECT unnest([-1, 7]) AS id, [1]::FLOAT[] AS features', 'none of the 2 ids is a movie of the catalog'],
    ['SELECT 1 AS id, [1]::FLOAT[] AS features LIMIT 0', 'has no rows'],
  ])('%s is refused', async (select, message) => {
    await written(select);
    const found: unknown = await read([1, 2]).catch((error: unknown) => error);
    expect(String(found)).toContain(`${path}: `);
    expect(String(found)).toContain(message);
  });

  test('missing factors, or a file that is not Parquet, are clear errors', async () => {
    await expect(read([1])).rejects.toThrow('there is no such file of factors');
    await expect(read([1], folder)).rejects.toThrow('the folder has no .parquet file');
    await writeFile(path, 'id,features\n');
    await expect(read([1])).rejects.toThrow('not a readable Parquet file');
  });
});
