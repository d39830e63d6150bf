import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { generatedMovies } from '../../../../test/generated-movies.ts';
import { releaseInMemory, shippedConfig } from '../../../../test/release-in-memory.ts';
import { readContentModel } from '../content/content-model.ts';
import type { RankedRows } from '../scorer.ts';
import { GenreCalibration } from './calibrate.ts';
import { type GenreShares, genreDivergence } from './genre-shares.ts';

const COUNT = 60;
const movies = generatedMovies(COUNT);
const model = readContentModel(releaseInMemory(movies, shippedConfig('default')));
const calibration = new GenreCalibration(model);
/** The divergence of a list from a target. */
const divergence = (target: GenreShares, rows: ArrayLike<number>): number => genreDivergence(target, calibration.sharesOf(rows));
const genreNames = [...new Set(movies.flatMap(({ genres }) => genres))];
const genreCount = model.genreColumns.length;

const likes = fc.uniqueArray(fc.nat(COUNT - 1), { minLength: 1, maxLength: 8 });
const pool = fc
  .uniqueArray(fc.nat(COUNT - 1), { minLength: 1, maxLength: 30 })
  .chain((rows) =>
    fc.tuple(fc.constant(rows), fc.array(fc.double({ min: -1, max: 2, noNaN: true }), { minLength: rows.length, maxLength: rows.length })),
  )
  .map(([rows, scores]): RankedRows => ({ indices: Uint32Array.from(rows), scores: Float64Array.from(scores).sort().reverse() }));

/** The definition: each step takes a movie of the largest value, with the divergence of the whole list computed anew. */
function expectByDefinition(target: GenreShares, { indices, scores }: RankedRows, weight: number, order: readonly number[]): void {
  const lowest = scores[scores.length - 1];
  const range = scores[0] - lowest || 1;
  order.forEach((chosen, step) => {
    const taken = order.slice(0, step).map((rank) => indices[rank]);
    const value = (rank: number): number =>
      (scores[rank] - lowest) / range - weight * (step + 1) * divergence(target, [...taken, indices[rank]]);
    const left = [...indices.keys()].filter((rank) => !order.slice(0, step).includes(rank));
    // Rounding decides between values that are equal.
    expect(value(chosen)).toBeGreaterThanOrEqual(Math.max(...left.map(value)) - 1e-9);
  });
}

describe('genre calibration', () => {
  test('takes step by step the movie with the largest score less divergence of the whole list', () => {
    fc.assert(
      fc.property(likes, pool, fc.constantFrom(0, 0.1, 1), (liked, ranked, weight) => {
        const target = calibration.sharesOf(liked);
        const order = calibration.order(target, ranked, ranked.indices.length, weight);
        expectByDefinition(target, ranked, weight, order);
        expect([...order].sort((a, b) => a - b)).toEqual([...ranked.indices.keys()]);
      }),
      { numRuns: 60 },
    );
  });

  test('keeps the order of the scores with weight 0', () => {
    fc.assert(
      fc.property(likes, pool, (liked, ranked) => {
        expect(calibration.order(calibration.sharesOf(liked), ranked, 30, 0)).toEqual([...ranked.indices.keys()]);
      }),
    );
  });

  test('a larger limit extends the same order', () => {
    fc.assert(
      fc.property(likes, pool, fc.nat(30), (liked, ranked, limit) => {
        const target = calibration.sharesOf(liked);
        const whole = calibration.order(target, ranked, ranked.indices.length, 0.1);
        expect(calibration.order(target, ranked, limit, 0.1)).toEqual(whole.slice(0, limit));
      }),
    );
  });

  test('the shares are of genres, each movie divided among its own, by hand', () => {
    const liked = [...movies.keys()].filter((row) => movies[row].genres.length > 0).slice(0, 4);
    const shares = calibration.sharesOf(liked, [2, 1, 1, 0]);
    const byName = new Map(genreNames.map((name) => [name, 0]));
    liked.forEach((row, n) => {
      for (const name of movies[row].genres) byName.set(name, (byName.get(name) ?? 0) + [2, 1, 1, 0][n] / 4 / movies[row].genres.length);
    });
    expect([...shares].filter((share) => share > 0).sort()).toEqual(
      [...byName.values()]
        .filter((share) => share > 0)
        .sort()
        .map((share) => expect.closeTo(share, 12)),
    );
    expect(shares).toHaveLength(genreCount);
    expect(divergence(shares, liked.slice(0, 1))).toBeGreaterThanOrEqual(0);
  });

  test('movies without genres give no shares, and an empty pool no order', () => {
    const without = [...movies.keys()].filter((row) => movies[row].genres.length === 0);
    expect(without.length).toBeGreaterThan(0);
    expect(calibration.sharesOf(without).every((share) => share === 0)).toBe(true);
    expect(calibration.order(calibration.ofCatalog, { indices: new Uint32Array(0), scores: new Float64Array(0) }, 5, 0.1)).toEqual([]);
  });
});
