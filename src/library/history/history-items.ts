import type { HistoryItem } from '../library-store.ts';
import type { MovieRecord } from '../named-movie.ts';
import type { Signal } from '../signal.ts';
import type { HistoryRow } from './history-row.ts';

/** Ratings from `likeFrom` count as likes, ratings up to `dislikeUpTo` as dislikes. */
export interface Thresholds {
  likeFrom: number;
  dislikeUpTo: number;
}

/** The thresholds when nobody states others. */
export const DEFAULT_THRESHOLDS: Thresholds = { likeFrom: 4, dislikeUpTo: 2 };

export function signalOfRating(rating: number | null, { likeFrom, dislikeUpTo }: Thresholds): Signal | null {
  if (rating === null) return null;
  if (rating >= likeFrom) return 'LIKE';
  return rating <= dislikeUpTo ? 'DISLIKE' : null;
}

/** What the row states itself comes before what its rating becomes. */
export function signalOfRow({ feedback, rating }: HistoryRow, thresholds: Thresholds): Signal | null {
  return feedback ?? signalOfRating(rating, thresholds);
}

/**
 * Merges the rows of one movie. The movie is watched when any row says so, with the latest date. The latest of several ratings counts:
 * rows without a date are the oldest, and of equal dates the later row counts.
 */
export function historyItem(movie: MovieRecord, rows: readonly HistoryRow[], thresholds: Thresholds): HistoryItem {
  const latest = (dates: (Date | null)[]): Date | null => dates.reduce((a, b) => (timeOf(b) > timeOf(a) ? b : a), null);
  const rated = rows
    .filter(({ rating }) => rating !== null)
    .reduce<HistoryRow | undefined>(
      (last, row) => (last === undefined || timeOf(row.ratedAt) >= timeOf(last.ratedAt) ? row : last),
      undefined,
    );
  const stated = rows
    .filter(({ feedback }) => feedback !== null)
    .reduce<HistoryRow | undefined>(
      (last, row) => (last === undefined || timeOf(row.feedbackAt) >= timeOf(last.feedbackAt) ? row : last),
      undefined,
    );
  const watched = rows.filter((row) => row.watched);
  const listed = rows.filter((row) => row.listed);
  const stars = rated?.rating ?? null;
  return {
    movie,
    listed: listed.length === 0 ? undefined : { at: latest(listed.map(({ listedAt }) => listedAt)) },
    watched: watched.length === 0 ? undefined : { at: latest(watched.map(({ watchedAt }) => watchedAt)) },
    feedback: stated?.feedback == null ? undefined : { signal: stated.feedback, at: stated.feedbackAt },
    rating: stars === null ? undefined : { stars, signal: signalOfRating(stars, thresholds), at: rated?.ratedAt ?? null },
    plays: playsOf(rows),
  };
}

/**
 * The dates of all rows, and as many unknown ones as the row with the most plays has more: several files of one site name the same plays,
 * and some state their number alone.
 */
function playsOf(rows: readonly HistoryRow[]): (Date | null)[] {
  const dates = rows.flatMap(({ plays }) => plays.filter((date) => date !== null));
  const known = new Set(dates.map(timeOf)).size;
  const most = rows.reduce((count, { plays }) => Math.max(count, plays.length), 0);
  return [...dates, ...Array.from({ length: Math.max(most - known, 0) }, () => null)];
}

function timeOf(date: Date | null): number {
  return date?.getTime() ?? Number.NEGATIVE_INFINITY;
}
