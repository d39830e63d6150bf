import { CliError } from '../cli/cli-error.ts';
import type { DatedLikes } from '../data/likes.ts';
import { derivedSeed, seeded, shuffle } from '../data/random.ts';
import { countEligible, MIN_LIKES } from './split.ts';

export interface HeldOutUsers {
  training: Uint32Array;
  validation: Uint32Array;
  test: Uint32Array;
}

/**
 * Divides the users with at least five likes into three groups, by seed. Other users are left out, also of training (Liang et al. 2018).
 * User numbers ascend in each group. The test users of a seed do not depend on the number of validation users.
 * Viewers of a library are in training only: what some of them share must not depend on who is held out.
 */
export function holdOutUsers(likes: DatedLikes, count: { test: number; validation: number }, seed: number): HeldOutUsers {
  const eligible = Uint32Array.from({ length: likes.users }, (_, user) => user).filter(
    (user) => likes.offsets[user + 1] - likes.offsets[user] >= MIN_LIKES,
  );
  const heldOut = count.test + count.validation;
  const mayBeHeldOut = countEligible(likes);
  if (mayBeHeldOut <= heldOut) {
    throw new CliError(
      `${mayBeHeldOut} users have ${MIN_LIKES} likes or more; more than ${heldOut} are needed to hold out ${heldOut} users (see --held-out)`,
    );
  }
  const order = shuffle(eligible.subarray(0, mayBeHeldOut), seeded(seed));
  const isHeldOut = new Set(order.subarray(0, heldOut));
  return {
    test: order.slice(0, count.test).sort(),
    validation: order.slice(count.test, heldOut).sort(),
    training: eligible.filter((user) => !isHeldOut.has(user)).sort(),
  };
}

/** Likes of a user in random order. The order depends on the seed and the user's id only. */
export function shuffledLikes(rows: Uint32Array, userId: number, seed: number): Uint32Array {
  return shuffle(rows.slice(), seeded(derivedSeed(seed, userId)));
}
