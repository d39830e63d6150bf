import { Bitset } from '../../src/engine/linalg/bitset.ts';
import { type DatedLikes, likeCounts, selectLikes } from '../data/likes.ts';
import { derivedSeed, seeded, shuffle } from '../data/random.ts';
import { holdOutUsers, shuffledLikes } from './held-out-users.ts';
import { ascending, type HeldOutUser, likedMovies, type Split, trainingSet } from './split.ts';

const COLD_SHARE = 0.1;

/**
 * Cold films (as Schein et al., "Methods and Metrics for Cold-Start Recommendations", SIGIR 2002, for films instead of users; a tenth as the project asks):
 * a random tenth of the films that anybody likes loses all its likes before training. Held-out users, taken as in strong generalisation, are told all
 * that they like of the other films, in random order; to be found are the cold films that they like. Users with none of either are not asked about.
 *
 * Candidates are the cold films alone: what is measured is how well they are told apart by what is known of their content. (Among all films, a model that
 * never shows a cold one could still look good, and a model that shows them pays for it however right it is.)
 * Which films count as popular is seen from all likes; the model does not see it.
 */
export function splitColdFilms(likes: DatedLikes, movies: number, heldOut: number, seed: number): Split {
  const users = holdOutUsers(likes, { test: heldOut, validation: heldOut }, seed);
  const popularity = likeCounts(likes, movies);
  const liked = shuffle(likedMovies(popularity).toIndices(), seeded(derivedSeed(seed, movies)));
  const cold = Bitset.of(movies, liked.subarray(0, Math.floor(COLD_SHARE * liked.length)));
  const training = selectLikes(likes, users.training, (row) => !cold.has(row));
  return {
    about:
      'Cold films: a tenth of the films lost all their likes before training; unseen users who like some of them, and these films are ranked.',
    training: trainingSet(training, movies, seed),
    validation: casesOf(likes, users.validation, cold, seed),
    test: casesOf(likes, users.test, cold, seed),
    candidates: cold,
    popularity,
  };
}

function casesOf(likes: DatedLikes, users: Uint32Array, cold: Bitset, seed: number): HeldOutUser[] {
  const cases: HeldOutUser[] = [];
  for (const user of users) {
    const rows = likes.rows.slice(likes.offsets[user], likes.offsets[user + 1]);
    const given = shuffledLikes(
      rows.filter((row) => !cold.has(row)),
      likes.userIds[user],
      seed,
    );
    const targets = rows.filter((row) => cold.has(row));
    if (given.length === 0 || targets.length === 0) continue;
    cases.push({ userId: likes.userIds[user], foldIn: given, relevant: targets, excluded: ascending(given) });
  }
  return cases;
}
