import type { Bitset } from '../../src/engine/linalg/bitset.ts';
import { type DatedLikes, likeCounts } from '../data/likes.ts';
import { derivedSeed } from '../data/random.ts';
import { trainingSet } from '../data/training-set.ts';
import { holdOutUsers, shuffledLikes } from './held-out-users.ts';
import { ascending, type HeldOutUser, likedMovies, likesOfUsers, MIN_LIKES, type Split } from './split.ts';

const RELEVANT_SHARE = 0.2;

/**
 * Strong generalisation (Marlin 2004), as in Liang, Krishnan, Hoffman and Jebara, "Variational Autoencoders for Collaborative
 * Filtering", WWW 2018. A rating of 4 or more is a like. Users with fewer than 5 likes are left out. The model is trained on users that
 * it is never measured on.
 *
 * Of the likes of a held-out user, a random 20 % (rounded down) are relevant and the other 80 % are the fold-in, in random order. Likes
 * of movies without a like in training are ignored, and users with fewer than 5 other likes are left out. For a smaller profile the
 * model knows the first n fold-in likes. The other fold-in likes are then neither candidates nor relevant, so that the relevant movies
 * are the same for every n. Candidates: all movies with a like in training.
 *
 * `heldOut` is the number of test users, and of validation users. With `testLikes`, which are likes of other users in the same rows,
 * their users with at least 5 likes are the test users. With several
 * `shuffles` each test user is asked as often, every time with other relevant movies and another order.
 */
export function splitStrongly(
  likes: DatedLikes,
  movies: number,
  heldOut: number,
  seed: number,
  testLikes?: DatedLikes,
  shuffles = 1,
): Split {
  const users = holdOutUsers(likes, { test: testLikes === undefined ? heldOut : 0, validation: heldOut }, seed);
  const training = likesOfUsers(likes, users.training);
  const popularity = likeCounts(training, movies);
  const candidates = likedMovies(popularity);
  return {
    about:
      'Strong generalisation (Liang et al. 2018): unseen users, 80 % of their likes as fold-in, 20 % to find among all movies with a like.',
    training: trainingSet(training, movies, seed),
    validation: heldOutUsersOf(likes, users.validation, candidates, seed, 1),
    test:
      testLikes === undefined
        ? heldOutUsersOf(likes, users.test, candidates, seed, shuffles)
        : heldOutUsersOf(testLikes, testLikes.userIds.keys(), candidates, seed, shuffles),
    candidates,
    popularity,
  };
}

function heldOutUsersOf(likes: DatedLikes, users: Iterable<number>, candidates: Bitset, seed: number, shuffles: number): HeldOutUser[] {
  const heldOutUsers: HeldOutUser[] = [];
  for (const user of users) {
    const userId = likes.userIds[user];
    const known = likes.rows.slice(likes.offsets[user], likes.offsets[user + 1]).filter((row) => candidates.has(row));
    if (known.length < MIN_LIKES) continue;
    for (let n = 0; n < shuffles; n++) {
      const order = shuffledLikes(known, userId, n === 0 ? seed : derivedSeed(seed, n));
      const relevant = order.slice(0, Math.floor(RELEVANT_SHARE * known.length)).sort();
      const foldIn = order.slice(relevant.length);
      heldOutUsers.push({ userId, foldIn, relevant, excluded: ascending(foldIn) });
    }
  }
  return heldOutUsers;
}
