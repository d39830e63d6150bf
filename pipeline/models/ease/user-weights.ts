import type { Likes } from '../../data/likes.ts';

/** 1 over the mean of n^-γ among the users of the data set with n > 0 likes. Viewers of a library do not change it. */
export function userWeightScale({ users, offsets, viewers = 0 }: Likes, exponent: number): number {
  let sum = 0;
  let known = 0;
  for (let user = 0; user < users - viewers; user++) {
    const likes = offsets[user + 1] - offsets[user];
    if (likes === 0) continue;
    sum += likes ** -exponent;
    known++;
  }
  return known === 0 ? 1 : known / sum;
}

/** n^-γ times `scale` for each user with n likes, 0 without likes. */
export function weightsOfUsers({ users, offsets }: Likes, exponent: number, scale: number): Float32Array {
  const weights = new Float32Array(users);
  for (let user = 0; user < users; user++) {
    const likes = offsets[user + 1] - offsets[user];
    if (likes > 0) weights[user] = Math.fround(likes ** -exponent) * scale;
  }
  return weights;
}
