import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seeded } from '../../../../pipeline/data/random.ts';
import { generatedMovies } from '../../../../test/generated-movies.ts';
import { releaseInMemory, shippedConfig } from '../../../../test/release-in-memory.ts';
import { addRow } from '../../linalg/csr.ts';
import { TopK } from '../../linalg/topk.ts';
import { readContentModel } from '../content/content-model.ts';
import { type Profile, profileOf, Scorer } from '../content/similarity-kernel.ts';
import { BoundedSearch, type DeferredTerm } from './bounded-search.ts';

const COUNT = 9000;
const LENGTHS = 3;
const { features, normalizers, popularity } = readContentModel(releaseInMemory(generatedMovies(COUNT), shippedConfig('default')));
const rows = Uint32Array.from({ length: COUNT }, (_, i) => i).filter((row) => row % 3 !== 0);
const liked = sumOf([5, 50, 500]);
const disliked = sumOf([6, 60]);
const length = Math.hypot(...liked);
const random = seeded(11);
const numbers = (): Float64Array => Float64Array.from({ length: COUNT }, () => random());
/** Few of these rows are long. */
const lengths = Float32Array.from({ length: COUNT }, () => LENGTHS * random() ** 4);
const parts = lengths.map((most) => (2 * random() - 1) * most);

function sumOf(movies: readonly number[]): Float64Array {
  const sum = new Float64Array(features.columns);
  for (const row of movies) addRow(features, row, 1, sum);
  return sum;
}

/** A part of every score that says for which rows it was computed. */
function costlyPart(weight: number): DeferredTerm & { computed: number } {
  return {
    computed: 0,
    upperBound: weight,
    add(among, out) {
      this.computed += among.length;
      for (const row of among) out[row] += weight * parts[row];
    },
  };
}

/** Everything computed for every row. */
function plainly(scorer: Scorer, profile: Profile, added: Float64Array, count: number, costly?: DeferredTerm, among = rows, over = length) {
  const best = new TopK(count);
  const all = added.slice();
  costly?.add(among, all);
  scorer.offer(scorer.dots(profile, among), over, among, 0, best, all);
  return best.drain();
}

describe.each([
  ['no costly part', undefined],
  ['a costly part that hardly counts', 0.001],
  ['a costly part that counts', 0.3],
  ['a costly part that counts most', 20],
])('the best of all rows are found by bounds, with %s', (_, costlyWeight) => {
  test.each([
    ['likes', 0],
    ['likes and dislikes', 0.7],
  ])('%s', (_, dislikes) => {
    for (const negative of [false, true]) {
      // Features below 0 take away what the bound is made from; everything turned round, the products are the same.
      const sign = negative ? -1 : 1;
      const turned = { ...features, values: features.values.map((value) => sign * value) };
      const scorer = new Scorer(turned, normalizers, popularity);
      const search = new BoundedSearch(scorer, lengths);
      for (const weight of [10, 1, 0.1, 0.01, 0]) {
        const profile = profileOf(liked.map((value, j) => sign * weight * (value - dislikes * disliked[j])));
        const added = numbers();
        for (const count of [1, 20, 250, rows.length]) {
          const costly = costlyWeight === undefined ? undefined : costlyPart(costlyWeight);
          const expected = plainly(scorer, profile, added, count, costly);
          const [best, written] = [new TopK(count), added.slice()];
          search.offerBest(profile, length, rows, written, best, costly);
          const found = best.drain();
          expect(found).toEqual(expected);
          // What is explained later: the costly part has been added once for what was found.
          for (const row of found.indices)
            expect(written[row]).toBe(costlyWeight === undefined ? added[row] : added[row] + costlyWeight * parts[row]);
        }
      }
    }
  });
});

test('so they are of whichever rows, however many are wanted, and whatever counts', () => {
  const scorer = new Scorer(features, normalizers, popularity);
  const searches = [new BoundedSearch(scorer, lengths), new BoundedSearch(scorer, new Float32Array(COUNT))];
  const weight = fc.constantFrom(0, 0.001, 0.1, 1, 100);
  const asked = fc.record({
    among: fc.oneof(
      fc.constant(rows),
      fc.uniqueArray(fc.nat(COUNT - 1), { maxLength: 40 }).map((list) => Uint32Array.from(list.sort((a, b) => a - b))),
    ),
    movies: fc.array(fc.nat(COUNT - 1), { maxLength: 5 }),
    content: weight,
    base: weight,
    costly: weight,
    count: fc.constantFrom(0, 1, 7, 100),
    over: fc.constantFrom(0, length),
    isShort: fc.boolean(),
  });
  fc.assert(
    fc.property(asked, ({ among, movies, content, base, costly: costlyWeight, count, over, isShort }) => {
      const profile = profileOf(sumOf(movies).map((value) => content * value));
      const added = numbers().map((value) => base * value);
      const costly = isShort ? { upperBound: costlyWeight, add() {} } : costlyPart(costlyWeight);
      const expected = plainly(scorer, profile, added, count, costly, among, over);
      const best = new TopK(count);
      searches[+isShort].offerBest(profile, over, among, added, best, costly);
      expect(best.drain()).toEqual(expected);
    }),
    { numRuns: 150 },
  );
});

describe('few rows', () => {
  const asked: number[] = [];
  class Counting extends Scorer {
    override dots(profile: Profile, among: Uint32Array): Float64Array {
      asked.push(among.length);
      return super.dots(profile, among);
    }
  }
  const scorer = new Counting(features, normalizers, popularity);
  const search = new BoundedSearch(scorer, lengths);
  const heavy = liked.map((value) => 0.01 * value);
  heavy[liked.indexOf(liked.reduce((a, b) => Math.max(a, b)))] = 10;

  test.each([
    ['when content counts little', liked.map((value) => 0.01 * value), 150],
    ['when a few columns have most of it', heavy, 1500],
  ])('are multiplied %s', (_, profile, most) => {
    asked.length = 0;
    search.offerBest(profileOf(profile), length, rows, numbers(), new TopK(20));
    expect(asked.at(-1)).toBeLessThan(most);
  });

  test.each([
    ['when it counts little beside what is added', 0.01, 0.01, 500],
    ['when it counts little beside content', 0.05, 10, 2500],
    ['when few rows are long', 0.3, 0.01, 1500],
  ])('get the costly part %s', (_, weight, content, most) => {
    const costly = costlyPart(weight);
    search.offerBest(profileOf(liked.map((value) => content * value)), length, rows, numbers(), new TopK(20), costly);
    expect(costly.computed).toBeLessThan(most);
  });
});
