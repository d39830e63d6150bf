import { randomUUID } from 'node:crypto';
import type { MovieId } from '../catalog/movie-id.ts';
import { isDayOnly } from './history/history-date.ts';
import type { LibraryChange } from './library-changes.ts';
import type { LibraryRows } from './library-rows.ts';
import type { HistoryItem, HistoryResult } from './library-store.ts';
import type { Signal } from './signal.ts';
import type { FeedbackTable, PlayTable, RatingTable, WatchlistTable } from './tables.ts';
import { rowOf } from './watchlist-rows.ts';

export interface MergeContext {
  userId: string;
  now: Date;
  /** Null: the viewer's own words. */
  importId: string | null;
}

/** A time that is stored for an unknown date. */
export const UNKNOWN_TIME = -1;
const DAY_MS = 86_400_000;

/**
 * What a history changes in the library of a user. A later import corrects an earlier one: its ratings replace imported ratings, unless
 * both have dates and the file's is the older one. What the viewer said here stays.
 */
export class HistoryMerge {
  readonly #context: MergeContext;
  readonly #watchlist: ReadonlyMap<MovieId, WatchlistTable>;
  readonly #feedback: ReadonlyMap<MovieId, FeedbackTable>;
  readonly #ratings: ReadonlyMap<MovieId, RatingTable>;
  readonly #plays: ReadonlyMap<MovieId, PlayTable[]>;

  constructor({ watchlist, feedback, ratings, plays }: LibraryRows, context: MergeContext) {
    this.#context = context;
    this.#watchlist = new Map(watchlist.map((row) => [row.movie_id, row]));
    this.#feedback = new Map(feedback.map((row) => [row.movie_id, row]));
    this.#ratings = new Map(ratings.map((row) => [row.movie_id, row]));
    const playsByMovie = new Map<MovieId, PlayTable[]>();
    for (const row of plays) {
      const known = playsByMovie.get(row.movie_id);
      if (known === undefined) playsByMovie.set(row.movie_id, [row]);
      else known.push(row);
    }
    this.#plays = playsByMovie;
  }

  /** The changes by these items. Each movie has one item. */
  changesOf(items: readonly HistoryItem[]): LibraryChange[] {
    const context = this.#context;
    const changes: LibraryChange[] = items.flatMap((item) => watchlistChanges(this.#watchlist.get(item.movie.movieId), item, context));
    for (const item of items) changes.push(...playChanges(this.#plays.get(item.movie.movieId) ?? [], item, context));
    for (const item of items) {
      const { movieId } = item.movie;
      const rated = ratingChange(this.#ratings.get(movieId), item, context);
      if (rated !== undefined && rated !== 'same') changes.push({ kind: 'RATING', ...rated });
      const said = feedbackChange(this.#feedback.get(movieId), item, rated !== undefined, context);
      if (said !== undefined) changes.push({ kind: 'FEEDBACK', ...said });
    }
    return changes;
  }
}

/** The counts that an import reports. */
export function countChanges(changes: readonly LibraryChange[]): HistoryResult {
  const result = {
    addedToWatchlist: 0,
    addedToWatch: 0,
    markedWatched: 0,
    likes: 0,
    dislikes: 0,
    feedbackRemoved: 0,
    ratings: 0,
    plays: 0,
  };
  for (const change of changes) {
    switch (change.kind) {
      case 'WATCHLIST':
        if (change.before === undefined) result.addedToWatchlist++;
        if (change.before === undefined && change.after?.watched === 0) result.addedToWatch++;
        if (change.after?.watched === 1 && change.before?.watched !== 1) result.markedWatched++;
        break;
      case 'FEEDBACK': {
        const signal = change.after?.signal;
        if (signal === change.before?.signal) break;
        if (signal === 'LIKE') result.likes++;
        else if (signal === 'DISLIKE') result.dislikes++;
        else if (signal === undefined) result.feedbackRemoved++;
        break;
      }
      case 'RATING':
        result.ratings++;
        break;
      case 'PLAY':
        result.plays++;
        break;
    }
  }
  return result;
}

function watchlistChanges(
  before: WatchlistTable | undefined,
  { movie, listed, watched }: HistoryItem,
  { userId, now }: MergeContext,
): LibraryChange[] {
  if (listed === undefined && watched === undefined) return [];
  if (before === undefined) {
    const after = rowOf(userId, movie, listed?.at ?? watched?.at ?? now, watched);
    return [{ kind: 'WATCHLIST', before, after }];
  }
  const at = watched?.at?.getTime() ?? null;
  // A date that was unknown becomes known. A known date stays.
  if (watched === undefined || (before.watched === 1 && (before.watched_at !== null || at === null))) return [];
  return [{ kind: 'WATCHLIST', before, after: { ...before, watched: 1, watched_at: at } }];
}

/** Undefined when the stored rating stays because it is the viewer's or a later one; "same" when the file states it again. */
function ratingChange(
  before: RatingTable | undefined,
  { movie, rating }: HistoryItem,
  { userId, importId }: MergeContext,
): { before: RatingTable | undefined; after: RatingTable } | 'same' | undefined {
  if (rating === undefined) return undefined;
  const at = rating.at?.getTime() ?? UNKNOWN_TIME;
  if (before !== undefined && importId !== null) {
    if (before.import_id === null) return undefined;
    if (before.rated_at !== UNKNOWN_TIME && at !== UNKNOWN_TIME && at < before.rated_at) return undefined;
  }
  const half_stars = Math.max(1, Math.round(rating.stars * 2));
  if (before !== undefined && before.half_stars === half_stars && (before.rated_at === at || at === UNKNOWN_TIME)) return 'same';
  const { movieId: movie_id, title, sortTitle: sort_title, year } = movie;
  const after = { user_id: userId, movie_id, title, sort_title, year: year ?? 0, half_stars, rated_at: at, import_id: importId };
  return { before, after };
}

/** Feedback that a rating became follows the rating. Other feedback changes only by what a later import states itself. */
function feedbackChange(
  before: FeedbackTable | undefined,
  { movie, feedback, rating }: HistoryItem,
  ratingCounts: boolean,
  { userId, now, importId }: MergeContext,
): { before: FeedbackTable | undefined; after: FeedbackTable | undefined } | undefined {
  const row = (signal: Signal, at: Date | null, from_stars: number): FeedbackTable => ({
    user_id: userId,
    movie_id: movie.movieId,
    signal,
    said_at: (at ?? now).getTime(),
    import_id: importId,
    from_stars,
  });
  if (before?.import_id === null && importId !== null) return undefined;
  if (feedback !== undefined) {
    if (before?.signal === feedback.signal && before.from_stars === 0) return undefined;
    return { before, after: row(feedback.signal, feedback.at, 0) };
  }
  if (rating === undefined || !ratingCounts || (before !== undefined && before.from_stars === 0)) return undefined;
  if (before?.signal === rating.signal || (before === undefined && rating.signal === null)) return undefined;
  return { before, after: rating.signal === null ? undefined : row(rating.signal, rating.at, 1) };
}

/**
 * A play of the same moment is the same play, and so is one of the same day when only the day of one of them is known. A date takes the
 * place of an imported play without one. Plays without a date are added until there are as many as the file states.
 */
function playChanges(
  rows: readonly PlayTable[],
  { movie, plays: stated = [], playCount = 0 }: HistoryItem,
  { userId, importId }: MergeContext,
): LibraryChange[] {
  if (stated.length === 0) return [];
  const times = new PlayTimes(rows.map(({ played_at }) => played_at));
  const undated = rows.filter(({ played_at }) => played_at === UNKNOWN_TIME);
  const replaceable = undated.filter(({ import_id }) => import_id !== null);
  const dates = stated.flatMap((date) => (date === null ? [] : [date.getTime()])).sort((a, b) => dayRank(a) - dayRank(b) || a - b);
  const changes: LibraryChange[] = [];
  for (const time of dates) {
    if (times.has(time)) continue;
    times.add(time);
    changes.push({ kind: 'PLAY', before: replaceable.pop(), after: playRow(userId, movie, time, importId) });
  }
  const unknown = stated.length - dates.length;
  const missing = dates.length === 0 && rows.length > 0 ? 0 : unknown - undated.length;
  const count = rows.length + changes.filter(({ before }) => before === undefined).length;
  for (let i = 0; i < Math.max(missing, playCount - count); i++)
    changes.push({ kind: 'PLAY', before: undefined, after: playRow(userId, movie, UNKNOWN_TIME, importId) });
  return changes;
}

export function playRow(userId: string, movie: HistoryItem['movie'], played_at: number, import_id: string | null): PlayTable {
  const { movieId: movie_id, title, sortTitle: sort_title, year } = movie;
  return { user_id: userId, play_id: randomUUID(), movie_id, title, sort_title, year: year ?? 0, played_at, import_id };
}

/** Moments of watching one movie. Midnight UTC stands for the whole day. */
export class PlayTimes {
  readonly #times = new Set<number>();
  readonly #days = new Set<number>();

  constructor(times: readonly number[]) {
    for (const time of times) if (time !== UNKNOWN_TIME) this.add(time);
  }

  add(time: number): void {
    this.#times.add(time);
    this.#days.add(dayOf(time));
  }

  has(time: number): boolean {
    return this.#times.has(time) || this.#times.has(dayOf(time)) || (isDayOnly(new Date(time)) && this.#days.has(time));
  }
}

function dayOf(time: number): number {
  return time - (time % DAY_MS);
}

/** Times before days, which they make unneeded. */
function dayRank(time: number): number {
  return isDayOnly(new Date(time)) ? 1 : 0;
}
