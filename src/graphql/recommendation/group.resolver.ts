import { Arg, Ctx, Extensions, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import type { GroupStrategy as GroupStrategyValue } from '../../engine/recommender/group.ts';
import { recommendForGroup } from '../../recommendations/recommend-for-group.ts';
import type { RequestContext } from '../context.ts';
import { Movie } from '../movie/movie.type.ts';
import { GroupStrategy } from './group.input.ts';
import { GroupRecommendation, GroupRecommendationConnection } from './group.type.ts';
import { PreferencesInput } from './recommendation.input.ts';

@Resolver(() => GroupRecommendation)
export class GroupResolver {
  @Query(() => GroupRecommendationConnection, {
    description:
      'Movies for 2 to 8 people together, best first. The filters of all members hold together, and nothing that any of them liked,\ndisliked or marked is shown. Only what is given counts, nothing that is stored.',
  })
  @Extensions({ cost: 300 })
  groupRecommendations(
    @Arg('members', () => [PreferencesInput], { description: 'From 2 to 8.' }) members: PreferencesInput[],
    @Arg('strategy', () => GroupStrategy, { defaultValue: GroupStrategy.LEAST_MISERY }) strategy: GroupStrategyValue,
    @Arg('first', () => Int, { defaultValue: 20, description: 'From 1 to 100.' }) first: number,
    @Arg('after', () => String, {
      nullable: true,
      description: 'A cursor of the same list: same members in the same order, same strategy and catalogue version.',
    })
    after: string | null | undefined,
    @Ctx() context: RequestContext,
  ): GroupRecommendationConnection {
    return recommendForGroup(context, { members, strategy, first, after });
  }

  @FieldResolver(() => Movie)
  movie(@Root() recommendation: GroupRecommendation, @Ctx() { loaders }: RequestContext): Promise<Movie> {
    return loaders.movie.load(recommendation.movieIndex);
  }
}
