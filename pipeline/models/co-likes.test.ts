import { describe, expect, test } from 'vitest';
import { likeScorerContract } from '../../src/engine/recommender/collaborative/like-scorer.contract.ts';
import { seeded } from '../data/random.ts';
import { type CoLikesParameters, trainCoLikes } from './co-likes.ts';

const parameters: CoLikesParameters = {
  minLikes: 1,
  maxMovies: 100,
  userWeightExponent: 1,
  ratingWeights: { neutral: 0.5, negative: 0.25 },
  prior: 5,
  neighbours: 100,
};

/** User 0 likes movies 0 and 1 and gave movie 2 three stars; user 1 likes movie 0 and gave movie 3 one star. */
const likes = {
  users: 2,
  offsets: Uint32Array.of(0, 2, 3),
  rows: Uint32Array.of(0, 1, 0),
  lowerRatings: { offsets: Uint32Array.of(0, 1, 2), rows: Uint32Array.of(2, 3), halfStars: Uint8Array.of(6, 2), times: undefined },
};

const random = seeded(5);
const rows: number[] = [];
const offsets = [0];
for (let user = 0; user < 30; user++) {
  for (let movie = 0; movie < 8; movie++) if (random() < 0.5) rows.push(movie);
  offsets.push(rows.length);
}
const many = { users: 30, offsets: Uint32Array.from(offsets), rows: Uint32Array.from(rows) };

likeScorerContract('co-likes', () => trainCoLikes(many, 9, parameters));

describe('co-likes', () => {
  test('are the conditional probabilities with their prior, by hand', () => {
    // w = (1/2, 1), a = 5 × 3/4 = 3.75. Movies that nobody likes are left out, so movies 2 and 3 count through nobody.
    const model = trainCoLikes(likes, 4, { ...parameters, ratingWeights: { neutral: 0, negative: 0 } });
    // share_0 = 1, share_1 = 1/3. P[0, 1] = (1/2 + 3.75 / 3) / (1.5 + 3.75), P[1, 0] = (1/2 + 3.75) / (0.5 + 3.75).
    expect(model.attributions(Uint32Array.of(0), 1)[0]).toBeCloseTo(1.75 / 5.25, 6);
    expect(model.attributions(Uint32Array.of(1), 0)[0]).toBeCloseTo(1, 6);
    // Nobody likes movie 3: only the prior is left.
    expect(model.attributions(Uint32Array.of(3), 1)[0]).toBeCloseTo(1 / 3, 6);
  });

  test('count ratings below a like as weaker evidence of what is watched', () => {
    const seen = { ...likes, users: 3, offsets: Uint32Array.of(0, 2, 3, 4), rows: Uint32Array.of(0, 1, 0, 2) };
    const lowerRatings = { ...likes.lowerRatings, offsets: Uint32Array.of(0, 1, 2, 2) };
    const model = trainCoLikes({ ...seen, lowerRatings }, 4, parameters);
    // w = (1/2, 1, 1). User 0 likes movie 0 and gave movie 2 three stars: 1/2 × 0.5. a = 5 × 2.5 / 3, share_2 = (0.25 + 1) / 2.5.
    const a = 12.5 / 3;
    expect(model.attributions(Uint32Array.of(0), 2)[0]).toBeCloseTo((0.25 + a * 0.5) / (1.5 + a), 6);
  });

  test('keep the largest entries of each movie', () => {
    const two = trainCoLikes(many, 9, { ...parameters, neighbours: 2 }).weights.toRows();
    const all = trainCoLikes(many, 9, parameters).weights.toRows();
    for (let i = 0; i < 8; i++) {
      const kept = [...two.values.subarray(two.rowOffsets[i], two.rowOffsets[i + 1])].sort();
      const full = [...all.values.subarray(all.rowOffsets[i], all.rowOffsets[i + 1])];
      expect(kept).toEqual(
        full
          .sort((x, y) => y - x)
          .slice(0, 2)
          .sort(),
      );
    }
  });
});
