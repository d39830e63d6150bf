import { expect, test } from 'vitest';
import { seeded } from '../../pipeline/random.ts';
import { inventedMovies } from '../../test/invented-movies.ts';
import { setInMemory, shippedConfig } from '../../test/set-in-memory.ts';
import { addRow } from '../linalg/csr.ts';
import { TopK } from '../linalg/topk.ts';
import { readModel } from './model.ts';
import { Scorer } from './scorer.ts';

test.each([0, 1, 3, 4, 5, 15, 16, 17, 31, 100])('both kernels give the same bits for %i rows', (count) => {
  const { features, divisors, popularity } = readModel(setInMemory(inventedMovies(Math.max(count, 1)), shippedConfig('default')));
  const scorer = new Scorer(features, divisors, popularity);
  const random = seeded(7);
  const profile = Float64Array.from({ length: features.columns }, () => (random() < 0.4 ? random() - 0.5 : 0));
  const rows = Uint32Array.from({ length: count }, (_, i) => i);
  const byRow = scorer.dotsByRow(profile, rows).slice(0, count);
  const byColumn = scorer.dotsByColumn(profile).slice(0, count);
  expect(byColumn).toEqual(byRow);
  if (count > 1) expect(byRow.some((dot) => dot !== 0)).toBe(true);
});

/** Invented movies, what they are liked by, and a stream of numbers. */
function invented(count: number) {
  const { features, divisors, popularity } = readModel(setInMemory(inventedMovies(count), shippedConfig('default')));
  const liked = new Float64Array(features.columns);
  for (const row of [5, 50, 500]) addRow(features, row, 1, liked);
  const disliked = new Float64Array(features.columns);
  for (const row of [6, 60]) addRow(features, row, 1, disliked);
  const rows = Uint32Array.from({ length: count }, (_, i) => i).filter((row) => row % 3 !== 0);
  return { features, divisors, popularity, liked, disliked, rows, random: seeded(11) };
}

test.each([
  ['likes', 0],
  ['likes and dislikes', 0.7],
])('the best of all rows are found by bounds, whatever is added: %s', (_, dislikes) => {
  const { features, divisors, popularity, liked, disliked, rows, random } = invented(9000);
  const length = Math.hypot(...liked);
  for (const negative of [false, true]) {
    // Features below 0 take away what the bound is made from; everything turned round, the products are the same.
    const sign = negative ? -1 : 1;
    const scorer = new Scorer({ ...features, values: features.values.map((value) => sign * value) }, divisors, popularity);
    for (const weight of [10, 1, 0.1, 0.01, 0]) {
      const profile = liked.map((value, j) => sign * weight * (value - dislikes * disliked[j]));
      const added = Float64Array.from({ length: 9000 }, () => random());
      for (const count of [1, 20, 250]) {
        const [bounded, plain] = [new TopK(count), new TopK(count)];
        scorer.offer(scorer.dots(profile, rows), length, rows, 0, plain, added);
        scorer.offerBest(profile, length, rows, added, bounded);
        expect(bounded.drain()).toEqual(plain.drain());
      }
    }
  }
});

test('few rows are multiplied when content counts little, or when a few columns have most of it', () => {
  const { features, divisors, popularity, liked, rows, random } = invented(9000);
  const asked: number[] = [];
  class Counting extends Scorer {
    override dots(profile: Float64Array, among: Uint32Array): Float64Array {
      asked.push(among.length);
      return super.dots(profile, among);
    }
  }
  const scorer = new Counting(features, divisors, popularity);
  const added = Float64Array.from({ length: 9000 }, () => random());
  scorer.offerBest(
    liked.map((value) => 0.01 * value),
    Math.hypot(...liked),
    rows,
    added,
    new TopK(20),
  );
  const heavy = liked.map((value) => 0.01 * value);
  heavy[liked.indexOf(liked.reduce((a, b) => Math.max(a, b)))] = 10;
  scorer.offerBest(heavy, Math.hypot(...liked), rows, added, new TopK(20));
  expect(asked[1]).toBeLessThan(150);
  expect(asked[3]).toBeLessThan(1500);
});
