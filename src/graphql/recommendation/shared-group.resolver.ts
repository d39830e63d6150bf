import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import { changeGroup, countVotes, createGroup, voteInGroup } from '../../library/groups/groups.ts';
import type { SharedGroup as StoredGroup } from '../../library/groups/shared-group.ts';
import { optionalReader, requireWriter } from '../authorization.ts';
import type { RequestContext } from '../context.ts';
import { SharedGroupInput } from './shared-group.input.ts';
import { SharedGroup, SharedGroupChange } from './shared-group.type.ts';

@Resolver(() => SharedGroup)
export class SharedGroupResolver {
  @Query(() => SharedGroup, { nullable: true, description: 'The group with this id; null when there is none.' })
  async sharedGroup(@Arg('id', () => ID) id: string, @Ctx() context: RequestContext): Promise<SharedGroup | null> {
    const viewer = await optionalReader(context);
    const group = await context.library.groups.find(id);
    return group === undefined ? null : shown(group, viewer?.userId);
  }

  @Mutation(() => SharedGroup, {
    description: 'Makes a group that everybody with its id shares. The last 20 of a user are kept, as long as the user is.',
  })
  async createSharedGroup(
    @Arg('group', () => SharedGroupInput) group: SharedGroupInput,
    @Ctx() context: RequestContext,
  ): Promise<SharedGroup> {
    const { userId } = await requireWriter(context);
    return shown(await createGroup(context, userId, group), userId);
  }

  @Mutation(() => SharedGroupChange, {
    nullable: true,
    description: 'Changes a group, unless it has another version by then. Null when there is none. Votes stay.',
  })
  async changeSharedGroup(
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int, { description: 'The version that was read.' }) version: number,
    @Arg('group', () => SharedGroupInput) group: SharedGroupInput,
    @Ctx() context: RequestContext,
  ): Promise<SharedGroupChange | null> {
    const { userId } = await requireWriter(context);
    const change = await changeGroup(context, { id, version, plan: group });
    return change === undefined ? null : { saved: change.saved, group: shown(change.group, userId) };
  }

  @Mutation(() => SharedGroup, {
    nullable: true,
    description:
      'Votes for a movie, or takes the vote back. Everybody has 10 votes in a group, and 20 people can vote. Null when there is none.',
  })
  async voteInSharedGroup(
    @Arg('id', () => ID) id: string,
    @Arg('movieId', () => ID) movieId: string,
    @Arg('vote', () => Boolean) vote: boolean,
    @Ctx() context: RequestContext,
  ): Promise<SharedGroup | null> {
    const { userId } = await requireWriter(context);
    const group = await voteInGroup(context, userId, { id, movieId, vote });
    return group === undefined ? null : shown(group, userId);
  }
}

function shown(group: StoredGroup, userId: string | undefined): SharedGroup {
  const { id, version, plan } = group;
  return { id, version, ...plan, votes: countVotes(group, userId) };
}
