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
    ...playCountOf(rows),
  };
}

/**
 * The dates of all rows. An unknown date counts once, and only when no row has a date: several files of one site name the same play. A row
 * that lists several plays knows them all.
 */
function playsOf(rows: readonly HistoryRow[]): (Date | null)[] {
  const dates = rows.flatMap(({ plays }) => plays.filter((date) => date !== null));
  const listed = rows.reduce((most, { plays }) => Math.max(most, plays.length > 1 ? plays.filter((date) => date === null).length : 0), 0);
  const unknown = listed > 0 ? listed : dates.length === 0 && rows.some(({ plays }) => plays.length > 0) ? 1 : 0;
  return [...dates, ...Array.from({ length: unknown }, () => null)];
}

function playCountOf(rows: readonly HistoryRow[]): Pick<HistoryItem, 'playCount'> {
  const playCount = rows.reduce((most, row) => Math.max(most, row.playCount ?? 0), 0);
  return playCount === 0 ? {} : { playCount };
}

function timeOf(date: Date | null): number {
  return date?.getTime() ?? Number.NEGATIVE_INFINITY;
}
