import { Arg, Ctx, Extensions, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { moviesWithFeedback } from '../../library/feedback.ts';
import type { Signal, WatchlistSort as WatchlistSortValue, WatchlistStatus as WatchlistStatusValue } from '../../library/library-store.ts';
import { presentPreferences } from '../../library/saved-preferences.ts';
import { movieOfEntry, watchlistPage } from '../../library/watchlist.ts';
import { optionalReader } from '../authorization.ts';
import type { RequestContext } from '../context.ts';
import { Movie } from '../movie/movie.type.ts';
import { FeedbackSignal, WatchlistSort, WatchlistStatus } from './library.input.ts';
import { StoredPreferences, Viewer, WatchlistConnection, WatchlistEntry } from './viewer.type.ts';

@Resolver(() => Viewer)
export class ViewerResolver {
  @Query(() => Viewer, { nullable: true, description: 'The signed-in user, or null.' })
  async viewer(@Ctx() context: RequestContext): Promise<Viewer | null> {
    const identity = await optionalReader(context);
    return identity === null ? null : new Viewer(identity);
  }

  @FieldResolver(() => StoredPreferences)
  async preferences(@Root() viewer: Viewer, @Ctx() { library, snapshot }: RequestContext): Promise<StoredPreferences> {
    return presentPreferences(snapshot.catalog, await library.preferences(viewer.id));
  }

  @FieldResolver(() => WatchlistConnection, {
    description:
      'What the viewer wants to watch or has watched. A movie that left the catalogue stays on the list with its id, title and year,\nand is whole again when it comes back.',
  })
  watchlist(
    @Root() viewer: Viewer,
    @Arg('status', () => WatchlistStatus, { defaultValue: WatchlistStatus.ALL }) status: WatchlistStatusValue,
    @Arg('sort', () => WatchlistSort, { defaultValue: WatchlistSort.RECENTLY_ADDED }) sort: WatchlistSortValue,
    @Arg('first', () => Int, { defaultValue: 50, description: 'From 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'A cursor of a list in the same order.' }) after: string | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<WatchlistConnection> {
    return watchlistPage(context, viewer.id, { status, sort, first, after });
  }

  @FieldResolver(() => [Movie], { description: 'The last 500 that were liked, latest first, as far as the catalogue has them.' })
  @Extensions({ usualLength: 50 })
  likedMovies(@Root() viewer: Viewer, @Ctx() context: RequestContext): Promise<Movie[]> {
    return moviesWithFeedback(context, viewer.id, 'LIKE');
  }

  @FieldResolver(() => [Movie], { description: 'The last 500 that were disliked, latest first, as far as the catalogue has them.' })
  @Extensions({ usualLength: 50 })
  dislikedMovies(@Root() viewer: Viewer, @Ctx() context: RequestContext): Promise<Movie[]> {
    return moviesWithFeedback(context, viewer.id, 'DISLIKE');
  }
}

@Resolver(() => WatchlistEntry)
export class WatchlistEntryResolver {
  @FieldResolver(() => Movie)
  movie(@Root() entry: WatchlistEntry, @Ctx() context: RequestContext): Promise<Movie> {
    return movieOfEntry(context, entry);
  }
}

/** What a viewer keeps of a movie, beside what everybody sees of it. */
@Resolver(() => Movie)
export class KeptMovieResolver {
  @FieldResolver(() => FeedbackSignal, {
    nullable: true,
    description: 'What the viewer said of it; null when signed out or nothing was said.',
  })
  async viewerFeedback(@Root() movie: Movie, @Ctx() context: RequestContext): Promise<Signal | null> {
    return (await optionalReader(context)) === null ? null : context.loaders.viewerFeedback.load(Number(movie.id));
  }

  @FieldResolver(() => WatchlistEntry, {
    nullable: true,
    description: "The viewer's watchlist entry for it; null when signed out or not on the list.",
  })
  async watchlistEntry(@Root() movie: Movie, @Ctx() context: RequestContext): Promise<WatchlistEntry | null> {
    return (await optionalReader(context)) === null ? null : context.loaders.watchlistEntry.load(Number(movie.id));
  }
}
