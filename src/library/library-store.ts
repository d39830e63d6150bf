import type { MovieId } from '../catalog/movie-id.ts';
import type { GroupStore } from './groups/shared-group.ts';
import type { ChangeKind, HistoryStore, RatingItem } from './history-store.ts';
import type { HookStore } from './hooks/hook-store.ts';
import type { MovieRecord } from './named-movie.ts';
import type { PushStore } from './push/push-store.ts';
import type { Signal } from './signal.ts';
import type { WatchlistLinkStore } from './watchlist-link/watchlist-link.ts';

export type WatchlistStatus = 'ALL' | 'TO_WATCH' | 'WATCHED';
export type WatchlistSort = 'RECENTLY_ADDED' | 'TITLE' | 'YEAR';

/** Movies on one watchlist, and movies with feedback of one user. The limit keeps one account from filling the disk. */
export const MAX_LIST_LENGTH = 50_000;
/** The same for a guest, whom anybody can make without leaving a trace. */
export const MAX_GUEST_LIST_LENGTH = 1_000;

export interface WatchlistItem {
  movieId: MovieId;
  title: string;
  year: number | null;
  addedAt: Date;
  watched: boolean;
  /** Null when the movie is not watched, or when the date is unknown, as in an import without dates. */
  watchedAt: Date | null;
}

/** Sort key of an entry. A page begins after the place where the page before it ended. */
export interface WatchlistPlace {
  sort: WatchlistSort;
  /** RECENTLY_ADDED: `addedAt` in milliseconds. YEAR: the year, 0 when unknown. TITLE: 0. */
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
  movieId: MovieId;
  signal: Signal;
  feedbackAt: Date;
}

/** Ids of genres and services, codes of languages. Another catalog version may lack some of them. */
export interface SavedPreferences {
  preferredGenres: string[];
  services: string[];
  languages: string[];
  runtimeMin: number | null;
  runtimeMax: number | null;
  /** From 0 (hidden gems) to 1 (well known). Null is neutral. */
  familiar: number | null;
  /** ISO 3166-1: where the viewer watches. Null: the default of the server. */
  region: string | null;
  /** Whether models may be trained on what the viewer likes, rates and watches. */
  learnFromMe: boolean;
}

export const NO_PREFERENCES: SavedPreferences = {
  preferredGenres: [],
  services: [],
  languages: [],
  runtimeMin: null,
  runtimeMax: null,
  familiar: null,
  region: null,
  learnFromMe: true,
};

/** One movie of an imported history. A date is null when it is unknown. */
export interface HistoryItem {
  movie: MovieRecord;
  /** Set: the movie goes on the watchlist unless it is there. */
  listed: { at: Date | null } | undefined;
  /** Set: the movie is marked watched, and goes on the watchlist unless it is there. */
  watched: { at: Date | null } | undefined;
  /** Set: feedback that the file states itself. */
  feedback: { signal: Signal; at: Date | null } | undefined;
  /** Set: the rating, and what it becomes by the thresholds of the import. */
  rating?: { stars: number; signal: Signal | null; at: Date | null } | undefined;
  /** Dates of watching. Null stands for an unknown date. */
  plays?: readonly (Date | null)[];
  /** Plays without a date are added until there are so many. */
  playCount?: number | undefined;
}

export interface HistoryResult {
  addedToWatchlist: number;
  /** Movies added to the watchlist that were not watched. */
  addedToWatch: number;
  markedWatched: number;
  /** New likes, and likes that were something else before. */
  likes: number;
  dislikes: number;
  /** Likes and dislikes that went, because the rating that they came from was corrected. */
  feedbackRemoved: number;
  /** New and corrected ratings. */
  ratings: number;
  plays: number;
}

/** What is merged, for the list of imports. */
export interface ImportOrigin {
  importId: string;
  files: readonly string[];
  rowCount: number;
}

export interface MergeOptions {
  dryRun?: boolean;
  max?: number;
  /** Undefined: the viewer's own words, which no import changes. */
  origin?: ImportOrigin | undefined;
  /** What the viewer has removed since an earlier import stays removed. */
  keepsRemovals?: boolean;
  /** Told how many changes of how many are written. */
  onWritten?: ((done: number, total: number) => void) | undefined;
}

/** Thrown when a list would grow past its greatest length. */
export class LibraryFullError extends Error {
  override readonly name = 'LibraryFullError';
  readonly max: number;

  constructor(max: number) {
    super(`at most ${max} movies can be kept${max < MAX_LIST_LENGTH ? ' by a guest; an account keeps more' : ''}`);
    this.max = max;
  }
}

/** Rows of a user in each list. */
export type StoredRows = Record<ChangeKind, number>;

/** What a viewer thinks of movies. The first three lists are newest first. */
export interface Opinions {
  /** `at` is in milliseconds since 1970. */
  liked: { movieId: MovieId; at: number }[];
  disliked: MovieId[];
  lowRatings: Pick<RatingItem, 'movieId' | 'stars'>[];
  /** All movies with feedback and all watched movies, each once, in no order. */
  seen: number[];
}

/**
 * Watchlists, feedback and preferences by user. Every method that writes is one transaction, which is on disk when the promise
 * settles. Repeating a write changes nothing. An unknown user has an empty library. `max` is the greatest length of each list.
 */
export interface LibraryStore {
  readonly history: HistoryStore;
  readonly hooks: HookStore;
  readonly groups: GroupStore;
  readonly watchlistLinks: WatchlistLinkStore;
  readonly push: PushStore;

  /** Adding a movie again changes nothing. */
  addToWatchlist(userId: string, movie: MovieRecord, at: Date, max?: number): Promise<WatchlistItem>;
  /** Returns the ids that were on the list, in the order given, each once. */
  removeFromWatchlist(userId: string, movieIds: readonly MovieId[]): Promise<MovieId[]>;
  /** Returns the entries of the movies on the list, in the order given, each once. A repeated mark keeps the first date. */
  setWatched(userId: string, movieIds: readonly MovieId[], watched: boolean, at: Date): Promise<WatchlistItem[]>;
  watchlist(userId: string, query: WatchlistQuery): Promise<WatchlistPage>;
  watchlistEntriesOf(userId: string, movieIds: readonly MovieId[]): Promise<Map<MovieId, WatchlistItem>>;
  /** Rows of each list. */
  storedRows(userId: string): Promise<StoredRows>;
  storedRowsOf(userId: string, list: ChangeKind): Promise<number>;
  /** Every entry, newest first. */
  wholeWatchlist(userId: string): Promise<WatchlistItem[]>;

  /** Null clears the feedback. Repeated feedback keeps the first date. */
  setFeedback(userId: string, movieId: MovieId, signal: Signal | null, at: Date, max?: number): Promise<void>;
  clearFeedback(userId: string): Promise<void>;
  feedbackOf(userId: string, movieIds: readonly MovieId[]): Promise<Map<MovieId, Signal>>;
  /** Movies with this feedback, newest first: `first` of them, behind the newest `offset`. */
  latestFeedback(userId: string, signal: Signal, page: { first: number; offset: number }): Promise<MovieId[]>;
  /** All feedback, newest first. */
  allFeedback(userId: string): Promise<FeedbackItem[]>;
  /** Movies that the user wants to watch, by id: all of them, or those that were added last. */
  toWatch(userId: string, latest?: number): Promise<number[]>;
  /** What a ranking uses, in one statement: of likes, dislikes, and ratings below so many stars, the newest `first` of each. */
  opinions(userId: string, limits: { below: number; first: number }): Promise<Opinions>;

  preferences(userId: string): Promise<SavedPreferences>;
  setPreferences(userId: string, preferences: SavedPreferences): Promise<void>;

  /** Merges all of an imported history or nothing. A dry run returns the same counts and writes nothing. */
  mergeHistory(userId: string, items: readonly HistoryItem[], now: Date, options?: MergeOptions): Promise<HistoryResult>;

  /** Deletes all rows of the user, in several transactions. After a failure some may be left: call it again. */
  deleteUser(userId: string): Promise<void>;
  /** Moves the library of a guest to an account. Entries that the account has already stay unchanged. Returns the rows that were moved or deleted. */
  moveUser(fromUserId: string, toUserId: string): Promise<number>;
}
