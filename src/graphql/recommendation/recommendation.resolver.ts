import { Arg, Ctx, Extensions, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import type { Mode } from '../../engine/recommender/recommender.ts';
import { recommend } from '../../recommendations/recommend.ts';
import { recommendMovie } from '../../recommendations/recommend-movie.ts';
import type { RequestContext } from '../context.ts';
import { Movie } from '../movie/movie.type.ts';
import { PreferencesInput, RecommendationMode } from './recommendation.input.ts';
import { Reason, Recommendation, RecommendationConnection } from './recommendation.type.ts';

@Resolver(() => Recommendation)
export class RecommendationResolver {
  @Query(() => RecommendationConnection, {
    description:
      "Movies ranked for the given preferences, best first. Filters are exact: whenever the\ncatalogue holds `first` movies that pass them, `first` movies come back.\nA signed-in viewer's stored likes, dislikes and preferences fill every field that `prefs` leaves out; what they said something of\nor watched never comes back.",
  })
  @Extensions({ cost: 50 })
  recommendations(
    @Arg('prefs', () => PreferencesInput, { nullable: true, defaultValue: {} }) prefs: PreferencesInput | null,
    @Arg('mode', () => RecommendationMode, { defaultValue: RecommendationMode.FOR_YOU }) mode: Mode,
    @Arg('first', () => Int, { defaultValue: 20, description: 'From 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'A cursor of the same list: same preferences, mode and catalogue version.' })
    after: string | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<RecommendationConnection> {
    return recommend(context, { prefs: prefs ?? {}, mode, first, after });
  }

  @Query(() => Recommendation, {
    nullable: true,
    description:
      'One movie as `recommendations` scores it in the mode FOR_YOU, with its reasons: also one that the filters leave out, or that something\nwas said of, which does not count here. Null when the catalogue has no such id.',
  })
  @Extensions({ cost: 50 })
  recommendation(
    @Arg('movieId', () => ID) movieId: string,
    @Arg('prefs', () => PreferencesInput, { nullable: true, defaultValue: {} }) prefs: PreferencesInput | null,
    @Ctx() context: RequestContext,
  ): Promise<Recommendation | null> {
    return recommendMovie(context, movieId, prefs ?? {});
  }

  @FieldResolver(() => Movie)
  movie(@Root() recommendation: Recommendation, @Ctx() { loaders }: RequestContext): Promise<Movie> {
    return loaders.movie.load(recommendation.movieIndex);
  }
}

@Resolver(() => Reason)
export class ReasonResolver {
  @FieldResolver(() => Movie, { nullable: true, description: 'The movie behind a LIKED_MOVIE or DISLIKED_MOVIE reason.' })
  async movie(@Root() { movieIndex }: Reason, @Ctx() { loaders }: RequestContext): Promise<Movie | null> {
    return movieIndex === null ? null : loaders.movie.load(movieIndex);
  }
}
