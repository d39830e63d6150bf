import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import { clearFeedback, setFeedback } from '../../library/feedback.ts';
import { readSavedPreferences } from '../../library/saved-preferences.ts';
import { addToWatchlist, removeFromWatchlist, restoreToWatchlist, setWatched } from '../../library/watchlist.ts';
import { requireWriter } from '../authorization.ts';
import type { RequestContext } from '../context.ts';
import { Movie } from '../movie/movie.type.ts';
import { FeedbackSignal, type FeedbackSignalValue, RemovedEntryInput, StoredPreferencesInput } from './library.input.ts';
import { Viewer, WatchlistEntry } from './viewer.type.ts';

@Resolver()
export class LibraryResolver {
  @Mutation(() => WatchlistEntry, { description: "Adds a movie to the viewer's watchlist. Adding it again changes nothing." })
  addToWatchlist(@Arg('movieId', () => ID) movieId: string, @Ctx() context: RequestContext): Promise<WatchlistEntry> {
    return addToWatchlist(context, movieId);
  }

  @Mutation(() => [ID], { description: "Removes movies from the viewer's watchlist; returns the ids that were on it. At most 500." })
  removeFromWatchlist(@Arg('movieIds', () => [ID]) movieIds: string[], @Ctx() context: RequestContext): Promise<string[]> {
    return removeFromWatchlist(context, movieIds);
  }

  @Mutation(() => [WatchlistEntry], {
    description:
      'Puts back what was removed from the watchlist, with its dates; what is on the list again already stays as it is. At most 500.\nReturns the entries of all of them.',
  })
  restoreToWatchlist(
    @Arg('entries', () => [RemovedEntryInput]) entries: RemovedEntryInput[],
    @Ctx() context: RequestContext,
  ): Promise<WatchlistEntry[]> {
    return restoreToWatchlist(context, entries);
  }

  @Mutation(() => [WatchlistEntry], {
    description:
      'Marks watchlist movies watched or not watched; returns the entries of those that are on the list. At most 500.\nWatched movies are not recommended.',
  })
  setWatched(
    @Arg('movieIds', () => [ID]) movieIds: string[],
    @Arg('watched', () => Boolean) watched: boolean,
    @Ctx() context: RequestContext,
  ): Promise<WatchlistEntry[]> {
    return setWatched(context, movieIds, watched);
  }

  @Mutation(() => Movie, { description: 'Sets or, with NONE, clears what the viewer said of a movie.' })
  setFeedback(
    @Arg('movieId', () => ID) movieId: string,
    @Arg('signal', () => FeedbackSignal) signal: FeedbackSignalValue,
    @Ctx() context: RequestContext,
  ): Promise<Movie> {
    return setFeedback(context, movieId, signal);
  }

  @Mutation(() => Viewer, { description: "Replaces the viewer's stored preferences." })
  async updatePreferences(
    @Arg('preferences', () => StoredPreferencesInput) preferences: StoredPreferencesInput,
    @Ctx() context: RequestContext,
  ): Promise<Viewer> {
    const identity = await requireWriter(context);
    await context.library.setPreferences(identity.userId, readSavedPreferences(context.snapshot.catalog, preferences));
    return new Viewer(identity);
  }

  @Mutation(() => Viewer, { description: 'Removes every like, dislike and not-interested mark of the viewer.' })
  async clearFeedback(@Ctx() context: RequestContext): Promise<Viewer> {
    await clearFeedback(context);
    return new Viewer(await requireWriter(context));
  }
}
