/** Times are milliseconds since 1970; truth is 1 or 0. Both databases store whole numbers alike. */
export interface Tables {
  library_watchlist: WatchlistTable;
  library_feedback: FeedbackTable;
  library_preferences: PreferencesTable;
}

export interface WatchlistTable {
  user_id: string;
  movie_id: number;
  /** As it was when the movie was added: what is shown when the catalogue no longer has the movie, and what the list is sorted by. */
  title: string;
  /** The title as it sorts: lower case, without accents. */
  sort_title: string;
  /** 0 when it is not known. */
  year: number;
  added_at: number;
  watched: number;
  watched_at: number | null;
}

export interface FeedbackTable {
  user_id: string;
  movie_id: number;
  signal: string;
  said_at: number;
}

/** Lists are JSON: they are read and written whole. */
export interface PreferencesTable {
  user_id: string;
  preferred_genres: string;
  services: string;
  languages: string;
  runtime_min: number | null;
  runtime_max: number | null;
}
