import type { MovieId } from '../catalog/movie-id.ts';
import { checkedFirst } from '../list-caps.ts';
import type { LibraryDependencies, Viewer } from './dependencies.ts';
import type { HistoryItem, WatchlistItem, WatchlistSort, WatchlistStatus } from './library-store.ts';
import { movieRecord, readMovieId, readMovieIds, unknownMovie } from './movie-record.ts';
import { mapQuotaError, quotaOf } from './quota-error.ts';
import { payToAdd, payToRead, type RowPayment } from './stored-rows.ts';
import { decodeWatchlistCursor, encodeWatchlistCursor } from './watchlist-cursor.ts';

export interface WatchlistRequest {
  status: WatchlistStatus;
  sort: WatchlistSort;
  first: number;
  /** Cursor of the entry before the page. */
  after: string | null | undefined;
}

export interface WatchlistSlice {
  entries: { item: WatchlistItem; cursor: string }[];
  totalCount: number;
  hasNextPage: boolean;
  hasPreviousPage: boolean;
}

export async function watchlistPage(
  dependencies: Pick<LibraryDependencies, 'library'> & RowPayment,
  { userId }: Viewer,
  { status, sort, first, after }: WatchlistRequest,
): Promise<WatchlistSlice> {
  checkedFirst(first);
  const place = after === null || after === undefined ? undefined : decodeWatchlistCursor(after, sort);
  await payToRead(dependencies, userId, 'WATCHLIST');
  const { items, ...page } = await dependencies.library.watchlist(userId, { status, sort, first, after: place });
  return { ...page, entries: items.map((entry) => ({ item: entry.item, cursor: encodeWatchlistCursor(entry.place) })) };
}

export async function addToWatchlist(dependencies: LibraryDependencies & RowPayment, viewer: Viewer, id: string): Promise<WatchlistItem> {
  const {
    library,
    snapshot: { catalog },
  } = dependencies;
  const { userId } = viewer;
  const movieId = readMovieId(catalog, id, 'movieId');
  const index = catalog.indexOf(id);
  if (index !== undefined) {
    await payToAdd(dependencies, userId, 'WATCHLIST');
    return mapQuotaError(library.addToWatchlist(userId, movieRecord(catalog, index), new Date(), quotaOf(viewer)), 'movieId');
  }
  // A movie that leaves the catalog stays on the lists that have it.
  const entry = (await library.watchlistEntriesOf(userId, [movieId])).get(movieId);
  if (entry === undefined) throw unknownMovie(id, 'movieId');
  return entry;
}

/** Returns the ids that were on the list. */
export async function removeFromWatchlist(
  { library, snapshot: { catalog } }: LibraryDependencies,
  { userId }: Viewer,
  ids: readonly string[],
): Promise<MovieId[]> {
  return library.removeFromWatchlist(userId, readMovieIds(catalog, ids, 'movieIds'));
}

/** An entry as it was before it was removed. */
export interface RemovedEntry {
  movieId: string;
  addedAt: Date;
  watched: boolean;
  watchedAt?: Date | null;
}

/** Puts removed entries back with their dates. Movies that are on the list again stay unchanged. Returns the entries of all of them. */
export async function restoreToWatchlist(
  dependencies: LibraryDependencies & RowPayment,
  viewer: Viewer,
  removed: readonly RemovedEntry[],
): Promise<WatchlistItem[]> {
  const {
    library,
    snapshot: { catalog },
  } = dependencies;
  const { userId } = viewer;
  const movieIds = readMovieIds(
    catalog,
    removed.map(({ movieId }) => movieId),
    'entries',
  );
  const now = new Date();
  const notAfterNow = (at: Date): Date => (at < now ? at : now);
  const present = await library.watchlistEntriesOf(userId, movieIds);
  const items = removed.flatMap(({ movieId, addedAt, watched, watchedAt }, i): HistoryItem[] => {
    if (present.has(movieIds[i]) || movieIds.indexOf(movieIds[i]) < i) return [];
    const index = catalog.indexOf(movieId);
    if (index === undefined) throw unknownMovie(movieId, `entries[${i}].movieId`);
    const at = watchedAt === null || watchedAt === undefined ? null : notAfterNow(watchedAt);
    const movie = movieRecord(catalog, index);
    return [{ movie, listed: { at: notAfterNow(addedAt) }, watched: watched ? { at } : undefined, feedback: undefined }];
  });
  await payToAdd(dependencies, userId, 'WATCHLIST');
  await mapQuotaError(library.mergeHistory(userId, items, now, { max: quotaOf(viewer) }), 'entries');
  const entries = await library.watchlistEntriesOf(userId, movieIds);
  return [...new Set(movieIds)].flatMap((movieId) => entries.get(movieId) ?? []);
}

/** Returns the entries of the movies that are on the list. */
export async function setWatched(
  { library, snapshot: { catalog } }: LibraryDependencies,
  { userId }: Viewer,
  ids: readonly string[],
  watched: boolean,
): Promise<WatchlistItem[]> {
  const movieIds = readMovieIds(catalog, ids, 'movieIds');
  const isAbsent = (id: string): boolean => catalog.indexOf(id) === undefined;
  if (ids.some(isAbsent)) {
    const entries = await library.watchlistEntriesOf(userId, movieIds);
    const unknown = ids.findIndex((id, i) => isAbsent(id) && !entries.has(movieIds[i]));
    if (unknown >= 0) throw unknownMovie(ids[unknown], `movieIds[${unknown}]`);
  }
  return library.setWatched(userId, movieIds, watched, new Date());
}
