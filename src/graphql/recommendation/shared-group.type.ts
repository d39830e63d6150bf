import { Extensions, Field, ID, Int, ObjectType } from 'type-graphql';
import type { VoteCount } from '../../library/groups/groups.ts';
import {
  type GroupMember,
  type GroupPlan,
  MAX_GROUP_MEMBERS,
  MAX_GROUP_SERVICES,
  MAX_MEMBER_MOVIES,
  MAX_VOTERS,
  MAX_VOTES_OF_A_VOTER,
} from '../../library/groups/shared-group.ts';
import { GroupStrategy } from './group.input.ts';

/** There are many, and they are in memory. */
const VOTE_FIELD_COST = 0.05;

@ObjectType({ simpleResolvers: true, description: 'A member of a group, and the movies that they like.' })
export class SharedGroupMember implements GroupMember {
  @Field(() => String, { description: 'Empty when the group has no name for this member.' })
  name!: string;

  @Field(() => [ID])
  @Extensions({ listLength: MAX_MEMBER_MOVIES })
  movieIds!: string[];
}

@ObjectType({ simpleResolvers: true, description: 'How many people of a group want to watch a movie.' })
export class GroupVotes implements VoteCount {
  @Field(() => ID)
  @Extensions({ cost: VOTE_FIELD_COST })
  movieId!: string;

  @Field(() => Int)
  @Extensions({ cost: VOTE_FIELD_COST })
  count!: number;

  @Field(() => Boolean, { description: 'Whether the viewer voted for it.' })
  @Extensions({ cost: VOTE_FIELD_COST })
  mine!: boolean;
}

@ObjectType({
  simpleResolvers: true,
  description:
    'A group that looks for a movie together. Everybody who knows the id may read it; whoever has a session may change it and vote.',
})
export class SharedGroup implements GroupPlan {
  @Field(() => ID)
  id!: string;

  @Field(() => Int, { description: 'Rises by one with each change and each vote.' })
  version!: number;

  @Field(() => [SharedGroupMember])
  @Extensions({ listLength: MAX_GROUP_MEMBERS })
  members!: SharedGroupMember[];

  @Field(() => GroupStrategy)
  strategy!: GroupPlan['strategy'];

  @Field(() => [String], { description: 'Ids of the services that the movie may be on. Empty: any.' })
  @Extensions({ listLength: MAX_GROUP_SERVICES })
  services!: string[];

  @Field(() => Int, { nullable: true, description: 'The greatest length in minutes.' })
  runtimeMax!: number | null;

  @Field(() => [GroupVotes], { description: 'Most votes first.' })
  @Extensions({ listLength: MAX_VOTERS * MAX_VOTES_OF_A_VOTER })
  votes!: GroupVotes[];
}

@ObjectType({ simpleResolvers: true, description: 'The answer to a change of a group.' })
export class SharedGroupChange {
  @Field(() => Boolean, { description: 'False when the group had another version by then. Nothing was changed.' })
  saved!: boolean;

  @Field(() => SharedGroup, { description: 'The group as it is now.' })
  group!: SharedGroup;
}
