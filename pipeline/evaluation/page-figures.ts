import type { Bitset } from '../../src/engine/linalg/bitset.ts';
import { meanOf } from '../data/mean.ts';
import { PAGE } from './beyond-accuracy.ts';
import type { CoLikers } from './co-likers.ts';

/** Share of the candidates that count as the most popular. */
const TOP_SHARE = 0.01;
/** For larger profiles nearly every user shares a like, so lift says nothing. */
const MAX_LIKES_FOR_LIFT = 10;

/** What the first pages have in common with what is popular, and with each other. */
export interface PageFigures {
  /** Share of the places that the 1 % most popular candidates have. */
  topPercent: number;
  /** Share of the places that the 100 most popular candidates have. */
  top100: number;
  /** Mean share of a page that another viewer's page has too, over all pairs of viewers. */
  overlap: number;
  /** Mean popularity rank of a movie on a page, from 1. */
  meanRank: number;
  /** Mean lift, see CoLikers. Null for large profiles. */
  lift: number | null;
}

export interface Pages {
  /** One entry a page. With several shuffles a user has several pages; overlap compares the first of each. */
  cases: readonly { userId: number }[];
  /** The likes that the page was made for. */
  told: readonly Uint32Array[];
  /** At most PAGE rows each, best first. */
  pages: readonly (readonly number[])[];
  /** Likes of each row. */
  popularity: ArrayLike<number>;
  candidates: Bitset;
  coLikers: CoLikers;
}

export function pageFigures({ cases, told, pages, popularity, candidates, coLikers }: Pages): PageFigures {
  const rank = ranksOf(popularity, candidates);
  const top = Math.max(1, Math.floor(TOP_SHARE * candidates.count()));
  const shareBelow = (limit: number): number => meanOf(pages.flatMap((page) => page.map((row) => (rank[row] < limit ? 1 : 0))));
  const isSmall = told.every((likes) => likes.length <= MAX_LIKES_FOR_LIFT);
  return {
    topPercent: shareBelow(top),
    top100: shareBelow(100),
    overlap: overlapOf(firstOfEach(cases, pages)),
    meanRank: meanOf(pages.flatMap((page) => page.map((row) => rank[row] + 1))),
    lift: isSmall ? meanOf(pages.map((page, n) => coLikers.lift(told[n], page))) : null,
  };
}

/** Rank of each candidate by popularity, from 0; ties: lower row first. */
function ranksOf(popularity: ArrayLike<number>, candidates: Bitset): Uint32Array {
  const order = Array.from(candidates.toIndices()).sort((a, b) => popularity[b] - popularity[a] || a - b);
  const ranks = new Uint32Array(popularity.length);
  order.forEach((row, rank) => {
    ranks[row] = rank;
  });
  return ranks;
}

/** Mean of |A ∩ B| / PAGE over all pairs of pages. A movie on c of n pages is common to c (c - 1) / 2 pairs. */
function overlapOf(pages: readonly (readonly number[])[]): number {
  const counts = new Map<number, number>();
  for (const page of pages) for (const row of page) counts.set(row, (counts.get(row) ?? 0) + 1);
  let common = 0;
  for (const count of counts.values()) common += (count * (count - 1)) / 2;
  const pairs = (pages.length * (pages.length - 1)) / 2;
  return pairs === 0 ? 0 : common / (PAGE * pairs);
}

function firstOfEach<T>(cases: readonly { userId: number }[], pages: readonly T[]): T[] {
  const seen = new Set<number>();
  return pages.filter((_, n) => {
    if (seen.has(cases[n].userId)) return false;
    seen.add(cases[n].userId);
    return true;
  });
}
