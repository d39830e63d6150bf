import { sharedF32, sharedU32 } from '../models/parallel/shared-memory.ts';
import { type Likes, type LowerRatings, likeCounts } from './likes.ts';

/** Who likes what, over the movies that a model is trained on: both ways, in memory that threads share. */
export interface Interactions {
  users: number;
  /** The movies trained on: item n is row `movies[n]` of the catalogue, ascending. */
  movies: Uint32Array;
  /** User u likes items `items[p]`, p in [itemOffsets[u], itemOffsets[u + 1]), ascending. */
  itemOffsets: Uint32Array;
  items: Uint32Array;
  /** Item i is liked by users `likers[p]`, p in [likerOffsets[i], likerOffsets[i + 1]), ascending. */
  likerOffsets: Uint32Array;
  likers: Uint32Array;
  /** What entry p of `items` and of `likers` counts: 1 for a like. */
  itemValues: Float32Array;
  likerValues: Float32Array;
}

/** What a rating below a like counts as evidence of interest, a like being 1. */
export interface LesserEvidence {
  /** Two and a half to three and a half stars. */
  middling: number;
  /** Less. */
  low: number;
}

const NO_EVIDENCE: LesserEvidence = { middling: 0, low: 0 };
/** In half stars. */
const MIDDLING_FROM = 5;

export interface ItemChoice {
  /** Movies with fewer likes are left out. */
  minLikes: number;
  /** Of the rest, so many with the most likes (then lower row) are kept. */
  maxMovies: number;
}

/**
 * Likes of a catalogue of `movies` rows -> the interactions of its chosen movies. With `evidence` users have interactions with what they rated lower
 * too; movies are chosen by their likes alone.
 */
export function interactionsOf(
  likes: Likes,
  movies: number,
  { minLikes, maxMovies }: ItemChoice,
  evidence: LesserEvidence = NO_EVIDENCE,
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

  const lesser = evidence.middling > 0 || evidence.low > 0 ? likes.lesser : undefined;
  const itemOffsets = sharedU32(likes.users + 1);
  const likerOffsets = sharedU32(chosen.length + 1);
  eachInteraction(likes, lesser, evidence, itemOf, (user, item) => {
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
  eachInteraction(likes, lesser, evidence, itemOf, (user, item, value) => {
    items[p] = item;
    itemValues[p++] = value;
    likers[next[item]] = user;
    likerValues[next[item]++] = value;
  });
  return { users: likes.users, movies: chosen, itemOffsets, items, likerOffsets, likers, itemValues, likerValues };
}

/** Users in order, the items of each ascending: likes and lesser ratings merged. */
function eachInteraction(
  { users, offsets, rows }: Likes,
  lesser: LowerRatings | undefined,
  { middling, low }: LesserEvidence,
  itemOf: Int32Array,
  take: (user: number, item: number, value: number) => void,
): void {
  for (let user = 0; user < users; user++) {
    let other = lesser === undefined ? 0 : lesser.offsets[user];
    const lesserEnd = lesser === undefined ? 0 : lesser.offsets[user + 1];
    const takeLesserBefore = (row: number): void => {
      for (; lesser !== undefined && other < lesserEnd && lesser.rows[other] < row; other++) {
        const item = itemOf[lesser.rows[other]];
        const value = lesser.halfStars[other] >= MIDDLING_FROM ? middling : low;
        if (item >= 0 && value > 0) take(user, item, value);
      }
    };
    for (let p = offsets[user]; p < offsets[user + 1]; p++) {
      takeLesserBefore(rows[p]);
      const item = itemOf[rows[p]];
      if (item >= 0) take(user, item, 1);
    }
    takeLesserBefore(Number.POSITIVE_INFINITY);
  }
}
