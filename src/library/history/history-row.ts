import type { Signal } from '../signal.ts';

export const MAX_ROWS = 50_000;

/** One row of a file, in the same form for every site. */
export interface HistoryRow {
  /** Row number within the file, from 1, without the header. */
  row: number;
  title: string;
  year: number | null;
  movieId: number | null;
  /** The number within "tt0133093". */
  imdbId: number | null;
  tmdbId: number | null;
  /** 0.5 to 5; null without a rating. */
  rating: number | null;
  ratedAt: Date | null;
  watched: boolean;
  watchedAt: Date | null;
  /** Every date of watching that the row names. Null stands for an unknown date. */
  plays: (Date | null)[];
  /** How many plays there are at least, when the row states their number. */
  playCount?: number;
  /** The row is an entry of a watchlist. */
  listed: boolean;
  listedAt: Date | null;
  /** Feedback that the file states itself. It comes before what the rating would become. */
  feedback: Signal | null;
  feedbackAt: Date | null;
  /**
   * EPISODE: never a movie. SERIES: not a movie, unless the catalog has its IMDb id. UNREADABLE: neither a title nor an id, or an invalid
   * rating.
   */
  problem: 'EPISODE' | 'SERIES' | 'UNREADABLE' | null;
}

/** Thrown when the text is not a file of the source. The message says what was expected and what was found. */
export class HistoryFormatError extends Error {
  override readonly name = 'HistoryFormatError';
}
