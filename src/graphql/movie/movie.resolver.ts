import { Arg, Ctx, Extensions, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { similarMovies } from '../../recommendations/similar-movies.ts';
import type { RequestContext } from '../context.ts';
import { Recommendation } from '../recommendation/recommendation.type.ts';
import { MovieFilterInput } from './movie.input.ts';
import { Movie } from './movie.type.ts';
import { MovieConnection } from './movie-connection.type.ts';
import { movieById, moviesById } from './movie-lookup.ts';
import { searchMovies } from './movie-search.ts';
import { posterUrl } from './poster-url.ts';

@Resolver(() => Movie)
export class MovieResolver {
  @Query(() => Movie, { nullable: true, description: 'One movie, or null when the catalogue has no such id.' })
  movie(@Arg('id', () => ID) id: string, @Ctx() context: RequestContext): Promise<Movie | null> {
    return movieById(context, id);
  }

  @Query(() => [Movie], {
    nullable: 'items',
    description: 'The movies with these ids, in the order asked; null where there is none. At most 500 ids.',
  })
  movies(@Arg('ids', () => [ID]) ids: string[], @Ctx() context: RequestContext): Promise<(Movie | null)[]> {
    return moviesById(context, ids);
  }

  @Query(() => MovieConnection, {
    description:
      'Title search: prefix and typo tolerant, best match first. Words may come in any order, accents and articles may be missing, and\noriginal and alternative titles count. An empty query finds nothing.',
  })
  @Extensions({ cost: 20 })
  searchMovies(
    @Arg('query', () => String, { description: 'Up to 200 characters.' }) query: string,
    @Arg('filter', () => MovieFilterInput, { nullable: true }) filter: MovieFilterInput | null | undefined,
    @Arg('first', () => Int, { defaultValue: 20, description: 'From 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'A cursor of the same search.' }) after: string | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<MovieConnection> {
    return searchMovies(context, { query, filter, first, after });
  }

  @FieldResolver(() => String, { nullable: true, description: 'Width in pixels; null when the movie has no poster.' })
  posterUrl(@Root() movie: Movie, @Arg('width', () => Int, { defaultValue: 342 }) width: number): string | null {
    return posterUrl(movie.posterPath, width);
  }

  @FieldResolver(() => [Recommendation], { description: 'Movies most like this one, best first.' })
  @Extensions({ cost: 50 })
  similar(
    @Root() movie: Movie,
    @Arg('first', () => Int, { defaultValue: 10, description: 'From 1 to 100.' }) first: number,
    @Ctx() context: RequestContext,
  ): Recommendation[] {
    return movie.isInCatalog ? similarMovies(context, movie.index, first) : [];
  }
}
