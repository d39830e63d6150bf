import { readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { defaultContext } from '../pipeline/cli/pipeline-context.ts';
import { readCatalog } from '../pipeline/data/catalog-csv.ts';
import { buildRelease } from '../pipeline/training/build-release.ts';
import { readTable } from '../src/engine/artifacts/catalog-columns.ts';
import { ModelRelease } from '../src/engine/artifacts/model-release.ts';
import { parseFeatureConfig } from '../src/engine/features/feature-config.ts';
import { ENGLISH_STOP_WORDS } from '../src/engine/features/stop-words.ts';
import { Bitset } from '../src/engine/linalg/bitset.ts';
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

// Computed with scikit-learn on a catalogue that may not be redistributed: the check runs where the folder is named.
const folder = process.env.CINEMATCH_GOLDENS;
const goldens = pathToFileURL(`${folder ?? '.'}/`);

describe.skipIf(folder === undefined)('the reference config gives the numbers of scikit-learn', () => {
  let golden: Golden;
  let set: ModelRelease;
  let recommender: Recommender;
  let rowOf: Map<number, number>;

  beforeAll(async () => {
    golden = JSON.parse(gunzipSync(readFileSync(new URL('reference.json.gz', goldens))).toString());
    const config = parseFeatureConfig(
      JSON.parse(readFileSync(new URL('../pipeline/config/reference.json', import.meta.url), 'utf8')),
      'reference.json',
    );
    const movies = await readCatalog(fileURLToPath(new URL('catalogue.csv.gz', goldens)), defaultContext());
    const { about, sections } = buildRelease(movies, config, { version: 'golden', dataset: 'golden', builtAt: new Date(0), inputs: {} });
    set = new ModelRelease({ format: 1, ...about, sections: {} }, new Map(Object.entries(sections)));
    recommender = Recommender.fromSet(set);
    rowOf = new Map(movies.map((movie, row) => [movie.movieId, row]));
  }, 60_000);

  test('the stop words are the same', () => {
    expect([...ENGLISH_STOP_WORDS].sort()).toEqual(golden.stopWords);
  });

  test('movies, columns and entries are the same in number', () => {
    expect(set.manifest.movieCount).toBe(golden.movies);
    expect(set.get('features.names.offsets', 'u32').length - 1).toBe(golden.columns);
    expect(set.get('features.values', 'f32').length).toBe(golden.nnz);
  });

  test('the terms, their idf, the genres and the scaling are the same', () => {
    const names = readTable(set, 'features.names').toArray();
    const parameters = set.get('features.parameters', 'f64');
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
    const offsets = set.get('features.rowOffsets', 'u32');
    const columns = set.get('features.columnIndices', 'u16', 'u32');
    const values = set.get('features.values', 'f32');
    for (const row of golden.rows) {
      const i = rowOf.get(row.movieId) ?? -1;
      expect([...columns.subarray(offsets[i], offsets[i + 1])], `columns of ${row.movieId}`).toEqual(row.columns);
      row.values.forEach((value, n) => {
        expect(Math.abs(values[offsets[i] + n] - value), `value ${n} of ${row.movieId}`).toBeLessThan(1e-6);
      });
    }
  });

  test('20 profiles get the same scores to 1e-6 and the same 50 movies', () => {
    const genres = readTable(set, 'catalog.genres.names').toArray();
    for (const profile of golden.profiles) {
      const liked = profile.likedMovieIds.map((id) => rowOf.get(id) ?? -1);
      const candidates = Bitset.full(recommender.movieCount);
      for (const row of liked) candidates.delete(row);
      const taste = { liked, disliked: [], genres: profile.preferredGenres.map((genre) => genres.indexOf(genre)) };
      const { movies } = recommender.recommend({ profile: taste, mode: 'FOR_YOU', candidates, offset: 0, limit: 50 });
      movies.forEach((movie, n) => {
        expect(Math.abs(movie.score - profile.scores[n]), `score ${n} of ${profile.likedMovieIds}`).toBeLessThan(1e-6);
      });
      // Movies of equal score may stand in another order, and at the end of the list in another's place.
      const last = profile.scores[49];
      const sure = profile.topMovieIds.filter((_, n) => profile.scores[n] > last + 1e-6);
      const found = new Set(movies.map((movie) => set.get('catalog.movieIds', 'i32')[movie.index]));
      expect(sure.filter((id) => !found.has(id))).toEqual([]);
      expect(movies).toHaveLength(50);
    }
  });
});
