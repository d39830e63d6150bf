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

test('the rows within reach hold the best, whatever is added, and far fewer than all when content counts little', () => {
  const count = 2000;
  const { features, divisors, popularity } = readModel(setInMemory(inventedMovies(count), shippedConfig('default')));
  const scorer = new Scorer(features, divisors, popularity);
  const rows = Uint32Array.from({ length: count }, (_, i) => i).filter((row) => row % 3 !== 0);
  const random = seeded(11);
  const liked = new Float64Array(features.columns);
  for (const row of [5, 50, 500]) addRow(features, row, 1, liked);
  const length = Math.hypot(...liked);
  for (const [weight, most] of [
    [1, count],
    [0.1, count / 2],
    [0.01, 100],
  ]) {
    const profile = liked.map((value) => weight * value);
    const added = Float64Array.from({ length: count }, () => random());
    const bestOf = (among: Uint32Array): Uint32Array => {
      const best = new TopK(20);
      scorer.offer(scorer.dots(profile, among), length, among, 0.2, best, added);
      return best.drain().indices;
    };
    const within = scorer.within(profile, length, rows, 0.2, 20, added);
    expect(within.length).toBeLessThanOrEqual(most);
    expect(bestOf(within)).toEqual(bestOf(rows));
  }
});
