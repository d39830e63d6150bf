import { Arg, Ctx, Extensions, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import { formatMovieId } from '../../catalog/movie-table.ts';
import type { WatchlistItem } from '../../library/library-store.ts';
import { addToWatchlist, removeFromWatchlist, restoreToWatchlist, setWatched } from '../../library/watchlist.ts';
import { optionalReader, requireWriter } from '../authorization.ts';
import type { RequestContext } from '../context.ts';
import { CHANGE_COST, countOf } from '../limits/operation-cost.ts';
import { Movie } from '../movie/movie.type.ts';
import { RemovedEntryInput } from './library.input.ts';
import { WatchlistEntry } from './viewer.type.ts';

const COST_OF_AN_ENTRY = 0.5;
const COST_OF_A_RESTORED_ENTRY = 2;

@Resolver(() => WatchlistEntry)
export class WatchlistResolver {
  @Mutation(() => WatchlistEntry, { description: "Adds a movie to the viewer's watchlist. Adding it again changes nothing." })
  async addToWatchlist(@Arg('movieId', () => ID) movieId: string, @Ctx() context: RequestContext): Promise<WatchlistEntry> {
    return primeEntry(context, await addToWatchlist(context, await requireWriter(context), movieId));
  }

  @Mutation(() => [ID], { description: "Removes movies from the viewer's watchlist. Returns the ids that were on it. At most 500." })
  @Extensions({ cost: changeCost, listLength: { argument: 'movieIds' } })
  async removeFromWatchlist(@Arg('movieIds', () => [ID]) movieIds: string[], @Ctx() context: RequestContext): Promise<string[]> {
    const removed = await removeFromWatchlist(context, await requireWriter(context), movieIds);
    for (const movieId of removed) context.loaders.watchlistEntry.clear(movieId).prime(movieId, null);
    return removed.map(formatMovieId);
  }

  @Mutation(() => [WatchlistEntry], {
    description:
      'Puts removed entries back on the watchlist with their dates. Movies that are on the list again stay unchanged.\nReturns the entries of all of them. At most 500.',
  })
  @Extensions({ cost: restoreCost, listLength: { argument: 'entries' } })
  async restoreToWatchlist(
    @Arg('entries', () => [RemovedEntryInput]) entries: RemovedEntryInput[],
    @Ctx() context: RequestContext,
  ): Promise<WatchlistEntry[]> {
    const items = await restoreToWatchlist(context, await requireWriter(context), entries);
    return items.map((item) => primeEntry(context, item));
  }

  @Mutation(() => [WatchlistEntry], {
    description:
      'Marks watchlist movies watched or not watched. Returns the entries of the movies that are on the list. At most 500.\nWatched movies are not recommended.',
  })
  @Extensions({ cost: changeCost, listLength: { argument: 'movieIds' } })
  async setWatched(
    @Arg('movieIds', () => [ID]) movieIds: string[],
    @Arg('watched', () => Boolean) watched: boolean,
    @Ctx() context: RequestContext,
  ): Promise<WatchlistEntry[]> {
    const items = await setWatched(context, await requireWriter(context), movieIds, watched);
    return items.map((item) => primeEntry(context, item));
  }

  @FieldResolver(() => Movie)
  movie(@Root() { item }: WatchlistEntry, @Ctx() { loaders }: RequestContext): Movie {
    return loaders.movie.loadKept(item);
  }
}

@Resolver(() => Movie)
export class MovieEntryResolver {
  @FieldResolver(() => WatchlistEntry, {
    nullable: true,
    description: "The movie's entry on the viewer's watchlist. Null when signed out or not on the list.",
  })
  async watchlistEntry(@Root() movie: Movie, @Ctx() context: RequestContext): Promise<WatchlistEntry | null> {
    return (await optionalReader(context)) === null ? null : context.loaders.watchlistEntry.load(movie.movieId);
  }
}

/** The price of a change of many entries. */
function changeCost({ movieIds }: Readonly<Record<string, unknown>>): number {
  return CHANGE_COST + countOf(movieIds) * COST_OF_AN_ENTRY;
}

function restoreCost({ entries }: Readonly<Record<string, unknown>>): number {
  return CHANGE_COST + countOf(entries) * COST_OF_A_RESTORED_ENTRY;
}

/** The entry after a write, also for the rest of the request. */
function primeEntry({ loaders }: RequestContext, item: WatchlistItem): WatchlistEntry {
  const entry = new WatchlistEntry(item);
  loaders.watchlistEntry.clear(item.movieId).prime(item.movieId, entry);
  return entry;
}
