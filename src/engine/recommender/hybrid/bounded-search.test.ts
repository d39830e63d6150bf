import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seeded } from '../../../../pipeline/data/random.ts';
import { generatedMovies } from '../../../../test/generated-movies.ts';
import { releaseInMemory, shippedConfig } from '../../../../test/release-in-memory.ts';
import { addRow } from '../../linalg/csr.ts';
import { TopK } from '../../linalg/topk.ts';
import { readContentModel } from '../content/content-model.ts';
import { SimilarityKernel, type SparseVector, toSparseVector } from '../content/similarity-kernel.ts';
import { BoundedSearch, type DeferredTerm } from './bounded-search.ts';
import { RowBounds } from './row-bounds.ts';

const COUNT = 9000;
const MAX_NORM = 3;
const { features, normalizers, popularity } = readContentModel(releaseInMemory(generatedMovies(COUNT), shippedConfig('default')));
const rows = Uint32Array.from({ length: COUNT }, (_, i) => i).filter((row) => row % 3 !== 0);
const liked = sumOf([5, 50, 500]);
const disliked = sumOf([6, 60]);
const profileNorm = Math.hypot(...liked);
const random = seeded(11);
const numbers = (): Float64Array => Float64Array.from({ length: COUNT }, () => random());
/** Few of these rows have a large norm. */
const norms = Float32Array.from({ length: COUNT }, () => MAX_NORM * random() ** 4);
const terms = norms.map((norm) => (2 * random() - 1) * norm);
const scaledNorms = norms.map((norm) => norm / (norm + 0.2));
const scaledTerms = scaledNorms.map((norm) => (2 * random() - 1) * norm);

function sumOf(movies: readonly number[]): Float64Array {
  const sum = new Float64Array(features.columns);
  for (const row of movies) addRow(features, row, 1, sum);
  return sum;
}

/** A deferred term that counts the rows it was computed for. */
function deferredTerm(weight: number): DeferredTerm & { computed: number } {
  return {
    computed: 0,
    upperBound: weight,
    scaledUpperBound: 0.2 * weight,
    add(among, out) {
      this.computed += among.length;
      for (const row of among) out[row] += weight * (terms[row] + 0.2 * scaledTerms[row]);
    },
  };
}

/** Plain search: every term of every row is computed. */
function plainSearch(
  kernel: SimilarityKernel,
  profile: SparseVector,
  baseScores: Float64Array,
  count: number,
  deferred?: DeferredTerm,
  among = rows,
  norm = profileNorm,
) {
  const best = new TopK(count);
  const all = baseScores.slice();
  deferred?.add(among, all);
  kernel.offer(kernel.dots(profile, among), norm, among, 0, best, all);
  return best.drain();
}

describe.each([
  ['no deferred term', undefined],
  ['a deferred term that hardly counts', 0.001],
  ['a deferred term that counts', 0.3],
  ['a deferred term that counts most', 20],
])('bounded search finds what plain search finds, with %s', (_, deferredWeight) => {
  test.each([
    ['likes', 0],
    ['likes and dislikes', 0.7],
  ])('%s', (_, dislikes) => {
    for (const negative of [false, true]) {
      // Negative features take away what the bound is made from. With every sign turned the dot products are the same.
      const sign = negative ? -1 : 1;
      const turned = { ...features, values: features.values.map((value) => sign * value) };
      const kernel = new SimilarityKernel(turned, normalizers, popularity);
      const bounds = new RowBounds(kernel, norms, scaledNorms);
      const search = new BoundedSearch(kernel, bounds);
      for (const weight of [10, 1, 0.1, 0.01, 0]) {
        const profile = toSparseVector(liked.map((value, j) => sign * weight * (value - dislikes * disliked[j])));
        const baseScores = numbers();
        for (const count of [1, 20, 250, rows.length]) {
          const deferred = deferredWeight === undefined ? undefined : deferredTerm(deferredWeight);
          const expected = plainSearch(kernel, profile, baseScores, count, deferred);
          const best = new TopK(count);
          bounds.baseScores.set(baseScores);
          search.offerBest(profile, profileNorm, rows, best, deferred);
          const found = best.drain();
          expect(found).toEqual(expected);
          // Contributions are computed from these later: the deferred term was added once to each row found.
          for (const row of found.indices)
            expect(bounds.baseScores[row]).toBe(
              deferredWeight === undefined ? baseScores[row] : baseScores[row] + deferredWeight * (terms[row] + 0.2 * scaledTerms[row]),
            );
        }
      }
    }
  });
});

test('bounded search finds what plain search finds, for any rows, counts and weights', () => {
  const kernel = new SimilarityKernel(features, normalizers, popularity);
  const zeros = new Float32Array(COUNT);
  const searches = [new RowBounds(kernel, norms, scaledNorms), new RowBounds(kernel, zeros, zeros)].map((bounds) => ({
    bounds,
    search: new BoundedSearch(kernel, bounds),
  }));
  const weight = fc.constantFrom(0, 0.001, 0.1, 1, 100);
  const query = fc.record({
    among: fc.oneof(
      fc.constant(rows),
      fc.uniqueArray(fc.nat(COUNT - 1), { maxLength: 40 }).map((list) => Uint32Array.from(list.sort((a, b) => a - b))),
    ),
    movies: fc.array(fc.nat(COUNT - 1), { maxLength: 5 }),
    content: weight,
    base: weight,
    deferred: weight,
    count: fc.constantFrom(0, 1, 7, 100),
    norm: fc.constantFrom(0, profileNorm),
    hasZeroNorms: fc.boolean(),
  });
  fc.assert(
    fc.property(query, ({ among, movies, content, base, deferred: deferredWeight, count, norm, hasZeroNorms }) => {
      const profile = toSparseVector(sumOf(movies).map((value) => content * value));
      const baseScores = numbers().map((value) => base * value);
      const deferred = hasZeroNorms
        ? { upperBound: deferredWeight, scaledUpperBound: deferredWeight, add() {} }
        : deferredTerm(deferredWeight);
      const expected = plainSearch(kernel, profile, baseScores, count, deferred, among, norm);
      const best = new TopK(count);
      const { bounds, search } = searches[+hasZeroNorms];
      bounds.baseScores.set(baseScores);
      search.offerBest(profile, norm, among, best, deferred);
      expect(best.drain()).toEqual(expected);
    }),
    { numRuns: 150 },
  );
});

describe('few rows', () => {
  const dotCounts: number[] = [];
  class CountingKernel extends SimilarityKernel {
    override dots(profile: SparseVector, among: Uint32Array): Float64Array {
      dotCounts.push(among.length);
      return super.dots(profile, among);
    }
  }
  const kernel = new CountingKernel(features, normalizers, popularity);
  const bounds = new RowBounds(kernel, norms, scaledNorms);
  const search = new BoundedSearch(kernel, bounds);
  const peaked = liked.map((value) => 0.01 * value);
  peaked[liked.indexOf(liked.reduce((a, b) => Math.max(a, b)))] = 10;

  test.each([
    ['when content counts little', liked.map((value) => 0.01 * value), 150],
    ['when a few columns have most of it', peaked, 1500],
  ])('are multiplied %s', (_, profile, limit) => {
    dotCounts.length = 0;
    bounds.baseScores.set(numbers());
    search.offerBest(toSparseVector(profile), profileNorm, rows, new TopK(20));
    expect(dotCounts.at(-1)).toBeLessThan(limit);
  });

  test.each([
    ['when it counts little beside the base scores', 0.01, 0.01, 500],
    ['when it counts little beside content', 0.05, 10, 2500],
    ['when few rows have a large norm', 0.3, 0.01, 1500],
  ])('get the deferred term %s', (_, weight, content, limit) => {
    const deferred = deferredTerm(weight);
    bounds.baseScores.set(numbers());
    search.offerBest(toSparseVector(liked.map((value) => content * value)), profileNorm, rows, new TopK(20), deferred);
    expect(deferred.computed).toBeLessThan(limit);
  });

  test('get the deferred term when the rows with the largest base scores have none', () => {
    const deferred = deferredTerm(1);
    const baseScores = Float64Array.from(norms, (norm) => (norm < 0.001 ? 0.1 : 0));
    const profile = toSparseVector(liked.map((value) => 0.001 * value));
    const expected = plainSearch(kernel, profile, baseScores, 20, deferredTerm(1));
    bounds.baseScores.set(baseScores);
    const best = new TopK(20);
    search.offerBest(profile, profileNorm, rows, best, deferred);
    expect(best.drain()).toEqual(expected);
    expect(deferred.computed).toBeLessThan(2500);
  });
});
