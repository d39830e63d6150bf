import type { MovieId } from '../catalog/movie-id.ts';

/** Times are milliseconds since 1970, booleans are 1 or 0: both databases store integers alike. */
export interface Tables {
  cinematch_watchlist: WatchlistTable;
  cinematch_feedback: FeedbackTable;
  cinematch_preferences: PreferencesTable;
}

export interface WatchlistTable {
  user_id: string;
  movie_id: MovieId;
  /** Copied when the movie is added: the list names the movie by it after the movie has left the catalog. */
  title: string;
  /** Sort key: the title in lower case, without accents. */
  sort_title: string;
  /** 0 when unknown. */
  year: number;
  added_at: number;
  watched: number;
  watched_at: number | null;
}

export interface FeedbackTable {
  user_id: string;
  movie_id: MovieId;
  signal: string;
  said_at: number;
}

/** Lists are stored as JSON because they are read and written whole. */
export interface PreferencesTable {
  user_id: string;
  preferred_genres: string;
  services: string;
  languages: string;
  runtime_min: number | null;
  runtime_max: number | null;
}
