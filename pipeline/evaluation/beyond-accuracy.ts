import type { Bitset } from '../../src/engine/linalg/bitset.ts';
import { type GenreShares, genreDivergence, genreShares } from '../../src/engine/recommender/rerank/genre-shares.ts';
import { meanOf } from '../data/mean.ts';
import type { HeldOutUser } from './split.ts';

/** Number of movies on the first page. The measures look at this page. */
export const PAGE = 20;
const GROUPS = 10;

export interface BeyondAccuracy {
  /** Share of the candidates that are on at least one page (Herlocker et al. 2004). */
  coverage: number;
  /** Mean self-information of the movies on the pages, in bits: log2((users + 1) / (likes + 1)) (Zhou et al. 2010, add-one smoothed). */
  novelty: number;
  /** Mean of 1 - cosine of the genre sets over the pairs of a page (Ziegler et al. 2005). Null when genres are not known. */
  diversity: number | null;
  /** Mean mismatch of the genres of a page with those of the fold-in, see genreDivergence. Null when genres are not known. */
  genreMismatch: number | null;
  /**
   * (mean likes of a page movie - mean likes of a fold-in movie) / mean likes of a fold-in movie, each mean first taken per user
   * (ΔGAP, Abdollahpouri et al. 2019). 0 is neutral.
   */
  popularityLift: number;
  /** Ten groups with equal numbers of candidates, most popular group first. */
  byPopularity: PopularityGroup[];
}

export interface PopularityGroup {
  /** Share of all likes. */
  likes: number;
  /** Share of all places on the pages. */
  places: number;
  /** Share of the group's movies that are on at least one page. */
  coverage: number;
}

/** Data of the movies that the measures need. It is the same for all models of a comparison. */
export interface MeasuredMovies {
  candidates: Bitset;
  /** Likes of each row. */
  popularity: Uint32Array;
  /** Number of users that gave these likes. */
  users: number;
  /** Row -> genre numbers, ascending. Undefined when genres are not known. */
  genres: readonly (readonly number[])[] | undefined;
}

/** `pages[n]` is the first page for `cases[n]`, best first. A page is shorter than 20 when there are not enough candidates. */
export function beyondAccuracy(cases: readonly HeldOutUser[], pages: readonly ArrayLike<number>[], movies: MeasuredMovies): BeyondAccuracy {
  const { candidates, popularity, users, genres } = movies;
  const shownCounts = new Uint32Array(popularity.length);
  let places = 0;
  let information = 0;
  for (const page of pages) {
    places += page.length;
    for (let n = 0; n < page.length; n++) {
      shownCounts[page[n]]++;
      information += Math.log2((users + 1) / (popularity[page[n]] + 1));
    }
  }
  const rows = candidates.toIndices();
  let seen = 0;
  for (const row of rows) if (shownCounts[row] > 0) seen++;
  return {
    coverage: ratio(seen, rows.length),
    novelty: ratio(information, places),
    diversity: genres === undefined ? null : meanDiversity(pages, genres),
    genreMismatch: genres === undefined ? null : meanOf(genreMismatches(cases, pages, genres)),
    popularityLift: popularityLift(cases, pages, popularity),
    byPopularity: popularityGroups(rows, popularity, shownCounts, places),
  };
}

function genreMismatches(
  cases: readonly HeldOutUser[],
  pages: readonly ArrayLike<number>[],
  genres: readonly (readonly number[])[],
): number[] {
  const count = genres.reduce((most, own) => own.reduce((a, b) => Math.max(a, b + 1), most), 0);
  const sharesOf = (rows: ArrayLike<number>): GenreShares => genreShares(rows, (row) => genres[row], count);
  return cases.map(({ foldIn }, n) => genreDivergence(sharesOf(foldIn), sharesOf(pages[n])));
}

/** Cosine of two sets, given as ascending numbers: |A ∩ B| / √(|A| |B|). 0 when a set is empty. */
export function setCosine(a: readonly number[], b: readonly number[]): number {
  if (a.length === 0 || b.length === 0) return 0;
  let common = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) common++;
    const next = a[i] <= b[j];
    if (b[j] <= a[i]) j++;
    if (next) i++;
  }
  return common / Math.sqrt(a.length * b.length);
}

function meanDiversity(pages: readonly ArrayLike<number>[], genres: readonly (readonly number[])[]): number {
  let sum = 0;
  let lists = 0;
  for (const page of pages) {
    if (page.length < 2) continue;
    let distance = 0;
    for (let n = 0; n < page.length; n++) for (let m = 0; m < n; m++) distance += 1 - setCosine(genres[page[n]], genres[page[m]]);
    sum += distance / ((page.length * (page.length - 1)) / 2);
    lists++;
  }
  return ratio(sum, lists);
}

function popularityLift(cases: readonly HeldOutUser[], pages: readonly ArrayLike<number>[], popularity: Uint32Array): number {
  let ofPages = 0;
  let ofFoldIn = 0;
  cases.forEach(({ foldIn }, n) => {
    if (pages[n].length === 0) return;
    ofPages += meanPopularity(pages[n], popularity);
    ofFoldIn += meanPopularity(foldIn, popularity);
  });
  return ratio(ofPages - ofFoldIn, ofFoldIn);
}

function meanPopularity(rows: ArrayLike<number>, popularity: Uint32Array): number {
  let sum = 0;
  for (let n = 0; n < rows.length; n++) sum += popularity[rows[n]];
  return sum / rows.length;
}

function popularityGroups(rows: Uint32Array, popularity: Uint32Array, shownCounts: Uint32Array, places: number): PopularityGroup[] {
  const order = [...rows].sort((a, b) => popularity[b] - popularity[a] || a - b);
  const total = order.reduce((sum, row) => sum + popularity[row], 0);
  return Array.from({ length: GROUPS }, (_, g) => {
    const group = order.slice(Math.floor((g * order.length) / GROUPS), Math.floor(((g + 1) * order.length) / GROUPS));
    let [likes, filled, seen] = [0, 0, 0];
    for (const row of group) {
      likes += popularity[row];
      filled += shownCounts[row];
      if (shownCounts[row] > 0) seen++;
    }
    return { likes: ratio(likes, total), places: ratio(filled, places), coverage: ratio(seen, group.length) };
  });
}

/** part / whole, and 0 for 0 / 0, when there were no candidates. */
function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
