import { type Likes, type LowerRatings, likeCounts } from './likes.ts';
import { sharedF32, sharedU32 } from './shared-arrays.ts';

/** Users and the movies that a model is trained on, indexed both ways, in memory that threads share. */
export interface Interactions {
  users: number;
  /** The movies that the model is trained on: item n is row `movies[n]` of the catalog. Ascending. */
  movies: Uint32Array;
  /** User u likes items `items[p]`, p in [itemOffsets[u], itemOffsets[u + 1]), ascending. */
  itemOffsets: Uint32Array;
  items: Uint32Array;
  /** Item i is liked by users `likers[p]`, p in [likerOffsets[i], likerOffsets[i + 1]), ascending. */
  likerOffsets: Uint32Array;
  likers: Uint32Array;
  /** Value of entry p of `items` and of entry p of `likers`: 1 for a like. */
  itemValues: Float32Array;
  likerValues: Float32Array;
}

/** Value of a rating below a like, relative to a like (1): how much interest in the movie it shows. */
export interface RatingWeights {
  /** 2.5 to 3.5 stars. */
  neutral: number;
  /** 2 stars and less. */
  negative: number;
}

const LIKES_ONLY: RatingWeights = { neutral: 0, negative: 0 };
/** In half stars. */
const NEUTRAL_FROM = 5;

export interface ItemChoice {
  /** Movies with fewer likes are left out. */
  minLikes: number;
  /** Of the others, the movies with the most likes are kept. Ties: lower row first. */
  maxMovies: number;
}

/**
 * Interactions of the chosen movies, from the likes of a catalog of `movies` rows. With `weights` above 0 the ratings below a like
 * are interactions too. Movies are chosen by their number of likes alone.
 */
export function interactionsOf(
  likes: Likes,
  movies: number,
  { minLikes, maxMovies }: ItemChoice,
  weights: RatingWeights = LIKES_ONLY,
): Interactions {
  const counts = likeCounts(likes, movies);
  let chosen = Uint32Array.from({ length: movies }, (_, row) => row).filter((row) => counts[row] >= Math.max(minLikes, 1));
  if (chosen.length > maxMovies)
    chosen = chosen
      .sort((a, b) => counts[b] - counts[a] || a - b)
      .slice(0, maxMovies)
      .sort();
  const itemOf = new Int32Array(movies).fill(-1);
  for (let n = 0; n < chosen.length; n++) itemOf[chosen[n]] = n;

  const itemOffsets = sharedU32(likes.users + 1);
  const likerOffsets = sharedU32(chosen.length + 1);
  eachInteraction(likes, weights, itemOf, (user, item) => {
    itemOffsets[user + 1]++;
    likerOffsets[item + 1]++;
  });
  for (let user = 0; user < likes.users; user++) itemOffsets[user + 1] += itemOffsets[user];
  for (let n = 0; n < chosen.length; n++) likerOffsets[n + 1] += likerOffsets[n];
  const entries = likerOffsets[chosen.length];
  const items = sharedU32(entries);
  const likers = sharedU32(entries);
  const itemValues = sharedF32(entries);
  const likerValues = sharedF32(entries);
  const next = likerOffsets.slice();
  let p = 0;
  eachInteraction(likes, weights, itemOf, (user, item, value) => {
    items[p] = item;
    itemValues[p++] = value;
    likers[next[item]] = user;
    likerValues[next[item]++] = value;
  });
  return { users: likes.users, movies: chosen, itemOffsets, items, likerOffsets, likers, itemValues, likerValues };
}

/**
 * Calls `take` for the users in order, and for each user's rows in ascending order: likes and lower ratings merged. `itemOf` has the item
 * of each row; rows with -1 are left out.
 */
export function eachInteraction(
  { users, offsets, rows, lowerRatings }: Likes,
  { neutral, negative }: RatingWeights,
  itemOf: Int32Array,
  take: (user: number, item: number, value: number) => void,
): void {
  const lower: LowerRatings | undefined = neutral > 0 || negative > 0 ? lowerRatings : undefined;
  for (let user = 0; user < users; user++) {
    let other = lower === undefined ? 0 : lower.offsets[user];
    const lowerEnd = lower === undefined ? 0 : lower.offsets[user + 1];
    const takeLowerBefore = (row: number): void => {
      for (; lower !== undefined && other < lowerEnd && lower.rows[other] < row; other++) {
        const item = itemOf[lower.rows[other]];
        const value = lower.halfStars[other] >= NEUTRAL_FROM ? neutral : negative;
        if (item >= 0 && value > 0) take(user, item, value);
      }
    };
    for (let p = offsets[user]; p < offsets[user + 1]; p++) {
      takeLowerBefore(rows[p]);
      const item = itemOf[rows[p]];
      if (item >= 0) take(user, item, 1);
    }
    takeLowerBefore(Number.POSITIVE_INFINITY);
  }
}
