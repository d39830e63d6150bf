import { GraphQLDateTime } from 'graphql-scalars';
import { Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { EventOutcome, HookEvent as HookEventRecord, Hook as HookRecord } from '../../library/hooks/hook-store.ts';
import type { NewHook as MadeHook } from '../../library/hooks/hooks.ts';
import type { MediaSource as MediaSourceValue } from '../../library/hooks/media-event.ts';

export const MediaSource: { [S in MediaSourceValue]: S } = { JELLYFIN: 'JELLYFIN', EMBY: 'EMBY', PLEX: 'PLEX', KODI: 'KODI' };
registerEnumType(MediaSource, {
  name: 'MediaSource',
  description: 'What sent an event.',
  valuesConfig: { KODI: { description: 'Kodi, or a program of your own.' } },
});

export const HookEventOutcome: { [O in EventOutcome]: O } = {
  TAKEN: 'TAKEN',
  SAME: 'SAME',
  KEPT: 'KEPT',
  OUTDATED: 'OUTDATED',
  UNMARKED: 'UNMARKED',
  WAITING: 'WAITING',
  FULL: 'FULL',
  NOT_A_MOVIE: 'NOT_A_MOVIE',
  NOT_FINISHED: 'NOT_FINISHED',
  OTHER_EVENT: 'OTHER_EVENT',
  OTHER_USER: 'OTHER_USER',
  DISABLED: 'DISABLED',
  UNREADABLE: 'UNREADABLE',
};
registerEnumType(HookEventOutcome, {
  name: 'HookEventOutcome',
  description: 'What became of an event.',
  valuesConfig: {
    TAKEN: { description: 'It changed what is kept.' },
    SAME: { description: 'That was known.' },
    KEPT: { description: 'What the viewer said here stays.' },
    OUTDATED: { description: 'A later event of the same movie came first.' },
    UNMARKED: { description: 'The movie is no longer watched over there. Here it stays.' },
    WAITING: { description: 'The catalog lacks the movie. The event is taken when it has it.' },
    FULL: { description: 'A list has no room.' },
    NOT_A_MOVIE: { description: 'It is about a series or a song.' },
    NOT_FINISHED: { description: 'Less than 80 % was played.' },
    OTHER_EVENT: { description: 'Events of this kind say nothing about a movie.' },
    OTHER_USER: { description: 'It is of another user than the one that the hook takes.' },
    DISABLED: { description: 'The account of this user is disabled.' },
    UNREADABLE: { description: 'It could not be read; `detail` says why.' },
  },
});

@ObjectType({ simpleResolvers: true, description: 'An address to which media servers send what was watched.' })
export class Hook {
  constructor({ start, mediaUser, createdAt }: HookRecord) {
    this.start = start;
    this.mediaUser = mediaUser;
    this.createdAt = createdAt;
  }

  @Field(() => String, { description: 'The first letters of the token.' })
  readonly start: string;

  @Field(() => String, { nullable: true, description: 'Only events of this user of the media server count. Null: all of them.' })
  readonly mediaUser: string | null;

  @Field(() => GraphQLDateTime)
  readonly createdAt: Date;
}

@ObjectType({ simpleResolvers: true, description: 'A hook that was made now.' })
export class NewHook {
  constructor({ token, hook }: MadeHook) {
    this.token = token;
    this.hook = new Hook(hook);
  }

  @Field(() => String, { description: 'The secret of the address /hooks/TOKEN. It is shown once.' })
  readonly token: string;

  @Field(() => Hook)
  readonly hook: Hook;
}

@ObjectType({ simpleResolvers: true, description: 'An event of a media server, and what became of it.' })
export class HookEvent {
  readonly item: HookEventRecord;

  constructor(item: HookEventRecord) {
    this.item = item;
  }

  @Field(() => ID)
  get id(): string {
    return this.item.eventId;
  }

  @Field(() => MediaSource)
  get source(): MediaSourceValue {
    return this.item.source;
  }

  @Field(() => String, { description: "As the media server names it, e.g. 'PlaybackStop'." })
  get name(): string {
    return this.item.name;
  }

  @Field(() => String, { description: 'The name of the user at the media server. Empty when it did not say.' })
  get mediaUser(): string {
    return this.item.mediaUser;
  }

  @Field(() => String, { description: 'Title of the movie, as the media server writes it.' })
  get title(): string {
    return this.item.clues.title;
  }

  @Field(() => Int, { nullable: true })
  get year(): number | null {
    return this.item.clues.year;
  }

  @Field(() => Boolean, { nullable: true, description: 'Whether the event says that the movie is watched. Null: it says nothing of it.' })
  get watched(): boolean | null {
    return this.item.says.watched ?? null;
  }

  @Field(() => Boolean, { nullable: true, description: 'Whether the movie is a favourite. Null: the event says nothing of it.' })
  get liked(): boolean | null {
    return this.item.says.liked ?? null;
  }

  @Field(() => Float, { nullable: true, description: 'From 0.5 to 5, in halves.' })
  get stars(): number | null {
    return this.item.says.stars ?? null;
  }

  @Field(() => GraphQLDateTime)
  get happenedAt(): Date {
    return this.item.happenedAt;
  }

  @Field(() => GraphQLDateTime, { description: 'The last delivery.' })
  get receivedAt(): Date {
    return this.item.receivedAt;
  }

  @Field(() => Int, { description: 'How often the event was delivered. It counts once.' })
  get deliveries(): number {
    return this.item.deliveries;
  }

  @Field(() => HookEventOutcome)
  get outcome(): EventOutcome {
    return this.item.outcome;
  }

  @Field(() => String, { description: 'Why the event could not be read; else empty.' })
  get detail(): string {
    return this.item.detail;
  }
}
