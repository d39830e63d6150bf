import { Bitset } from '../../src/engine/linalg/bitset.ts';
import { CliError } from '../cli/cli-error.ts';
import { type DatedLikes, likeCounts, selectLikes } from '../data/likes.ts';
import { ascending, type HeldOutUser, likesOfUsers, MIN_LIKES, type Split, trainingSet } from './split.ts';

const TRAINING_SHARE = 0.8;
const TARGET_SHARE = 0.2;

/**
 * Global temporal split (Meng et al., "Exploring Data Splitting Strategies for the Evaluation of Recommendation Models", RecSys 2020; why no other split
 * is free of leaks: Ji et al., TOIS 2023): one moment for all. The model learns from the first 80 % of all likes and from nothing later. Asked about are
 * users with likes since that moment. Who had five or more before: told those, latest first; to be found is all that they like since. Whoever came
 * later, with five likes or more: told the first 80 % of them, latest first; to be found are the 20 % that came last (rounded down, at least one).
 * Users with one to four likes before are left out. Candidates: every film of the catalogue, those that nobody had rated yet too.
 */
export function splitInTime(likes: DatedLikes, movies: number, seed: number): Split {
  const { times } = likes;
  if (times === undefined) throw new CliError('the temporal split needs ratings with timestamps; this file has none');
  const moment = times.slice().sort()[Math.floor(TRAINING_SHARE * times.length)] ?? 0;
  const everyone = Uint32Array.from({ length: likes.users }, (_, user) => user);
  const past = selectLikes(likes, everyone, (_, time) => time < moment);
  const learning = everyone.filter((user) => past.offsets[user + 1] > past.offsets[user]);
  const training = likesOfUsers(past, learning);
  const day = new Date(moment * 1000).toISOString().slice(0, 10);
  return {
    about: `Global temporal split (Meng et al. 2020) at ${day}: the model learns from the first 80 % of all likes, asked about is who likes something later.`,
    training: trainingSet(training, movies, seed),
    validation: [],
    test: [...everyone].flatMap((user) => caseOf(likes, times, user, moment) ?? []),
    candidates: Bitset.full(movies),
    popularity: likeCounts(training, movies),
  };
}

function caseOf({ userIds, offsets, rows }: DatedLikes, times: Uint32Array, user: number, moment: number): HeldOutUser | undefined {
  const order = Array.from({ length: offsets[user + 1] - offsets[user] }, (_, n) => offsets[user] + n);
  // A session has many likes of the same second; among those the row decides.
  order.sort((a, b) => times[a] - times[b] || rows[a] - rows[b]);
  const before = order.filter((p) => times[p] < moment).length;
  if (before === order.length || order.length < MIN_LIKES || (before > 0 && before < MIN_LIKES)) return undefined;
  const told = before > 0 ? before : order.length - Math.max(1, Math.floor(TARGET_SHARE * order.length));
  const given = Uint32Array.from(order.slice(0, told).reverse(), (p) => rows[p]);
  return { userId: userIds[user], foldIn: given, relevant: ascending(order.slice(told).map((p) => rows[p])), excluded: ascending(given) };
}
