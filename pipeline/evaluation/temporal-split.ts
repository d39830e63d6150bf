import { Bitset } from '../../src/engine/linalg/bitset.ts';
import { CliError } from '../cli/cli-error.ts';
import { type DatedLikes, likeCounts, selectLikes } from '../data/likes.ts';
import { trainingSet } from '../data/training-set.ts';
import { shuffledLikes } from './held-out-users.ts';
import { ascending, type HeldOutUser, likesOfUsers, MIN_LIKES, type Split } from './split.ts';

/** What models are told of the order of likes: the truth, nothing, or the same times at random or reversed, as controls. */
export const LIKE_ORDERS = ['latest', 'none', 'random', 'reversed'] as const;
export type LikeOrder = (typeof LIKE_ORDERS)[number];

const ABOUT_ORDER: Readonly<Record<LikeOrder, string>> = {
  latest: '',
  none: ' The order of likes is not told.',
  random: ' The likes are told in random order.',
  reversed: ' The likes are told in reversed order.',
};

const TRAINING_SHARE = 0.8;
const RELEVANT_SHARE = 0.2;

/**
 * Global temporal split (Meng et al., "Exploring Data Splitting Strategies for the Evaluation of Recommendation Models", RecSys 2020).
 * Only a split at one moment for all users is free of leaks (Ji et al., TOIS 2023). The model is trained on the first 80 % of all likes.
 * Measured are users with likes after that moment:
 *
 * - 5 or more likes before: these are the fold-in, latest first. Relevant are all later likes.
 * - No like before and 5 or more later: the first 80 % are the fold-in, latest first. Relevant are the last 20 % (rounded down, at least 1).
 * - 1 to 4 likes before: left out.
 *
 * Candidates: all movies of the catalog, also those without a rating at that moment. `order` is what the models are told of the order of
 * the likes; the likes are the same.
 */
export function splitInTime(likes: DatedLikes, movies: number, seed: number, order: LikeOrder = 'latest'): Split {
  const { times } = likes;
  if (times === undefined) throw new CliError('the temporal split needs ratings with timestamps, and this file has no column timestamp');
  const moment = times.slice().sort()[Math.floor(TRAINING_SHARE * times.length)] ?? 0;
  const everyone = Uint32Array.from({ length: likes.users }, (_, user) => user);
  const past = selectLikes(likes, everyone, (_, time) => time < moment);
  const trainingUsers = everyone.filter((user) => past.offsets[user + 1] > past.offsets[user]);
  const training = likesOfUsers(past, trainingUsers);
  const day = new Date(moment * 1000).toISOString().slice(0, 10);
  return {
    about: `Global temporal split (Meng et al. 2020) at ${day}: the model is trained on the first 80 % of all likes and measured on users with later likes.${ABOUT_ORDER[order]}`,
    training: trainingSet(training, movies, seed),
    validation: [],
    test: [...everyone].flatMap((user) => heldOutUserOf(likes, times, user, moment, timesInOrder(order, seed)) ?? []),
    candidates: Bitset.full(movies),
    popularity: likeCounts(training, movies),
  };
}

/** Changes the times of a user's likes, latest first, for an order. */
function timesInOrder(order: LikeOrder, seed: number): (times: Uint32Array, userId: number) => Uint32Array | undefined {
  if (order === 'none') return () => undefined;
  if (order === 'reversed') return (times) => times.toReversed();
  if (order === 'random') return (times, userId) => shuffledLikes(times, userId, seed);
  return (times) => times;
}

function heldOutUserOf(
  { userIds, offsets, rows }: DatedLikes,
  times: Uint32Array,
  user: number,
  moment: number,
  inOrder: ReturnType<typeof timesInOrder>,
): HeldOutUser | undefined {
  const order = Array.from({ length: offsets[user + 1] - offsets[user] }, (_, n) => offsets[user] + n);
  // Many likes of a session have the same second. Then the row decides.
  order.sort((a, b) => times[a] - times[b] || rows[a] - rows[b]);
  const before = order.filter((p) => times[p] < moment).length;
  if (before === order.length || order.length < MIN_LIKES || (before > 0 && before < MIN_LIKES)) return undefined;
  const known = before > 0 ? before : order.length - Math.max(1, Math.floor(RELEVANT_SHARE * order.length));
  const latestFirst = order.slice(0, known).reverse();
  const foldIn = Uint32Array.from(latestFirst, (p) => rows[p]);
  const foldInTimes = inOrder(
    Uint32Array.from(latestFirst, (p) => times[p]),
    userIds[user],
  );
  return {
    userId: userIds[user],
    foldIn,
    foldInTimes,
    relevant: ascending(order.slice(known).map((p) => rows[p])),
    excluded: ascending(foldIn),
  };
}
