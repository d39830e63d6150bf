import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openRelease } from '../../src/engine/artifacts/model-release.ts';
import { readPointer, versionDirectory } from '../../src/engine/artifacts/version-store.ts';
import type { FactorModel } from '../../src/engine/recommender/collaborative/factor-model.ts';
import { readHybridModel } from '../../src/engine/recommender/hybrid/hybrid-model.ts';
import { queryObjects, withDatabase } from '../data/duckdb.ts';
import { seeded } from '../data/random.ts';
import { recordingContext } from '../testing/recording-context.ts';
import { run as all } from './all.ts';
import { run as exportVectors } from './export.ts';

const MOVIES = 60;

describe('export', () => {
  let folder: string;
  let artifacts: string;
  let factors: FactorModel;
  const likes = new Map<number, number[]>();

  /** 60 users, each of whom likes some of every third movie. The ids of the movies are ten times their rows, plus ten. */
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'export-test-'));
    artifacts = join(folder, 'artifacts');
    await mkdir(join(folder, 'raw', 'ml-x'), { recursive: true });
    const rows = Array.from({ length: MOVIES }, (_, row) => row);
    const movies = rows.map((row) => `${10 * row + 10},Film ${row} (1990),${row % 2 === 0 ? 'Comedy' : 'Drama'}`);
    await writeFile(join(folder, 'raw', 'ml-x', 'movies.csv'), `movieId,title,genres\n${movies.join('\n')}\n`);
    const random = seeded(3);
    for (let user = 0; user < 60; user++) {
      const liked = rows.filter((row) => row % 3 === user % 3 && random() < 0.7);
      likes.set(user + 1, liked);
    }
    const lines = [...likes].flatMap(([user, liked]) => liked.map((row) => `${user},${10 * row + 10},5`));
    await writeFile(join(folder, 'ratings.csv'), `userId,movieId,rating\n${lines.join('\n')}\n`);
    await all(['--raw', join(folder, 'raw'), '--artifacts', artifacts, '--ratings', join(folder, 'ratings.csv')], recordingContext());
    const release = await openRelease(versionDirectory(artifacts, (await readPointer(artifacts))?.version ?? ''));
    const model = readHybridModel(release);
    if (model === undefined) throw new Error('the release has no ratings models');
    factors = model.factors;
  });
  afterAll(() => rm(folder, { recursive: true }));

  const read = (file: string) =>
    withDatabase(new AbortController().signal, async (connection) => {
      const rows = await queryObjects(
        connection,
        `SELECT kind, id, to_json(vector)::VARCHAR AS vector FROM read_parquet('${file}') ORDER BY kind, id`,
      );
      return rows.map(({ kind, id, vector }) => ({ kind: String(kind), id: Number(id), vector: JSON.parse(String(vector)) as number[] }));
    });

  test('leaves a folder alone that stands where the file would be', async () => {
    const place = join(folder, 'mine');
    await mkdir(place);
    await writeFile(join(place, 'kept.txt'), 'mine');
    await expect(exportVectors(['--embeddings', place, '--artifacts', artifacts], recordingContext())).rejects.toThrow(
      `${place}: is a folder; name the file to write`,
    );
    expect(await readdir(place)).toEqual(['kept.txt']);
    await rm(place, { recursive: true });
  });

  test('writes the vectors of movies and users, whose dot products are the scores of the factor model', async () => {
    const file = join(folder, 'vectors.parquet');
    const context = recordingContext();
    await exportVectors(['--embeddings', file, '--artifacts', artifacts, '--ratings', join(folder, 'ratings.csv')], context);
    const vectors = await read(file);
    const movies = vectors.filter(({ kind }) => kind === 'movie');
    const users = vectors.filter(({ kind }) => kind === 'user');
    expect(movies.map(({ id }) => id)).toEqual(Array.from({ length: MOVIES }, (_, row) => 10 * row + 10));
    expect(users.map(({ id }) => id)).toEqual([...likes.keys()]);
    for (const user of [users[0], users[59]]) {
      const scores = new Float64Array(MOVIES);
      factors.score(Uint32Array.from(likes.get(user.id) ?? []), scores);
      movies.forEach(({ vector }, row) => {
        expect(vector.reduce((sum, value, f) => sum + value * user.vector[f], 0)).toBeCloseTo(scores[row], 3);
      });
    }
    expect(context.lines.at(-1)).toMatch(/vectors\.parquet: 60 movies and 60 users, 96 numbers each/);
    expect((await readdir(folder)).sort()).toEqual(['artifacts', 'ratings.csv', 'raw', 'vectors.parquet']);
  });

  test('writes movies alone without ratings', async () => {
    const file = join(folder, 'movies.parquet');
    await exportVectors(['--embeddings', file, '--artifacts', artifacts], recordingContext());
    expect((await read(file)).map(({ kind }) => kind)).toEqual(Array.from({ length: MOVIES }, () => 'movie'));
    await rm(file);
  });

  test('says what is missing', async () => {
    const content = join(folder, 'content');
    await all(['--raw', join(folder, 'raw'), '--artifacts', content], recordingContext());
    const file = join(folder, 'none.parquet');
    await expect(exportVectors(['--embeddings', file, '--artifacts', content], recordingContext())).rejects.toThrow(
      'has no ratings models',
    );
    await expect(exportVectors(['--embeddings', file, '--artifacts', folder], recordingContext())).rejects.toThrow(
      'has no current release',
    );
    await expect(exportVectors(['--artifacts', artifacts], recordingContext())).rejects.toThrow('--embeddings');
    await rm(content, { recursive: true });
  });
});
