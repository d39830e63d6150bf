import { describe, expect, test } from 'vitest';
import type { LikeScorer } from './like-scorer.ts';

/** Properties of every LikeScorer, to `digits` decimals. The model has at least 6 movies and gives each of the first 5 some score. */
export function likeScorerContract(name: string, make: () => LikeScorer, digits = 5): void {
  const scoresOf = (scorer: LikeScorer, likes: number[], weight?: number): Float64Array => {
    const out = new Float64Array(scorer.movies);
    scorer.score(Uint32Array.from(likes), out, weight);
    return out;
  };

  describe(`LikeScorer: ${name}`, () => {
    test('without likes every score is 0', () => {
      const scorer = make();
      expect(scoresOf(scorer, [])).toEqual(new Float64Array(scorer.movies));
      expect(scorer.attributions(new Uint32Array(0), 1)).toEqual(new Float64Array(0));
    });

    test('the attributions of the likes add up to the score of every movie', () => {
      const scorer = make();
      for (const likes of [[2], [0, 3], [4, 1, 2]]) {
        const scores = scoresOf(scorer, likes);
        expect(scores.some((score) => score !== 0)).toBe(true);
        for (let movie = 0; movie < scorer.movies; movie++) {
          const attributions = scorer.attributions(Uint32Array.from(likes), movie);
          expect(attributions).toHaveLength(likes.length);
          expect(attributions.reduce((a, b) => a + b, 0)).toBeCloseTo(scores[movie], digits);
        }
      }
    });

    test('attributions are in the order of the likes, and the order of the likes changes no score', () => {
      const scorer = make();
      const [first, second] = scorer.attributions(Uint32Array.of(0, 3), 2);
      const swapped = scorer.attributions(Uint32Array.of(3, 0), 2);
      expect(swapped[0]).toBeCloseTo(second, digits);
      expect(swapped[1]).toBeCloseTo(first, digits);
      const scores = scoresOf(scorer, [0, 3]);
      scoresOf(scorer, [3, 0]).forEach((score, movie) => {
        expect(score).toBeCloseTo(scores[movie], digits);
      });
    });

    test('scores are multiplied by the weight and added to the entries of out', () => {
      const scorer = make();
      const scores = scoresOf(scorer, [1, 2]);
      const out = new Float64Array(scorer.movies).fill(10);
      scorer.score(Uint32Array.of(1, 2), out, -2);
      for (let movie = 0; movie < scorer.movies; movie++) expect(out[movie]).toBeCloseTo(10 - 2 * scores[movie], digits);
    });

    test('the weights of the likes multiply their parts, and the parts still add up to the score', () => {
      const scorer = make();
      const likes = Uint32Array.of(0, 3, 4);
      const weights = [1.5, 1, 0.5];
      const out = new Float64Array(scorer.movies);
      scorer.score(likes, out, 1, weights);
      for (let movie = 0; movie < scorer.movies; movie++) {
        const plain = scorer.attributions(likes, movie);
        const weighted = scorer.attributions(likes, movie, weights);
        weighted.forEach((part, n) => {
          expect(part).toBeCloseTo(weights[n] * plain[n], digits);
        });
        expect(weighted.reduce((a, b) => a + b, 0)).toBeCloseTo(out[movie], digits);
      }
    });

    test('every score is finite, and a second call gives the same bits', () => {
      const scorer = make();
      const scores = scoresOf(scorer, [0, 1, 2, 3, 4]);
      expect(scores.every(Number.isFinite)).toBe(true);
      scorer.attributions(Uint32Array.of(2), 3);
      scoresOf(scorer, [4]);
      expect(scoresOf(scorer, [0, 1, 2, 3, 4])).toEqual(scores);
    });
  });
}
