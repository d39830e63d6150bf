import { type Likes, likeCounts } from '../evaluation/likes.ts';
import { sharedU32 } from './shared-memory.ts';

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
}

export interface ItemChoice {
  /** Movies with fewer likes are left out. */
  minLikes: number;
  /** Of the rest, so many with the most likes (then lower row) are kept. */
  maxMovies: number;
}

/** Likes of a catalogue of `movies` rows -> the interactions of its chosen movies. */
export function interactionsOf(likes: Likes, movies: number, { minLikes, maxMovies }: ItemChoice): Interactions {
  const counts = likeCounts(likes, movies);
  let chosen = Uint32Array.from({ length: movies }, (_, row) => row).filter((row) => counts[row] >= Math.max(minLikes, 1));
  if (chosen.length > maxMovies)
    chosen = chosen
      .sort((a, b) => counts[b] - counts[a] || a - b)
      .slice(0, maxMovies)
      .sort();
  const itemOf = new Int32Array(movies).fill(-1);
  for (let n = 0; n < chosen.length; n++) itemOf[chosen[n]] = n;

  let entries = 0;
  for (let n = 0; n < chosen.length; n++) entries += counts[chosen[n]];
  const itemOffsets = sharedU32(likes.users + 1);
  const items = sharedU32(entries);
  const likerOffsets = sharedU32(chosen.length + 1);
  const likers = sharedU32(entries);
  for (let n = 0; n < chosen.length; n++) likerOffsets[n + 1] = likerOffsets[n] + counts[chosen[n]];
  const next = likerOffsets.slice();
  let p = 0;
  for (let user = 0; user < likes.users; user++) {
    for (let q = likes.offsets[user]; q < likes.offsets[user + 1]; q++) {
      const item = itemOf[likes.rows[q]];
      if (item < 0) continue;
      items[p++] = item;
      likers[next[item]++] = user;
    }
    itemOffsets[user + 1] = p;
  }
  return { users: likes.users, movies: chosen, itemOffsets, items, likerOffsets, likers };
}
