import { type Likes, likeCounts } from '../data/likes.ts';

/** The cosine of a pair is multiplied by common / (common + SHRINKAGE), because few common users are not reliable. */
const SHRINKAGE = 10;

/** A movie with at least `minLikes` likes, and the movies that its users like too. */
export interface CoLiked {
  /** MovieIndex. */
  movie: number;
  /** MovieIndex -> gain above 0: the shrunk cosine of the two sets of users. */
  gains: Map<number, number>;
}

/**
 * For each movie with at least `minLikes` likes, the `keep` other movies with the highest gain
 *
 *   |A ∩ B| / √(|A| |B|) × |A ∩ B| / (|A ∩ B| + 10)
 *
 * A and B are the sets of users that like the two movies (item cosine, Sarwar et al. 2001).
 */
export function coLikes(likes: Likes, movies: number, minLikes: number, keep: number): CoLiked[] {
  const { offsets, rows, users } = likes;
  const counts = likeCounts(likes, movies);
  const usersOf: number[][] = Array.from({ length: movies }, () => []);
  for (let user = 0; user < users; user++) for (let p = offsets[user]; p < offsets[user + 1]; p++) usersOf[rows[p]].push(user);

  const found: CoLiked[] = [];
  const common = new Uint32Array(movies);
  for (let movie = 0; movie < movies; movie++) {
    if (counts[movie] < minLikes) continue;
    common.fill(0);
    for (const user of usersOf[movie]) for (let p = offsets[user]; p < offsets[user + 1]; p++) common[rows[p]]++;
    const pairs: [number, number][] = [];
    for (let other = 0; other < movies; other++) {
      if (other === movie || common[other] < 2) continue;
      const cosine = common[other] / Math.sqrt(counts[movie] * counts[other]);
      pairs.push([other, (cosine * common[other]) / (common[other] + SHRINKAGE)]);
    }
    pairs.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    found.push({ movie, gains: new Map(pairs.slice(0, keep)) });
  }
  return found;
}
