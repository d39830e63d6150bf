import type { Likes } from '../data/likes.ts';

/** The training users that like a movie, for the lift of recommendations. Uses scratch memory: one call at a time. */
export class CoLikers {
  readonly #likes: Likes;
  /** Movie j is liked by users `users[p]`, p in [offsets[j], offsets[j + 1]). */
  readonly #offsets: Uint32Array;
  readonly #users: Uint32Array;
  /** Number of the call that saw a user last. */
  readonly #seen: Uint32Array;
  readonly #counts: Uint32Array;
  #call = 0;

  constructor(likes: Likes, movies: number) {
    this.#likes = likes;
    this.#offsets = new Uint32Array(movies + 1);
    for (const row of likes.rows) this.#offsets[row + 1]++;
    for (let row = 0; row < movies; row++) this.#offsets[row + 1] += this.#offsets[row];
    this.#users = new Uint32Array(likes.rows.length);
    const next = this.#offsets.slice();
    for (let user = 0; user < likes.users; user++)
      for (let p = likes.offsets[user]; p < likes.offsets[user + 1]; p++) this.#users[next[likes.rows[p]]++] = user;
    this.#seen = new Uint32Array(likes.users);
    this.#counts = new Uint32Array(movies);
  }

  /**
   * Mean lift of the movies of a page for a viewer with these likes: how many times likelier a movie is liked by a user who shares a like
   * than by any user,
   *
   *   lift_j = (n_jS + p_j) / ((n_S + 1) p_j),   p_j = n_j / n
   *
   * S are the users who like one of the likes. One average user damps it. Movies that nobody likes do not count. NaN without any.
   */
  lift(known: Uint32Array, page: ArrayLike<number>): number {
    const { users, offsets, rows } = this.#likes;
    const call = ++this.#call;
    const touched: number[] = [];
    let sharing = 0;
    for (const like of known) {
      for (let p = this.#offsets[like]; p < this.#offsets[like + 1]; p++) {
        const user = this.#users[p];
        if (this.#seen[user] === call) continue;
        this.#seen[user] = call;
        sharing++;
        for (let q = offsets[user]; q < offsets[user + 1]; q++) if (this.#counts[rows[q]]++ === 0) touched.push(rows[q]);
      }
    }
    let sum = 0;
    let movies = 0;
    for (let n = 0; n < page.length; n++) {
      const row = page[n];
      const likers = this.#offsets[row + 1] - this.#offsets[row];
      if (likers === 0) continue;
      const rate = likers / users;
      sum += (this.#counts[row] + rate) / ((sharing + 1) * rate);
      movies++;
    }
    for (const row of touched) this.#counts[row] = 0;
    return sum / movies;
  }
}
