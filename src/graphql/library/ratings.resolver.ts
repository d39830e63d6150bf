import { Arg, Ctx, FieldResolver, Float, ID, Int, Mutation, Resolver, Root } from 'type-graphql';
import { rateMovie, ratingsPage } from '../../library/history.ts';
import type { RatingSort as RatingSortValue } from '../../library/history-store.ts';
import { optionalReader, requireWriter } from '../authorization.ts';
import type { RequestContext } from '../context.ts';
import { Movie } from '../movie/movie.type.ts';
import { Rating, RatingConnection, RatingSort } from './history.type.ts';
import { Viewer } from './viewer.type.ts';

@Resolver(() => Movie)
export class RatingsResolver {
  @Mutation(() => Movie, {
    description:
      'Rates a movie for the viewer. Null removes the rating. From 4 stars on it becomes a like, up to 2 a dislike, unless the viewer gave\nfeedback of another kind.',
  })
  async rateMovie(
    @Arg('movieId', () => ID) movieId: string,
    @Arg('stars', () => Float, { nullable: true, description: 'From 0.5 to 5, in halves.' }) stars: number | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Movie> {
    const index = await rateMovie(context, await requireWriter(context), movieId, stars ?? null);
    const movie = context.loaders.movie.load(index);
    context.loaders.viewerRating.clear(movie.movieId).prime(movie.movieId, stars ?? null);
    context.loaders.viewerFeedback.clear(movie.movieId);
    return movie;
  }

  @FieldResolver(() => Float, {
    nullable: true,
    description: "The viewer's rating, from 0.5 to 5 stars in halves. Null when signed out or not rated.",
  })
  async viewerRating(@Root() movie: Movie, @Ctx() context: RequestContext): Promise<number | null> {
    return (await optionalReader(context)) === null ? null : context.loaders.viewerRating.load(movie.movieId);
  }
}

@Resolver(() => Rating)
export class RatingNodeResolver {
  @FieldResolver(() => Movie)
  movie(@Root() { item }: Rating, @Ctx() { loaders }: RequestContext): Movie {
    return loaders.movie.loadKept(item);
  }
}

@Resolver(() => Viewer)
export class ViewerRatingsResolver {
  @FieldResolver(() => RatingConnection, { description: 'The ratings of the viewer. A movie that left the catalog keeps its rating.' })
  async ratings(
    @Root() viewer: Viewer,
    @Arg('sort', () => RatingSort, { defaultValue: RatingSort.RECENTLY_RATED }) sort: RatingSortValue,
    @Arg('starsMin', () => Float, { nullable: true }) starsMin: number | null | undefined,
    @Arg('starsMax', () => Float, { nullable: true }) starsMax: number | null | undefined,
    @Arg('first', () => Int, { defaultValue: 50, description: 'From 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'A cursor of a list with the same sort order.' })
    after: string | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<RatingConnection> {
    const request = { sort, first, after, starsMin: starsMin ?? null, starsMax: starsMax ?? null };
    return new RatingConnection(await ratingsPage(context, viewer, request));
  }
}
