export type Signal = 'LIKE' | 'DISLIKE' | 'NOT_INTERESTED';
export const SIGNALS: readonly Signal[] = ['LIKE', 'DISLIKE', 'NOT_INTERESTED'];

export type WatchlistStatus = 'ALL' | 'TO_WATCH' | 'WATCHED';
export type WatchlistSort = 'RECENTLY_ADDED' | 'TITLE' | 'YEAR';

/** More than anybody watches in a lifetime; what keeps one account from filling the disk. */
export const MAX_KEPT = 50_000;

/** What is kept of a movie beside its id, so that it can be named when the catalogue no longer has it. */
export interface MovieRecord {
  movieId: number;
  title: string;
  /** The title as it sorts: lower case, without accents. */
  sortTitle: string;
  year: number | null;
}

export interface WatchlistItem {
  movieId: number;
  title: string;
  year: number | null;
  addedAt: Date;
  watched: boolean;
  /** Null also when it is not known, as in an imported list without dates. */
  watchedAt: Date | null;
}

/** Where a page ended: the last item's place in the order it was asked for. */
export interface WatchlistPlace {
  sort: WatchlistSort;
  /** Time of adding for RECENTLY_ADDED, year for YEAR (0 when unknown), 0 for TITLE. */
  number: number;
  sortTitle: string;
  movieId: number;
}

export interface WatchlistQuery {
  status: WatchlistStatus;
  sort: WatchlistSort;
  first: number;
  after: WatchlistPlace | undefined;
}

export interface WatchlistPage {
  items: { item: WatchlistItem; place: WatchlistPlace }[];
  totalCount: number;
  hasNextPage: boolean;
  hasPreviousPage: boolean;
}

export interface FeedbackItem {
  movieId: number;
  signal: Signal;
  saidAt: Date;
}

/** Ids of genres and services, codes of languages: what the catalogue of another version may not know is kept all the same. */
export interface SavedPreferences {
  preferredGenres: string[];
  services: string[];
  languages: string[];
  runtimeMin: number | null;
  runtimeMax: number | null;
}

export const NO_PREFERENCES: SavedPreferences = { preferredGenres: [], services: [], languages: [], runtimeMin: null, runtimeMax: null };

/** One movie of an imported history. */
export interface HistoryItem {
  movie: MovieRecord;
  /** Put on the watchlist when it is not there. */
  listed: { at: Date | null } | undefined;
  /** Marked watched on the watchlist, put there when it is not. */
  watched: { at: Date | null } | undefined;
  /** Said of it, unless something was said here later. */
  feedback: { signal: Signal; at: Date | null } | undefined;
}

export interface HistoryResult {
  addedToWatchlist: number;
  markedWatched: number;
  likes: number;
  dislikes: number;
}

/** Thrown when a list would grow past MAX_KEPT. */
export class LibraryFullError extends Error {
  override readonly name = 'LibraryFullError';
}

/**
 * What viewers keep. Every method that writes is one transaction, is on disk when it settles, and changes nothing when it is repeated.
 * An unknown user is one who keeps nothing.
 */
export interface LibraryStore {
  /** Adding a movie again changes nothing. */
  addToWatchlist(userId: string, movie: MovieRecord, at: Date): Promise<WatchlistItem>;
  /** The ids that were on the list, in the order given, each once. */
  removeFromWatchlist(userId: string, movieIds: readonly number[]): Promise<number[]>;
  /** The entries of those that are on the list, in the order given, each once. Marking again keeps the first time. */
  setWatched(userId: string, movieIds: readonly number[], watched: boolean, at: Date): Promise<WatchlistItem[]>;
  watchlist(userId: string, query: WatchlistQuery): Promise<WatchlistPage>;
  watchlistEntriesOf(userId: string, movieIds: readonly number[]): Promise<Map<number, WatchlistItem>>;
  /** Every entry, newest first. */
  wholeWatchlist(userId: string): Promise<WatchlistItem[]>;
  watchedMovies(userId: string): Promise<number[]>;

  /** Null takes back what was said. Saying the same again keeps the first time. */
  setFeedback(userId: string, movieId: number, signal: Signal | null, at: Date): Promise<void>;
  clearFeedback(userId: string): Promise<void>;
  feedbackOf(userId: string, movieIds: readonly number[]): Promise<Map<number, Signal>>;
  /** Everything that was said, newest first. */
  allFeedback(userId: string): Promise<FeedbackItem[]>;

  preferences(userId: string): Promise<SavedPreferences>;
  setPreferences(userId: string, preferences: SavedPreferences): Promise<void>;

  /** Everything of an imported history, or nothing; a dry run says what would change and changes nothing. */
  takeHistory(userId: string, items: readonly HistoryItem[], now: Date, dryRun?: boolean): Promise<HistoryResult>;

  /** Nothing of the user is left. */
  deleteUser(userId: string): Promise<void>;
  /** All of one user becomes another's, as a guest becomes an account: what the other has already stays as it is. */
  moveUser(fromUserId: string, toUserId: string): Promise<void>;
}
