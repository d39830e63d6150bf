import { Arg, Ctx, Extensions, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import type { MovieSort } from '../../catalog/movie-sort.ts';
import type { Viewer } from '../../library/dependencies.ts';
import { checkedFirst } from '../../list-caps.ts';
import { type RecommendationRequest, recommend, recommendationListKey } from '../../recommendations/recommend.ts';
import { readPreferences } from '../../recommendations/recommendation-query.ts';
import { scoreMovie } from '../../recommendations/score-movie.ts';
import { nullWhenAway } from '../../service-error.ts';
import type { RequestContext } from '../context.ts';
import { findSharedWatchlist } from '../library/shared-watchlist.resolver.ts';
import { MovieSortEnum } from '../movie/movie.input.ts';
import { Movie } from '../movie/movie.type.ts';
import { OffsetPaging } from '../paging/offset-paging.ts';
import { AppliedFilters } from './applied-filters.type.ts';
import { rankingCost } from './ranking-cost.ts';
import { PreferencesInput, RecommendationMode } from './recommendation.input.ts';
import { Reason, Recommendation, RecommendationConnection } from './recommendation.type.ts';

@Resolver(() => Recommendation)
export class RecommendationResolver {
  @Query(() => RecommendationConnection, {
    description:
      'Movies ranked for the given preferences, best first. Filters are exact: when `first` movies of the catalog pass them, `first` movies\ncome back. Stored likes, dislikes and preferences of a signed-in viewer fill every field that `prefs` leaves out. Movies that the\nviewer gave feedback on or watched never come back.',
  })
  @Extensions({ cost: rankingCost })
  async recommendations(
    @Arg('prefs', () => PreferencesInput, { nullable: true, defaultValue: {} }) prefs: PreferencesInput | null,
    @Arg('mode', () => RecommendationMode, { defaultValue: RecommendationMode.FOR_YOU }) mode: RecommendationRequest['mode'],
    @Arg('first', () => Int, { defaultValue: 20, description: 'From 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'A cursor of the same list: same preferences, mode and catalog version.' })
    after: string | null | undefined,
    @Arg('sort', () => MovieSortEnum, {
      nullable: true,
      description: 'Sorts by a fact instead of the score. Filters, scores and reasons are the same.',
    })
    sort: MovieSort | null | undefined,
    @Arg('onWatchlist', () => Boolean, {
      defaultValue: false,
      description: 'Only movies that the viewer wants to watch, also those with feedback. None when signed out.',
    })
    onWatchlist: boolean,
    @Arg('sharedWatchlistId', () => ID, {
      nullable: true,
      description:
        'Only movies that are still to be watched on the shared watchlist with this id, the last 1,000 added. None when there is no such list.',
    })
    sharedWatchlistId: string | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<RecommendationConnection> {
    const { catalog } = context.snapshot;
    const limit = checkedFirst(first);
    const sharedWatchlist =
      sharedWatchlistId == null
        ? undefined
        : { id: sharedWatchlistId, ownerId: (await findSharedWatchlist(context, sharedWatchlistId))?.userId };
    const preferences = readPreferences(catalog, prefs ?? {});
    const request = { preferences, mode, sort: sort ?? undefined, onWatchlist, sharedWatchlist };
    return forViewer(context, async (viewer) => {
      const paging = new OffsetPaging(catalog, recommendationListKey(viewer, request));
      const offset = paging.offsetAfter(after);
      const { total, movies, ...applied } = await recommend(context, viewer, request, offset, limit);
      const { ignoredMovieIds } = request.preferences;
      return { ...paging.page(movies, offset, total), ignoredMovieIds, appliedFilters: new AppliedFilters(catalog, applied) };
    });
  }

  @Query(() => Recommendation, {
    nullable: true,
    description:
      'One movie as `recommendations` scores it, with its reasons, also when the filters leave it out. Feedback on this movie does not count.\nNull when the catalog has no such id.',
  })
  @Extensions({ cost: 50 })
  async recommendation(
    @Arg('movieId', () => ID) movieId: string,
    @Arg('prefs', () => PreferencesInput, { nullable: true, defaultValue: {} }) prefs: PreferencesInput | null,
    @Arg('mode', () => RecommendationMode, { defaultValue: RecommendationMode.FOR_YOU }) mode: RecommendationRequest['mode'],
    @Ctx() context: RequestContext,
  ): Promise<Recommendation | null> {
    const preferences = readPreferences(context.snapshot.catalog, prefs ?? {});
    return forViewer(context, (viewer) => scoreMovie(context, viewer, movieId, preferences, mode));
  }

  @FieldResolver(() => Movie)
  movie(@Root() recommendation: Recommendation, @Ctx() { loaders }: RequestContext): Movie {
    return loaders.movie.load(recommendation.movieIndex);
  }

  @FieldResolver(() => [Reason], {
    description:
      'The parts of the score, largest first; the contributions add up to `score`. Parts after the first ones are summed up in one of\nthe kind OTHER.',
  })
  @Extensions({ listLength: { argument: 'first', plus: 1 } })
  reasons(
    @Root() recommendation: Recommendation,
    @Arg('first', () => Int, { defaultValue: 10, description: 'From 1 to 100.' }) first: number,
  ): Reason[] {
    return recommendation.topReasons(checkedFirst(first));
  }
}

@Resolver(() => Reason)
export class ReasonResolver {
  @FieldResolver(() => Movie, { nullable: true, description: 'The movie behind a LIKED_MOVIE, DISLIKED_MOVIE or RATED_MOVIE reason.' })
  // The reasons of a list name the same few movies, so the loader has most of them already.
  @Extensions({ cost: 0.5 })
  movie(@Root() { movieIndex }: Reason, @Ctx() { loaders }: RequestContext): Movie | null {
    return movieIndex === null ? null : loaders.movie.load(movieIndex);
  }
}

/**
 * An API key without the scope `read` gets the recommendations of a signed-out caller, not an error. So does everybody while the database
 * is away: recommendations need no account.
 */
async function forViewer<T>(context: RequestContext, answer: (viewer: Viewer | null) => Promise<T>): Promise<T> {
  const reader = await context.readerIfAny();
  if (reader === null) return answer(null);
  return (await answer(reader).catch(nullWhenAway)) ?? answer(null);
}
