import { requireWriter } from '../graphql/authorization.ts';
import type { RequestContext } from '../graphql/context.ts';
import { AbsentMovie } from '../graphql/library/absent-movie.ts';
import type { RemovedEntryInput } from '../graphql/library/library.input.ts';
import { type WatchlistConnection, WatchlistEntry } from '../graphql/library/viewer.type.ts';
import { decodeWatchlistCursor, encodeWatchlistCursor } from '../graphql/library/watchlist-cursor.ts';
import { checkedFirst } from '../graphql/limits/list-caps.ts';
import type { Movie } from '../graphql/movie/movie.type.ts';
import { InputError } from '../input-error.ts';
import type { HistoryItem, LibraryStore, WatchlistItem, WatchlistQuery } from './library-store.ts';
import { LibraryFullError, MAX_KEPT } from './library-store.ts';
import { movieRecord, readMovieId, readMovieIds, unknownMovie } from './movie-record.ts';

export async function watchlistPage(
  { library }: { library: LibraryStore },
  userId: string,
  query: Omit<WatchlistQuery, 'after'> & { after: string | null | undefined },
): Promise<WatchlistConnection> {
  const first = checkedFirst(query.first);
  const after = query.after === null || query.after === undefined ? undefined : decodeWatchlistCursor(query.after, query.sort);
  const { items, totalCount, hasNextPage, hasPreviousPage } = await library.watchlist(userId, { ...query, first, after });
  const edges = items.map(({ item, place }) => ({ cursor: encodeWatchlistCursor(place), node: new WatchlistEntry(item) }));
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    totalCount,
    pageInfo: {
      hasNextPage,
      hasPreviousPage,
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

export async function movieOfEntry({ snapshot, loaders }: RequestContext, { kept }: WatchlistEntry): Promise<Movie> {
  const index = snapshot.catalog.indexOf(String(kept.movieId));
  return index === undefined ? new AbsentMovie(snapshot.catalog, kept) : loaders.movie.load(index);
}

export async function addToWatchlist(context: RequestContext, id: string): Promise<WatchlistEntry> {
  const { userId } = await requireWriter(context);
  const movieId = readMovieId(id, 'movieId');
  const { catalog } = context.snapshot;
  const index = catalog.indexOf(id);
  if (index === undefined) {
    // A movie that left the catalogue while it was on the list is still on it.
    const kept = (await context.library.watchlistEntriesOf(userId, [movieId])).get(movieId);
    if (kept === undefined) throw unknownMovie(id, 'movieId');
    return primed(context, [kept])[0];
  }
  const item = await mapQuotaError(context.library.addToWatchlist(userId, movieRecord(catalog, index), new Date()), 'movieId');
  return primed(context, [item])[0];
}

export async function removeFromWatchlist(context: RequestContext, ids: string[]): Promise<string[]> {
  const { userId } = await requireWriter(context);
  const movieIds = readMovieIds(ids, 'movieIds');
  const removed = await context.library.removeFromWatchlist(userId, movieIds);
  for (const movieId of movieIds) context.loaders.watchlistEntry.clear(movieId).prime(movieId, null);
  return removed.map(String);
}

export async function restoreToWatchlist(context: RequestContext, entries: readonly RemovedEntryInput[]): Promise<WatchlistEntry[]> {
  const { userId } = await requireWriter(context);
  const { snapshot, library } = context;
  const ids = entries.map(({ movieId }) => movieId);
  const movieIds = readMovieIds(ids, 'entries');
  const now = new Date();
  const past = (at: Date): Date => (at < now ? at : now);
  const kept = await library.watchlistEntriesOf(userId, movieIds);
  const items = entries.flatMap(({ movieId, addedAt, watched, watchedAt }, i): HistoryItem[] => {
    if (kept.has(movieIds[i]) || movieIds.indexOf(movieIds[i]) < i) return [];
    const index = snapshot.catalog.indexOf(movieId);
    if (index === undefined) throw unknownMovie(movieId, `entries[${i}].movieId`);
    const at = watchedAt === null || watchedAt === undefined ? null : past(watchedAt);
    const movie = movieRecord(snapshot.catalog, index);
    return [{ movie, listed: { at: past(addedAt) }, watched: watched ? { at } : undefined, feedback: undefined }];
  });
  await mapQuotaError(library.takeHistory(userId, items, now), 'entries');
  const restored = await library.watchlistEntriesOf(userId, movieIds);
  return primed(
    context,
    [...new Set(movieIds)].flatMap((movieId) => restored.get(movieId) ?? []),
  );
}

export async function setWatched(context: RequestContext, ids: string[], watched: boolean): Promise<WatchlistEntry[]> {
  const { userId } = await requireWriter(context);
  const movieIds = readMovieIds(ids, 'movieIds');
  const { catalog } = context.snapshot;
  const absent = ids.findIndex((id) => catalog.indexOf(id) === undefined);
  if (absent >= 0) {
    const kept = await context.library.watchlistEntriesOf(userId, movieIds);
    const unknown = ids.findIndex((id, i) => catalog.indexOf(id) === undefined && !kept.has(movieIds[i]));
    if (unknown >= 0) throw unknownMovie(ids[unknown], `movieIds[${unknown}]`);
  }
  return primed(context, await context.library.setWatched(userId, movieIds, watched, new Date()));
}

function primed({ loaders }: RequestContext, items: WatchlistItem[]): WatchlistEntry[] {
  return items.map((item) => {
    const entry = new WatchlistEntry(item);
    loaders.watchlistEntry.clear(item.movieId).prime(item.movieId, entry);
    return entry;
  });
}

/** What a write gives, or the caller's error when the list is full. */
export async function mapQuotaError<T>(writing: Promise<T>, argument: string): Promise<T> {
  try {
    return await writing;
  } catch (error) {
    if (error instanceof LibraryFullError) throw new InputError(argument, error.message, { max: MAX_KEPT });
    throw error;
  }
}
