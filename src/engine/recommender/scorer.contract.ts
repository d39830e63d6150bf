import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { UserProfile } from './profile.ts';
import { recencyWeights } from './recency.ts';
import type { Scorer } from './scorer.ts';

/** Properties of every Scorer. `make` gives the scorer of a viewer with at least one like, for a catalog of `movies`. */
export function scorerContract(name: string, movies: number, genres: number, make: (profile: UserProfile) => Scorer): void {
  const distinct = (below: number, minLength: number, maxLength: number) => fc.uniqueArray(fc.nat(below - 1), { minLength, maxLength });
  const request = fc.record({
    profile: fc
      .record({
        liked: distinct(movies, 1, 5),
        disliked: distinct(movies, 0, 3),
        genres: distinct(genres, 0, 2),
        isOrdered: fc.boolean(),
        rated: distinct(movies, 0, 3),
      })
      .map(({ liked, disliked, isOrdered, rated, ...rest }) => ({
        ...rest,
        liked,
        likedWeights: isOrdered ? recencyWeights(liked) : undefined,
        disliked: disliked.filter((row) => !liked.includes(row)),
        rated: rated.filter((row) => !liked.includes(row)),
        ratedWeights: rated.filter((row) => !liked.includes(row)).map((row) => (row % 2 === 0 ? 0.5 : 0.25)),
      })),
    rows: distinct(movies, 0, movies).map((rows) => Uint32Array.from(rows.sort((a, b) => a - b))),
    k: fc.nat(movies + 5),
  });

  describe(`Scorer: ${name}`, () => {
    test('the top k are the scores of all rows, sorted and cut, to the last bit', () => {
      fc.assert(
        fc.property(request, ({ profile, rows, k }) => {
          const scorer = make(profile);
          const scores = new Float64Array(rows.length);
          scorer.score(rows, scores);
          const expected = [...rows.keys()].sort((a, b) => scores[b] - scores[a] || rows[a] - rows[b]).slice(0, k);
          const { indices, scores: found } = scorer.topK(rows, k);
          expect([...indices]).toEqual(expected.map((n) => rows[n]));
          expect([...found]).toEqual(expected.map((n) => scores[n]));
        }),
        { numRuns: 60 },
      );
    });

    test('an explanation adds up to the score, and is the same after score and after top k', () => {
      fc.assert(
        fc.property(request, ({ profile, rows }) => {
          const scorer = make(profile);
          const ranked = scorer.topK(rows, 5);
          const explained = Array.from(ranked.indices, (row) => scorer.explain(row));
          explained.forEach((contributions, n) => {
            const sum = contributions.reduce((total, { value }) => total + value, 0);
            expect(Math.abs(sum - ranked.scores[n])).toBeLessThan(1e-9);
          });
          scorer.score(rows, new Float64Array(rows.length));
          expect(Array.from(ranked.indices, (row) => scorer.explain(row))).toEqual(explained);
        }),
        { numRuns: 60 },
      );
    });

    test('a row has the same score whichever rows are scored with it', () => {
      fc.assert(
        fc.property(request, ({ profile, rows }) => {
          const scorer = make(profile);
          const scores = new Float64Array(rows.length);
          scorer.score(rows, scores);
          const alone = new Float64Array(1);
          rows.subarray(0, 5).forEach((row, n) => {
            scorer.score(Uint32Array.of(row), alone);
            expect(alone[0]).toBe(scores[n]);
          });
        }),
        { numRuns: 40 },
      );
    });
  });
}
