import { Arg, Ctx, Extensions, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { checkedFirst } from '../../list-caps.ts';
import { type GroupQuery, groupListKey, readGroupQuery, recommendForGroup } from '../../recommendations/group-recommendations.ts';
import type { RequestContext } from '../context.ts';
import { Movie } from '../movie/movie.type.ts';
import { OffsetPaging } from '../paging/offset-paging.ts';
import { GroupStrategy } from './group.input.ts';
import { GroupRecommendation, GroupRecommendationConnection, MemberReason } from './group.type.ts';
import { groupCost } from './ranking-cost.ts';
import { PreferencesInput } from './recommendation.input.ts';
import { Reason } from './recommendation.type.ts';

@Resolver(() => GroupRecommendation)
export class GroupResolver {
  @Query(() => GroupRecommendationConnection, {
    description:
      'Movies for a group of 2 to 8 people, best first. Each movie passes the filters of every member. Movies that any member liked,\ndisliked or marked as not interesting are left out. Only the given preferences count, not those of the viewer.',
  })
  @Extensions({ cost: groupCost })
  groupRecommendations(
    @Arg('members', () => [PreferencesInput], { description: 'From 2 to 8.' }) members: PreferencesInput[],
    @Arg('strategy', () => GroupStrategy, { defaultValue: GroupStrategy.LEAST_MISERY }) strategy: GroupQuery['strategy'],
    @Arg('first', () => Int, { defaultValue: 20, description: 'From 1 to 100.' }) first: number,
    @Arg('after', () => String, {
      nullable: true,
      description: 'A cursor of the same list: same members in the same order, same strategy and catalog version.',
    })
    after: string | null | undefined,
    @Ctx() context: RequestContext,
  ): GroupRecommendationConnection {
    const { catalog } = context.snapshot;
    const limit = checkedFirst(first);
    const query = readGroupQuery(catalog, members, strategy);
    const paging = new OffsetPaging(catalog, groupListKey(query));
    const offset = paging.offsetAfter(after);
    const { total, movies } = recommendForGroup(context, query, offset, limit);
    return { ...paging.page(movies, offset, total), ignoredMovieIds: query.ignoredMovieIds };
  }

  @FieldResolver(() => Movie)
  movie(@Root() recommendation: GroupRecommendation, @Ctx() { loaders }: RequestContext): Movie {
    return loaders.movie.load(recommendation.movieIndex);
  }
}

@Resolver(() => MemberReason)
export class MemberReasonResolver {
  @FieldResolver(() => [Reason], {
    description:
      "The parts of the member's own score, largest first; the contributions add up to `score`. Parts after the first ones are summed up\nin one of the kind OTHER.",
  })
  @Extensions({ listLength: { argument: 'first', plus: 1 } })
  reasons(
    @Root() member: MemberReason,
    @Arg('first', () => Int, { defaultValue: 10, description: 'From 1 to 100.' }) first: number,
  ): Reason[] {
    return member.topReasons(checkedFirst(first));
  }
}
