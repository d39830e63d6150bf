import { Bitset } from '../../src/engine/linalg/bitset.ts';
import { type Likes, likeCounts } from '../data/likes.ts';
import { derivedSeed, seeded, shuffle } from '../data/random.ts';
import { PAGE } from './beyond-accuracy.ts';
import type { CoLikers } from './co-likers.ts';
import { type PageFigures, pageFigures } from './page-figures.ts';
import type { Ranker } from './ranker.ts';

/** Ranks by popularity, from 0, between which a movie is little known: people who name one tell more of their taste than others do. */
const FROM = 200;
const TO = 5000;
const PROFILES = 200;

/** Pages for viewers who like little-known movies, `count` of them each. Several are likes of one user. */
export function pagesForLittleKnown(
  ranker: Ranker,
  { likes, coLikers, movies, seed }: { likes: Likes; coLikers: CoLikers; movies: number; seed: number },
  count: number,
): PageFigures {
  const popularity = likeCounts(likes, movies);
  const candidates = Bitset.full(movies);
  const order = Uint32Array.from({ length: movies }, (_, row) => row).sort((a, b) => popularity[b] - popularity[a] || a - b);
  const isLittleKnown = new Uint8Array(movies);
  for (const row of order.subarray(FROM, TO)) isLittleKnown[row] = 1;
  if (count === 1) {
    // The one like is any such movie.
    const told = Array.from(shuffle(order.slice(FROM, TO), seeded(seed)).slice(0, PROFILES), (row) => Uint32Array.of(row));
    return figuresFor(told);
  }
  const users = shuffle(
    Uint32Array.from({ length: likes.users }, (_, user) => user),
    seeded(seed),
  );
  const told: Uint32Array[] = [];
  for (const user of users) {
    const known = likes.rows.slice(likes.offsets[user], likes.offsets[user + 1]).filter((row) => isLittleKnown[row] === 1);
    if (known.length < count || told.length === PROFILES) continue;
    told.push(shuffle(known, seeded(derivedSeed(seed, user))).slice(0, count));
  }
  return figuresFor(told);

  function figuresFor(profiles: readonly Uint32Array[]): PageFigures {
    const pages = profiles.map((profile) => {
      const shown = candidates.clone();
      for (const row of profile) shown.delete(row);
      return Array.from(ranker.rank(profile, shown, PAGE));
    });
    return pageFigures({ cases: profiles.map((_, userId) => ({ userId })), told: profiles, pages, popularity, candidates, coLikers });
  }
}
