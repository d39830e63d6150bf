import type { Bitset } from '../../src/engine/linalg/bitset.ts';
import { type DatedLikes, likeCounts } from '../data/likes.ts';
import { holdOutUsers, shuffledLikes } from './held-out-users.ts';
import { ascending, type HeldOutUser, likedMovies, likesOfUsers, MIN_LIKES, type Split, trainingSet } from './split.ts';

const TARGET_SHARE = 0.2;

/**
 * Strong generalisation (Marlin 2004; as Liang, Krishnan, Hoffman and Jebara do it, "Variational Autoencoders for Collaborative Filtering", WWW 2018):
 * a rating of 4 and more is a like, users with fewer than 5 likes are left out, and the model learns from users that it is never asked about.
 * Of a held-out user's likes, less those of films that no training user likes, a random 20 % (rounded down) are to be found; users with fewer than 5
 * left are not asked about. The other 80 % are the fold-in: the model is told the first n of them, in random order, or all; those that it is
 * not told are neither candidates nor counted, so that what is to be found is the same for every n. Candidates: every film that a training user likes.
 *
 * `heldOut` users each are taken for test and for validation. With `blind`, likes of other people in the same rows, these are the test users instead,
 * those with fewer than 5 left out.
 */
export function splitStrongly(likes: DatedLikes, movies: number, heldOut: number, seed: number, blind?: DatedLikes): Split {
  const users = holdOutUsers(likes, { test: blind === undefined ? heldOut : 0, validation: heldOut }, seed);
  const training = likesOfUsers(likes, users.training);
  const popularity = likeCounts(training, movies);
  const candidates = likedMovies(popularity);
  return {
    about:
      'Strong generalisation (Liang et al. 2018): unseen users, 80 % of their likes as fold-in, 20 % to be found among all films with a like.',
    training: trainingSet(training, movies, seed),
    validation: casesOf(likes, users.validation, candidates, seed),
    test: blind === undefined ? casesOf(likes, users.test, candidates, seed) : casesOf(blind, blind.userIds.keys(), candidates, seed),
    candidates,
    popularity,
  };
}

function casesOf(likes: DatedLikes, users: Iterable<number>, candidates: Bitset, seed: number): HeldOutUser[] {
  const cases: HeldOutUser[] = [];
  for (const user of users) {
    const userId = likes.userIds[user];
    const known = likes.rows.slice(likes.offsets[user], likes.offsets[user + 1]).filter((row) => candidates.has(row));
    if (known.length < MIN_LIKES) continue;
    const order = shuffledLikes(known, userId, seed);
    const given = order.slice(Math.floor(TARGET_SHARE * known.length));
    cases.push({ userId, foldIn: given, relevant: order.slice(0, known.length - given.length).sort(), excluded: ascending(given) });
  }
  return cases;
}
