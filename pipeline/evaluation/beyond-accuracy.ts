import type { Bitset } from '../../src/engine/linalg/bitset.ts';
import type { HeldOutUser } from './split.ts';

/** How many places of a list are looked at: a page. */
export const PAGE = 20;
const GROUPS = 10;

export interface BeyondAccuracy {
  /** Share of the candidates that are on at least one page (Herlocker et al. 2004). */
  coverage: number;
  /** Mean self-information of what is shown, in bits: log2((users + 1) / (likes + 1)) (Zhou et al. 2010, add-one smoothed). */
  novelty: number;
  /** Mean over the pairs of a page of 1 - cosine of the two films' sets of genres (Ziegler et al. 2005); null when genres are not known. */
  diversity: number | null;
  /**
   * How much more popular the pages are than the viewers' own likes: (mean likes a film shown - mean likes a film told) / mean likes a film told, each
   * first averaged for a viewer (ΔGAP, Abdollahpouri et al. 2019). 0 is neutral.
   */
  popularityLift: number;
  /** Ten groups of as many candidates each, the most liked first. */
  byPopularity: PopularityGroup[];
}

export interface PopularityGroup {
  /** Share of all likes that go to the group's films. */
  likes: number;
  /** Share of all places on the pages. */
  places: number;
  /** Share of the group's films that are on at least one page. */
  coverage: number;
}

/** The films' side of the measures: the same for every model of a comparison. */
export interface Films {
  candidates: Bitset;
  /** Likes a row. */
  popularity: Uint32Array;
  /** Who gave those likes. */
  users: number;
  /** Row -> genre numbers, ascending; undefined when they are not known. */
  genres: readonly (readonly number[])[] | undefined;
}

/** `pages[n]` are the first places of the list of `cases[n]`, best first; a page can be shorter than 20 when there is no more to show. */
export function beyondAccuracy(cases: readonly HeldOutUser[], pages: readonly ArrayLike<number>[], films: Films): BeyondAccuracy {
  const { candidates, popularity, users, genres } = films;
  const shown = new Uint32Array(popularity.length);
  let places = 0;
  let information = 0;
  for (const page of pages) {
    places += page.length;
    for (let n = 0; n < page.length; n++) {
      shown[page[n]]++;
      information += Math.log2((users + 1) / (popularity[page[n]] + 1));
    }
  }
  const rows = candidates.toIndices();
  let seen = 0;
  for (const row of rows) if (shown[row] > 0) seen++;
  return {
    coverage: ratio(seen, rows.length),
    novelty: ratio(information, places),
    diversity: genres === undefined ? null : meanDiversity(pages, genres),
    popularityLift: popularityLift(cases, pages, popularity),
    byPopularity: popularityGroups(rows, popularity, shown, places),
  };
}

/** Cosine of two sets, given as ascending numbers: |A ∩ B| / √(|A| |B|); 0 when one is empty. */
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
  let ofShown = 0;
  let ofTold = 0;
  cases.forEach(({ foldIn }, n) => {
    if (pages[n].length === 0) return;
    ofShown += meanPopularity(pages[n], popularity);
    ofTold += meanPopularity(foldIn, popularity);
  });
  return ratio(ofShown - ofTold, ofTold);
}

function meanPopularity(rows: ArrayLike<number>, popularity: Uint32Array): number {
  let sum = 0;
  for (let n = 0; n < rows.length; n++) sum += popularity[rows[n]];
  return sum / rows.length;
}

function popularityGroups(rows: Uint32Array, popularity: Uint32Array, shown: Uint32Array, places: number): PopularityGroup[] {
  const order = [...rows].sort((a, b) => popularity[b] - popularity[a] || a - b);
  const total = order.reduce((sum, row) => sum + popularity[row], 0);
  return Array.from({ length: GROUPS }, (_, g) => {
    const group = order.slice(Math.floor((g * order.length) / GROUPS), Math.floor(((g + 1) * order.length) / GROUPS));
    let [likes, filled, seen] = [0, 0, 0];
    for (const row of group) {
      likes += popularity[row];
      filled += shown[row];
      if (shown[row] > 0) seen++;
    }
    return { likes: ratio(likes, total), places: ratio(filled, places), coverage: ratio(seen, group.length) };
  });
}

/** 0 of 0 is 0: there was nothing to show. */
function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
