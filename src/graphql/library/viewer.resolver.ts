import { Arg, Ctx, Extensions, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { moviesWithFeedback } from '../../library/feedback.ts';
import type { WatchlistSort as WatchlistSortValue, WatchlistStatus as WatchlistStatusValue } from '../../library/library-store.ts';
import { updatePreferences, viewerPreferences } from '../../library/saved-preferences.ts';
import type { Signal } from '../../library/signal.ts';
import { watchlistPage } from '../../library/watchlist.ts';
import { checkedFirst, MAX_IDS } from '../../list-caps.ts';
import { optionalReader, requireWriter } from '../authorization.ts';
import type { RequestContext } from '../context.ts';
import { Movie } from '../movie/movie.type.ts';
import { StoredPreferencesInput, WatchlistSort, WatchlistStatus } from './library.input.ts';
import { StoredPreferences, Viewer, WatchlistConnection } from './viewer.type.ts';

@Resolver(() => Viewer)
export class ViewerResolver {
  @Query(() => Viewer, { nullable: true, description: 'The signed-in user, or null.' })
  async viewer(@Ctx() context: RequestContext): Promise<Viewer | null> {
    const identity = await optionalReader(context);
    return identity === null ? null : new Viewer(identity);
  }

  @Mutation(() => Viewer, { description: "Replaces the viewer's stored preferences." })
  async updatePreferences(
    @Arg('preferences', () => StoredPreferencesInput) preferences: StoredPreferencesInput,
    @Ctx() context: RequestContext,
  ): Promise<Viewer> {
    const identity = await requireWriter(context);
    await updatePreferences(context, identity, preferences);
    return new Viewer(identity);
  }

  @FieldResolver(() => StoredPreferences)
  preferences(@Root() viewer: Viewer, @Ctx() context: RequestContext): Promise<StoredPreferences> {
    return viewerPreferences(context, viewer);
  }

  @FieldResolver(() => WatchlistConnection, {
    description:
      'Movies that the viewer wants to watch or has watched. A movie that left the catalog stays on the list with its id, title and year.\nIts other fields are filled again when it comes back.',
  })
  async watchlist(
    @Root() viewer: Viewer,
    @Arg('status', () => WatchlistStatus, { defaultValue: WatchlistStatus.ALL }) status: WatchlistStatusValue,
    @Arg('sort', () => WatchlistSort, { defaultValue: WatchlistSort.RECENTLY_ADDED }) sort: WatchlistSortValue,
    @Arg('first', () => Int, { defaultValue: 50, description: 'From 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'A cursor of a list with the same sort order.' })
    after: string | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<WatchlistConnection> {
    return new WatchlistConnection(await watchlistPage(context, viewer, { status, sort, first, after }));
  }

  @FieldResolver(() => [Movie], { description: 'The last 500 liked movies that the catalog has, latest first.' })
  @Extensions({ listLength: { argument: 'first', max: MAX_IDS } })
  likedMovies(
    @Root() viewer: Viewer,
    @Arg('first', () => Int, { defaultValue: MAX_IDS, description: 'From 1 to 500.' }) first: number,
    @Ctx() context: RequestContext,
  ): Promise<Movie[]> {
    return loadMoviesWithFeedback(context, viewer, 'LIKE', checkedFirst(first, MAX_IDS));
  }

  @FieldResolver(() => [Movie], { description: 'The last 500 disliked movies that the catalog has, latest first.' })
  @Extensions({ listLength: { argument: 'first', max: MAX_IDS } })
  dislikedMovies(
    @Root() viewer: Viewer,
    @Arg('first', () => Int, { defaultValue: MAX_IDS, description: 'From 1 to 500.' }) first: number,
    @Ctx() context: RequestContext,
  ): Promise<Movie[]> {
    return loadMoviesWithFeedback(context, viewer, 'DISLIKE', checkedFirst(first, MAX_IDS));
  }

  @FieldResolver(() => [Movie], { description: 'The last 500 movies marked as not interesting that the catalog has, latest first.' })
  @Extensions({ listLength: { argument: 'first', max: MAX_IDS } })
  notInterestedMovies(
    @Root() viewer: Viewer,
    @Arg('first', () => Int, { defaultValue: MAX_IDS, description: 'From 1 to 500.' }) first: number,
    @Ctx() context: RequestContext,
  ): Promise<Movie[]> {
    return loadMoviesWithFeedback(context, viewer, 'NOT_INTERESTED', checkedFirst(first, MAX_IDS));
  }
}

async function loadMoviesWithFeedback(context: RequestContext, viewer: Viewer, signal: Signal, first: number): Promise<Movie[]> {
  const indices = await moviesWithFeedback(context, viewer, signal, first);
  return indices.map((index) => context.loaders.movie.load(index));
}
