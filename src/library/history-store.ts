import type { MovieId } from '../catalog/movie-id.ts';
import type { MovieRecord } from './named-movie.ts';
import type { Signal } from './signal.ts';

export interface RatingItem {
  movieId: MovieId;
  title: string;
  year: number | null;
  /** 0.5 to 5, in halves. */
  stars: number;
  /** Null when unknown. */
  ratedAt: Date | null;
}

export interface PlayItem {
  playId: string;
  movieId: MovieId;
  title: string;
  year: number | null;
  /** Null when unknown. Midnight UTC when only the day is known. */
  playedAt: Date | null;
}

export const RATING_SORTS = ['RECENTLY_RATED', 'STARS', 'TITLE'] as const;
export type RatingSort = (typeof RATING_SORTS)[number];
export const PLAY_SORTS = ['RECENTLY_PLAYED', 'TITLE'] as const;
export type PlaySort = (typeof PLAY_SORTS)[number];

/** Values of an entry in the columns of its order. A page begins after them. */
export type SortKey = readonly (number | string)[];

export interface RatingQuery {
  sort: RatingSort;
  first: number;
  after: SortKey | undefined;
  starsMin: number | undefined;
  starsMax: number | undefined;
}

export interface PlayQuery {
  sort: PlaySort;
  first: number;
  after: SortKey | undefined;
  /** Plays from this moment on. Plays without a date are left out. */
  from: Date | undefined;
  /** Plays before this moment. */
  until: Date | undefined;
}

export interface SortedPage<Item> {
  items: { item: Item; key: SortKey }[];
  totalCount: number;
  hasNextPage: boolean;
  hasPreviousPage: boolean;
}

export interface ImportRecord {
  importId: string;
  importedAt: Date;
  files: string[];
  rowCount: number;
  movieCount: number;
  /** Rows of the library that the import changed and that can be put back. */
  changeCount: number;
  undoneAt: Date | null;
}

export type ChangeKind = 'WATCHLIST' | 'FEEDBACK' | 'RATING' | 'PLAY';

/** A row of the library as an import changed it. */
export interface ImportChange {
  kind: ChangeKind;
  movieId: MovieId;
  title: string;
  year: number | null;
  /** What was removed or replaced: stars, a signal, or a date. Null when there was nothing. */
  before: string | null;
  after: string | null;
}

/** Ratings in stars, dates of watching, and imports, by user. Every method that writes is one transaction. */
export interface HistoryStore {
  /**
   * Rates a movie, or removes its rating when `stars` is null. `signal` is what the rating becomes: it replaces feedback that came from a
   * rating, and no other.
   */
  rate(userId: string, movie: MovieRecord, stars: number | null, signal: Signal | null, at: Date, max?: number): Promise<void>;
  ratingsOf(userId: string, movieIds: readonly MovieId[]): Promise<Map<MovieId, RatingItem>>;
  ratings(userId: string, query: RatingQuery): Promise<SortedPage<RatingItem>>;
  /** All ratings, newest first. */
  allRatings(userId: string): Promise<RatingItem[]>;

  /** Adding a play of the same moment again changes nothing. */
  addPlay(userId: string, movie: MovieRecord, at: Date | null, max?: number): Promise<PlayItem>;
  /** Returns the play, or undefined when there is none. */
  removePlay(userId: string, playId: string): Promise<PlayItem | undefined>;
  /** The plays of each movie, newest first, at most `first` each. */
  playsOf(userId: string, movieIds: readonly MovieId[], first: number): Promise<Map<MovieId, PlayItem[]>>;
  plays(userId: string, query: PlayQuery): Promise<SortedPage<PlayItem>>;
  /** All plays, newest first. */
  allPlays(userId: string): Promise<PlayItem[]>;

  /** How many changes an undo of this import would put back; 0 when there is none to undo. */
  undoSize(userId: string, importId: string): Promise<number>;
  /** The last imports, newest first. */
  imports(userId: string): Promise<ImportRecord[]>;
  importChanges(userId: string, importId: string, first: number, offset: number): Promise<ImportChange[]>;
  /** Puts back what the import changed, but not what was changed since. Undefined when there is no such import. */
  undoImport(userId: string, importId: string, at: Date): Promise<ImportRecord | undefined>;
}
