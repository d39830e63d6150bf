import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { MediaSource as MediaSourceValue } from '../../library/hooks/media-event.ts';
import { MediaSource } from '../library/hook.type.ts';

@ObjectType({ simpleResolvers: true, description: 'A user of a media server that sends to the hook of this server.' })
export class HookUser {
  @Field(() => MediaSource)
  source!: MediaSourceValue;

  @Field(() => String, { description: 'The name at the media server.' })
  name!: string;

  @Field(() => ID, { nullable: true, description: 'The account that gets the events. Null: nobody yet.' })
  userId!: string | null;

  @Field(() => String, { nullable: true, description: 'The e-mail address of that account.' })
  email!: string | null;

  @Field(() => GraphQLDateTime)
  seenAt!: Date;

  @Field(() => Int, { description: 'Events that wait for an account.' })
  waiting!: number;
}
