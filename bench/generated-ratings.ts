import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { seeded } from '../pipeline/data/random.ts';

export interface RatingsShape {
  movies: number;
  users: number;
  ratings: number;
  seed: number;
}

/** The counts of MovieLens 32M. */
export const MOVIELENS_32M: Omit<RatingsShape, 'seed'> = { movies: 87_585, users: 200_000, ratings: 32_000_000 };

const MIN_OF_A_USER = 20;
/** Standard deviation of ln(ratings a user), above the least: MovieLens' mean is about twice its median. */
const ACTIVITY_SPREAD = 1.25;
const MAX_SHARE_OF_A_USER = 0.1;
const PROFILES = 24;
/** Share of a user's movies that are drawn from the user's profiles. The others are drawn from all movies. */
const PROFILE_SHARE = 0.5;
const PROFILES_OF_A_USER = 3;
/** Draws of a movie that the user has not rated, before any movie is taken. */
const TRIES = 16;
const FIRST_SECOND = 820_454_400; // 1996
const SECONDS = 880_000_000;
const BUFFER = 1 << 20;
const MAX_LINE = 40;

/**
 * Writes a ratings file of the shape of MovieLens 32M: lines of userId, movieId, rating and timestamp, by user and then by movie. It has exactly
 * `ratings` lines, and the same bytes for the same shape.
 *
 * - Movies: the chance of the movie at popularity rank r of n is proportional to exp(-14.5 (r / n)^0.32), fitted by eye to MovieLens. There the
 *   movie at the top has about half of the users, rank 1,000 has 4 %, and rank 10,000 has 0.1 %. Ranks are given to the ids at random.
 * - Users: each has 20 ratings and a log-normal number more.
 * - Profiles: each movie has one of 24 profiles, and each user has three. Half of a user's movies are drawn from the movies of these profiles, and
 *   they get higher ratings. So there are factors to be found.
 */
export async function writeGeneratedRatings(path: string, { movies, users, ratings, seed }: RatingsShape): Promise<void> {
  const random = seeded(seed);
  const pool = makeMoviePool(movies, random);
  const counts = activity(users, ratings, movies, random);
  const out = createWriteStream(path);
  out.write('userId,movieId,rating,timestamp\n');
  let buffer = Buffer.allocUnsafe(BUFFER);
  let used = 0;
  const seenBy = new Uint32Array(movies + 1);
  const chosen = new Uint32Array(counts.reduce((a, b) => Math.max(a, b)));
  for (let user = 1; user <= users; user++) {
    const profiles = Array.from({ length: PROFILES_OF_A_USER }, () => Math.floor(PROFILES * random()));
    const generosity = normal(random) * 0.4;
    const count = counts[user - 1];
    for (let n = 0; n < count; n++) {
      // The first profile is the strongest one.
      const isOwn = random() < PROFILE_SHARE;
      let movie = (isOwn ? pool.byProfile[profiles[Math.floor(PROFILES_OF_A_USER * random() ** 1.5)]] : pool.all).draw(random);
      // A user who has rated most of a profile goes on with all movies, and at last with any movie that is left.
      for (let tries = 0; seenBy[movie] === user && tries < TRIES; tries++) movie = pool.all.draw(random);
      while (seenBy[movie] === user) movie = 1 + Math.floor(movies * random());
      seenBy[movie] = user;
      chosen[n] = movie;
    }
    const own = chosen.subarray(0, count).sort();
    let time = FIRST_SECOND + Math.floor(SECONDS * random());
    for (const movie of own) {
      const affinity = profiles.includes(pool.profile[movie]) ? 0.7 : 0;
      const stars = 3.1 + pool.quality[movie] + affinity + generosity + 0.8 * normal(random);
      const halves = Math.max(1, Math.min(10, Math.round(stars * 2)));
      time += Math.floor(60 * random());
      if (used + MAX_LINE > BUFFER) {
        if (!out.write(buffer.subarray(0, used))) await once(out, 'drain');
        buffer = Buffer.allocUnsafe(BUFFER);
        used = 0;
      }
      used = digits(buffer, used, user);
      buffer[used++] = 44;
      used = digits(buffer, used, movie);
      buffer[used++] = 44;
      buffer[used++] = 48 + (halves >> 1);
      buffer[used++] = 46;
      buffer[used++] = halves % 2 === 1 ? 53 : 48;
      buffer[used++] = 44;
      used = digits(buffer, used, time);
      buffer[used++] = 10;
    }
  }
  out.end(buffer.subarray(0, used));
  await finished(out);
}

interface MoviePool {
  /** By movie id, from 1. */
  profile: Uint8Array;
  /** Stars above or below the mean. Popular movies have more. */
  quality: Float64Array;
  all: Sampler;
  byProfile: Sampler[];
}

function makeMoviePool(movies: number, random: () => number): MoviePool {
  const ids = Uint32Array.from({ length: movies }, (_, n) => n + 1);
  for (let n = movies - 1; n > 0; n--) {
    const m = Math.floor((n + 1) * random());
    [ids[n], ids[m]] = [ids[m], ids[n]];
  }
  const weights = Float64Array.from(ids, (_, rank) => Math.exp(-14.5 * (rank / movies) ** 0.32));
  const profile = new Uint8Array(movies + 1);
  const quality = new Float64Array(movies + 1);
  const members: number[][] = Array.from({ length: PROFILES }, () => []);
  ids.forEach((id, rank) => {
    profile[id] = Math.floor(PROFILES * random());
    quality[id] = 0.3 * normal(random) + 0.5 - 0.8 * (rank / movies) ** 0.38;
    members[profile[id]].push(rank);
  });
  const samplerOf = (ranks: readonly number[]): Sampler =>
    new Sampler(
      Uint32Array.from(ranks, (rank) => ids[rank]),
      Float64Array.from(ranks, (rank) => weights[rank]),
    );
  return { profile, quality, all: new Sampler(ids, weights), byProfile: members.map((ranks) => samplerOf(ranks.length > 0 ? ranks : [0])) };
}

/** Ratings of each user: 20 and a log-normal number more, scaled to the total. */
function activity(users: number, ratings: number, movies: number, random: () => number): Uint32Array {
  const most = Math.floor(MAX_SHARE_OF_A_USER * movies);
  const beyond = Float64Array.from({ length: users }, () => Math.exp(ACTIVITY_SPREAD * normal(random)));
  const scale = (ratings - MIN_OF_A_USER * users) / beyond.reduce((a, b) => a + b, 0);
  const counts = Uint32Array.from(beyond, (value) => Math.min(most, MIN_OF_A_USER + Math.floor(Math.max(0, scale) * value)));
  let missing = ratings - counts.reduce((a, b) => a + b, 0);
  if (missing < 0 || ratings > users * most)
    throw new RangeError(`${ratings} ratings do not fit ${users} users with ${MIN_OF_A_USER} to ${most}`);
  for (let user = 0; missing > 0; user = (user + 1) % users) {
    if (counts[user] === most) continue;
    counts[user]++;
    missing--;
  }
  return counts;
}

/** Draws in constant time from fixed weights: Walker's alias method as Vose (1991) builds it. */
class Sampler {
  readonly #values: Uint32Array;
  readonly #chance: Float64Array;
  readonly #alias: Uint32Array;

  constructor(values: Uint32Array, weights: Float64Array) {
    const count = values.length;
    const mean = weights.reduce((a, b) => a + b, 0) / count;
    this.#values = values;
    this.#chance = Float64Array.from(weights, (weight) => weight / mean);
    this.#alias = Uint32Array.from(values, (_, n) => n);
    const small: number[] = [];
    const large: number[] = [];
    for (let n = 0; n < count; n++) (this.#chance[n] < 1 ? small : large).push(n);
    while (small.length > 0 && large.length > 0) {
      const less = small.pop() ?? 0;
      const more = large[large.length - 1];
      this.#alias[less] = more;
      this.#chance[more] -= 1 - this.#chance[less];
      if (this.#chance[more] < 1) small.push(large.pop() ?? 0);
    }
  }

  draw(random: () => number): number {
    const place = random() * this.#values.length;
    const n = Math.floor(place);
    return this.#values[place - n < this.#chance[n] ? n : this.#alias[n]];
  }
}

/** Standard normal (Box and Muller). */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Writes a whole number in decimal; returns the place behind it. */
function digits(buffer: Buffer, start: number, value: number): number {
  let end = start + 1;
  for (let rest = value; rest >= 10; rest = Math.floor(rest / 10)) end++;
  let rest = value;
  for (let place = end - 1; place >= start; place--) {
    buffer[place] = 48 + (rest % 10);
    rest = Math.floor(rest / 10);
  }
  return end;
}
