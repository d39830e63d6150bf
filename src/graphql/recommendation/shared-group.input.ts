import { Field, ID, InputType, Int } from 'type-graphql';
import type { GroupMember, GroupPlan } from '../../library/groups/shared-group.ts';
import { GroupStrategy } from './group.input.ts';

@InputType({ description: 'A member of a group, and the movies that they like.' })
export class SharedGroupMemberInput implements GroupMember {
  @Field(() => String, { description: 'At most 30 characters. Empty: the group has no name for this member.' })
  name!: string;

  @Field(() => [ID], { description: 'At most 30 movies.' })
  movieIds!: string[];
}

@InputType({ description: 'What everybody with the link of a group may change.' })
export class SharedGroupInput implements GroupPlan {
  @Field(() => [SharedGroupMemberInput], { description: 'From 1 to 8.' })
  members!: SharedGroupMemberInput[];

  @Field(() => GroupStrategy)
  strategy!: GroupPlan['strategy'];

  @Field(() => [String], { description: 'Ids or names of services, at most 50. Empty: any.' })
  services!: string[];

  @Field(() => Int, { nullable: true, description: 'Minutes, from 1 to 1,000. Null: no bound.' })
  runtimeMax!: number | null;
}
