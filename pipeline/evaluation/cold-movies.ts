import { Bitset } from '../../src/engine/linalg/bitset.ts';
import { type DatedLikes, likeCounts, selectLikes } from '../data/likes.ts';
import { derivedSeed, seeded, shuffle } from '../data/random.ts';
import { trainingSet } from '../data/training-set.ts';
import { holdOutUsers, shuffledLikes } from './held-out-users.ts';
import { ascending, type HeldOutUser, likedMovies, type Split } from './split.ts';

const COLD_SHARE = 0.1;

/**
 * Cold movies: like Schein et al., "Methods and Metrics for Cold-Start Recommendations", SIGIR 2002, with movies in place of users.
 * A random tenth of the liked movies lose all likes before training. Held-out users are taken as in strong generalisation. Their likes
 * of other movies are the fold-in, in random order. Their likes of cold movies are relevant. Users without one of the two are left out.
 *
 * Only cold movies are candidates: the protocol measures how well a model tells them apart by content. Among all movies a model that
 * never recommends a cold movie could look good.
 * Popularity is counted from all likes. The model does not see it.
 */
export function splitColdMovies(likes: DatedLikes, movies: number, heldOut: number, seed: number): Split {
  const users = holdOutUsers(likes, { test: heldOut, validation: heldOut }, seed);
  const popularity = likeCounts(likes, movies);
  const liked = shuffle(likedMovies(popularity).toIndices(), seeded(derivedSeed(seed, movies)));
  const cold = Bitset.of(movies, liked.subarray(0, Math.floor(COLD_SHARE * liked.length)));
  const training = selectLikes(likes, users.training, (row) => !cold.has(row));
  return {
    about:
      'Cold movies: a tenth of the movies lost all likes before training; measured on unseen users that like some of them; only these movies are ranked.',
    training: trainingSet(training, movies, seed),
    validation: heldOutUsersOf(likes, users.validation, cold, seed),
    test: heldOutUsersOf(likes, users.test, cold, seed),
    candidates: cold,
    popularity,
  };
}

function heldOutUsersOf(likes: DatedLikes, users: Uint32Array, cold: Bitset, seed: number): HeldOutUser[] {
  const heldOutUsers: HeldOutUser[] = [];
  for (const user of users) {
    const rows = likes.rows.slice(likes.offsets[user], likes.offsets[user + 1]);
    const foldIn = shuffledLikes(
      rows.filter((row) => !cold.has(row)),
      likes.userIds[user],
      seed,
    );
    const relevant = rows.filter((row) => cold.has(row));
    if (foldIn.length === 0 || relevant.length === 0) continue;
    heldOutUsers.push({ userId: likes.userIds[user], foldIn, relevant, excluded: ascending(foldIn) });
  }
  return heldOutUsers;
}
