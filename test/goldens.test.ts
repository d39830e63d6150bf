import { readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { defaultContext } from '../pipeline/cli/pipeline-context.ts';
import { readCatalog } from '../pipeline/data/catalog-csv.ts';
import { buildRelease } from '../pipeline/training/build-release.ts';
import { readTable } from '../src/engine/artifacts/catalog-columns.ts';
import { ModelRelease } from '../src/engine/artifacts/model-release.ts';
import { ENGLISH_STOP_WORDS } from '../src/engine/features/stop-words.ts';
import { Bitset } from '../src/engine/linalg/bitset.ts';
import { parseModelConfig } from '../src/engine/recommender/model-config.ts';
import { Recommender } from '../src/engine/recommender/recommender.ts';

interface Golden {
  movies: number;
  columns: number;
  nnz: number;
  terms: string[];
  idf: number[];
  genres: string[];
  mean: number[];
  scale: number[];
  stopWords: string[];
  rows: { movieId: number; columns: number[]; values: number[] }[];
  profiles: { likedMovieIds: number[]; preferredGenres: string[]; topMovieIds: number[]; scores: number[] }[];
}

// Computed with scikit-learn on a catalog that may not be redistributed. The test runs when CINEMATCH_GOLDENS names the folder.
const folder = process.env.CINEMATCH_GOLDENS;
const goldens = pathToFileURL(`${folder ?? '.'}/`);

describe.skipIf(folder === undefined)('the reference config gives the numbers of scikit-learn', () => {
  let golden: Golden;
  let release: ModelRelease;
  let recommender: Recommender;
  let rowOf: Map<number, number>;

  beforeAll(async () => {
    golden = JSON.parse(gunzipSync(readFileSync(new URL('reference.json.gz', goldens))).toString());
    const config = parseModelConfig(
      JSON.parse(readFileSync(new URL('../pipeline/config/reference.json', import.meta.url), 'utf8')),
      'reference.json',
    );
    const movies = await readCatalog(fileURLToPath(new URL('catalogue.csv.gz', goldens)), defaultContext());
    const { about, sections } = buildRelease(movies, config, { version: 'golden', dataset: 'golden', builtAt: new Date(0), inputs: {} });
    release = new ModelRelease({ format: 1, ...about, sections: {} }, new Map(Object.entries(sections)));
    recommender = Recommender.fromRelease(release);
    rowOf = new Map(movies.map((movie, row) => [movie.movieId, row]));
  });

  test('the stop words are the same', () => {
    expect([...ENGLISH_STOP_WORDS].sort()).toEqual(golden.stopWords);
  });

  test('the numbers of movies, columns and entries are the same', () => {
    expect(release.manifest.movieCount).toBe(golden.movies);
    expect(release.get('features.names.offsets', 'u32').length - 1).toBe(golden.columns);
    expect(release.get('features.values', 'f32').length).toBe(golden.nnz);
  });

  test('the terms, their idf, the genres and the scaling are the same', () => {
    const names = readTable(release, 'features.names').toArray();
    const parameters = release.get('features.parameters', 'f64');
    expect(names.slice(0, 500)).toEqual(golden.terms);
    expect(names.slice(500, 500 + golden.genres.length)).toEqual(golden.genres);
    golden.idf.forEach((idf, j) => {
      expect(Math.abs(parameters[j] - idf), golden.terms[j]).toBeLessThan(1e-6);
    });
    const [yearMean, yearScale, runtimeMean, runtimeScale] = parameters.subarray(500);
    expect(yearMean).toBeCloseTo(golden.mean[0], 9);
    expect(runtimeMean).toBeCloseTo(golden.mean[1], 9);
    expect(yearScale).toBeCloseTo(golden.scale[0], 9);
    expect(runtimeScale).toBeCloseTo(golden.scale[1], 9);
  });

  test('40 feature rows are the same to 1e-6', () => {
    const offsets = release.get('features.rowOffsets', 'u32');
    const columns = release.get('features.columnIndices', 'u16', 'u32');
    const values = release.get('features.values', 'f32');
    for (const row of golden.rows) {
      const i = rowOf.get(row.movieId) ?? -1;
      expect([...columns.subarray(offsets[i], offsets[i + 1])], `columns of ${row.movieId}`).toEqual(row.columns);
      row.values.forEach((value, n) => {
        expect(Math.abs(values[offsets[i] + n] - value), `value ${n} of ${row.movieId}`).toBeLessThan(1e-6);
      });
    }
  });

  test('20 profiles get the same scores to 1e-6 and the same 50 movies', () => {
    const genres = readTable(release, 'catalog.genres.names').toArray();
    for (const profile of golden.profiles) {
      const liked = profile.likedMovieIds.map((id) => rowOf.get(id) ?? -1);
      const candidates = Bitset.full(recommender.movieCount);
      for (const row of liked) candidates.delete(row);
      const viewer = { liked, disliked: [], genres: profile.preferredGenres.map((genre) => genres.indexOf(genre)) };
      const { movies } = recommender.recommend({ profile: viewer, mode: 'FOR_YOU', candidates, offset: 0, limit: 50 });
      movies.forEach((movie, n) => {
        expect(Math.abs(movie.score - profile.scores[n]), `score ${n} of ${profile.likedMovieIds}`).toBeLessThan(1e-6);
      });
      // Movies of equal score may be in another order, and at the end of the list one may replace another.
      const last = profile.scores[49];
      const certain = profile.topMovieIds.filter((_, n) => profile.scores[n] > last + 1e-6);
      const found = new Set(movies.map((movie) => release.get('catalog.movieIds', 'i32')[movie.index]));
      expect(certain.filter((id) => !found.has(id))).toEqual([]);
      expect(movies).toHaveLength(50);
    }
  });
});
