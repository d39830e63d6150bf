import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { EventOutcome, HookEvent } from '../../library/hooks/hook-store.ts';
import type { MediaSource as MediaSourceValue } from '../../library/hooks/media-event.ts';
import { HookEventOutcome, MediaSource } from '../library/hook.type.ts';

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

@ObjectType({
  simpleResolvers: true,
  description:
    'An event of the hook of this server that no account has. The movie is left out: it is the business of the one who watched it.',
})
export class ServerHookEvent {
  readonly #event: HookEvent;

  constructor(event: HookEvent) {
    this.#event = event;
  }

  @Field(() => ID)
  get id(): string {
    return this.#event.eventId;
  }

  @Field(() => MediaSource, { nullable: true, description: 'Null when the event could not be read.' })
  get source(): MediaSourceValue | null {
    return this.#event.name === '' ? null : this.#event.source;
  }

  @Field(() => String, { description: "As the media server names it, e.g. 'PlaybackStop'. Empty when the event could not be read." })
  get name(): string {
    return this.#event.name;
  }

  @Field(() => String, { description: 'The name of the user at the media server. Empty when it did not say.' })
  get mediaUser(): string {
    return this.#event.mediaUser;
  }

  @Field(() => GraphQLDateTime, { description: 'The last delivery.' })
  get receivedAt(): Date {
    return this.#event.receivedAt;
  }

  @Field(() => Int, { description: 'How often the event was delivered.' })
  get deliveries(): number {
    return this.#event.deliveries;
  }

  @Field(() => HookEventOutcome, { description: 'WAITING: nobody has said which account gets the events of this user.' })
  get outcome(): EventOutcome {
    return this.#event.outcome;
  }

  @Field(() => String, { description: 'Why the event could not be read; else empty.' })
  get detail(): string {
    return this.#event.detail;
  }
}
