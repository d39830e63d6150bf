import { setImmediate as nextTurn } from 'node:timers/promises';
import { foldText } from '../engine/search/fold-text.ts';
import { isArticle } from '../engine/search/title-words.ts';
import type { Catalog } from './catalog.ts';
import type { MovieIndex } from './movie-id.ts';

/** Movies looked at, and clues compared with them, between two turns of the event loop. */
const STEPS_PER_TURN = 2_000;
const STEPS_OF_A_COMPARISON = 0.1;
export const MAX_CANDIDATES = 5;

/** What another site's export says about a movie. */
export interface MovieClues {
  movieId: number | null;
  /** The number within "tt0133093". */
  imdbId: number | null;
  tmdbId: number | null;
  title: string;
  year: number | null;
}

/** What a match rests on. */
export type MatchReason = 'ID' | 'TITLE_AND_YEAR' | 'TITLE' | 'ALTERNATIVE_TITLE' | 'SIMILAR_TITLE';

export interface MovieMatch {
  index: MovieIndex;
  /**
   * 1 for an equal id, or for equal title and year. Less for an alternative title, another year, or an unknown year. Doubtful when the clue
   * has an id that the movie does not have.
   */
  confidence: number;
  reason: MatchReason;
}

/** Above every confidence of a title, so an equal id wins over every title. */
const BY_ID = 2;
const CONFIDENCE = { sameYear: 1, yearBeside: 0.9, noYear: 0.75, otherYear: 0.4, alternativeTitle: 0.05 };
/** A match below this is doubtful, and so are two movies of the same confidence. */
export const SURE = 0.8;
/** At most this for a movie with another id than the clue: it may be a short film or a remake of the same title. */
const OTHER_ID = 0.6;
/** Taken away when the clue has an id, and the catalog has none for the movie. */
const UNKNOWN_ID = 0.05;

/**
 * Finds the movies that clues describe: by id where one is known, else by title (folded, without article and punctuation) and year.
 * Entry n holds the candidates for clue n, best first, at most five. It takes one pass over the catalog for any number of clues, and
 * keeps no index in memory afterwards. Equal clues are compared once. Calls `check`, tells `onShare` which share is done, and lets other
 * requests run every few milliseconds.
 */
export async function matchMovies(
  catalog: Catalog,
  clues: readonly MovieClues[],
  check: () => void = () => undefined,
  onShare: (share: number) => void = () => undefined,
): Promise<MovieMatch[][]> {
  const distinct: MovieClues[] = [];
  const numbers = new Map<string, number>();
  const numberOf = clues.map((clue) => {
    const key = JSON.stringify([clue.movieId, clue.imdbId, clue.tmdbId, clue.title, clue.year]);
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, distinct.length);
    return distinct.push(clue) - 1;
  });
  const matches = await matchDistinct(catalog, distinct, check, onShare);
  return numberOf.map((number) => matches[number]);
}

async function matchDistinct(
  catalog: Catalog,
  clues: readonly MovieClues[],
  check: () => void,
  onShare: (share: number) => void,
): Promise<MovieMatch[][]> {
  const byImdb = positionsByKey(clues, ({ imdbId }) => imdbId);
  const byTmdb = positionsByKey(clues, ({ tmdbId }) => tmdbId);
  const byTitle = positionsByKey(clues, ({ title }) => titleKey(title) || null);
  const found: Map<MovieIndex, Omit<MovieMatch, 'index'>>[] = clues.map(() => new Map());
  let steps = STEPS_PER_TURN;
  const take = (
    numbers: readonly number[] | undefined,
    index: MovieIndex,
    matchOf: (clue: MovieClues) => Omit<MovieMatch, 'index'>,
  ): void => {
    if (numbers === undefined) return;
    steps += numbers.length * STEPS_OF_A_COMPARISON;
    for (const n of numbers) {
      const match = matchOf(clues[n]);
      if (match.confidence > (found[n].get(index)?.confidence ?? 0)) found[n].set(index, match);
    }
  };
  const byId = { confidence: BY_ID, reason: 'ID' } as const;
  clues.forEach(({ movieId }, n) => {
    const index = movieId === null ? undefined : catalog.indexOf(movieId);
    if (index !== undefined) found[n].set(index, byId);
  });
  const { imdbIds, tmdbIds, titles, alternativeTitles, years } = catalog.columns;
  for (let row = 0; row < catalog.size; row++) {
    if (++steps > STEPS_PER_TURN) {
      steps = 0;
      check();
      onShare(row / catalog.size);
      await nextTurn();
    }
    if (catalog.isHidden(row)) continue;
    const index = catalog.indexAt(row);
    take(byImdb.get(imdbIds[index]), index, () => byId);
    take(byTmdb.get(tmdbIds[index]), index, () => byId);
    if (byTitle.size === 0) continue;
    const year = years[index] || null;
    const key = titleKey(titles.get(index));
    const byTitleOf = (clue: MovieClues, less: number, reason: MatchReason): Omit<MovieMatch, 'index'> => {
      const doubt = idDoubt(clue, imdbIds[index], tmdbIds[index]);
      const confidence = yearConfidence(clue.year, year) - less;
      return {
        confidence: doubt === 'other' ? Math.min(confidence, OTHER_ID) : confidence - (doubt === 'unknown' ? UNKNOWN_ID : 0),
        reason,
      };
    };
    take(byTitle.get(key), index, (clue) => byTitleOf(clue, 0, clue.year === year && year !== null ? 'TITLE_AND_YEAR' : 'TITLE'));
    const others = alternativeTitles.get(index);
    if (others === '') continue;
    for (const other of others.split('|')) {
      take(byTitle.get(titleKey(other)), index, (clue) => byTitleOf(clue, CONFIDENCE.alternativeTitle, 'ALTERNATIVE_TITLE'));
    }
  }
  return found.map((matches) => {
    const all = [...matches].map(([index, match]): MovieMatch => ({ index, ...match }));
    const withId = all.filter(({ confidence }) => confidence === BY_ID);
    const best = withId.length > 0 ? withId.map((match) => ({ ...match, confidence: 1 })) : all;
    return best.sort((a, b) => b.confidence - a.confidence || a.index - b.index).slice(0, MAX_CANDIDATES);
  });
}

/** The first match when it is sure and no other match is as good. */
export function sureMatch([first, second]: readonly MovieMatch[]): MovieMatch | undefined {
  return first !== undefined && first.confidence >= SURE && (second === undefined || second.confidence < first.confidence)
    ? first
    : undefined;
}

/** Key -> the positions of the clues that have it. */
function positionsByKey<K>(clues: readonly MovieClues[], keyOf: (clue: MovieClues) => K | null): Map<K, number[]> {
  const numbers = new Map<K, number[]>();
  clues.forEach((clue, n) => {
    const key = keyOf(clue);
    if (key === null) return;
    const known = numbers.get(key);
    if (known === undefined) numbers.set(key, [n]);
    else known.push(n);
  });
  return numbers;
}

/** "other" when the movie has another id than the clue, "unknown" when the catalog has no id of that kind for it. */
function idDoubt(clue: MovieClues, imdbId: number, tmdbId: number): 'other' | 'unknown' | 'none' {
  // Clues with the same id are found by it, so an id that is set here differs.
  if ((clue.imdbId !== null && imdbId !== 0) || (clue.tmdbId !== null && tmdbId !== 0) || clue.movieId !== null) return 'other';
  return clue.imdbId !== null || clue.tmdbId !== null ? 'unknown' : 'none';
}

/** The same key for "The Matrix", "Matrix, The" and "MATRIX". */
export function titleKey(title: string): string {
  const words = foldText(title)
    .replaceAll('&', ' and ')
    .replace(/['’]/g, '')
    .match(/[\p{L}\p{N}]+/gu);
  if (words === null) return '';
  if (words.length > 1 && isArticle(words[0])) words.shift();
  else if (words.length > 1 && /,\s*\S+\s*$/.test(title) && isArticle(words[words.length - 1])) words.pop();
  return words.join(' ');
}

function yearConfidence(asked: number | null, year: number | null): number {
  if (asked === null || year === null) return CONFIDENCE.noYear;
  const apart = Math.abs(asked - year);
  return apart === 0 ? CONFIDENCE.sameYear : apart === 1 ? CONFIDENCE.yearBeside : CONFIDENCE.otherYear;
}
