import { GraphQLDateTime } from 'graphql-scalars';
import { Field, Float, ID, InputType, Int, registerEnumType } from 'type-graphql';
import type { WatchlistSort as WatchlistSortValue, WatchlistStatus as WatchlistStatusValue } from '../../library/library-store.ts';
import type { Signal } from '../../library/signal.ts';

export type FeedbackSignalValue = Signal | 'NONE';

export const FeedbackSignal: { [S in FeedbackSignalValue]: S } = {
  LIKE: 'LIKE',
  DISLIKE: 'DISLIKE',
  NOT_INTERESTED: 'NOT_INTERESTED',
  NONE: 'NONE',
};

registerEnumType(FeedbackSignal, {
  name: 'FeedbackSignal',
  description: 'Feedback of a viewer on a movie. Movies with feedback are not recommended again.',
  valuesConfig: {
    LIKE: { description: 'More like this.' },
    DISLIKE: { description: 'Less like this.' },
    NOT_INTERESTED: { description: 'Not this movie. It does not change the recommendation of other movies.' },
    NONE: { description: 'Clears the feedback. It is an input only, never an output.' },
  },
});

export const WatchlistStatus: { [S in WatchlistStatusValue]: S } = { ALL: 'ALL', TO_WATCH: 'TO_WATCH', WATCHED: 'WATCHED' };

registerEnumType(WatchlistStatus, { name: 'WatchlistStatus', description: 'Filter of the watchlist.' });

export const WatchlistSort: { [S in WatchlistSortValue]: S } = { RECENTLY_ADDED: 'RECENTLY_ADDED', TITLE: 'TITLE', YEAR: 'YEAR' };

registerEnumType(WatchlistSort, {
  name: 'WatchlistSort',
  description: 'Sort order of the watchlist.',
  valuesConfig: {
    RECENTLY_ADDED: { description: 'Last added first.' },
    TITLE: { description: 'A to Z. Case and accents are ignored.' },
    YEAR: { description: 'Newest release first, unknown years last, by title within a year.' },
  },
});

@InputType({ description: 'Default preferences of the viewer. An empty list or a null bound restricts nothing.' })
export class StoredPreferencesInput {
  @Field(() => [String], { description: 'Genre ids or names, in upper or lower case.' })
  preferredGenres!: string[];

  @Field(() => [String], { description: 'Service ids or names, in upper or lower case.' })
  services!: string[];

  @Field(() => [String], { description: 'ISO 639-1 codes of original languages.' })
  languages!: string[];

  @Field(() => Int, { nullable: true, description: 'Minutes, inclusive.' })
  runtimeMin?: number | null;

  @Field(() => Int, { nullable: true, description: 'Minutes, inclusive.' })
  runtimeMax?: number | null;

  @Field(() => Float, { nullable: true, description: 'From 0 for hidden gems to 1 for well-known movies; null is neutral.' })
  familiar?: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'ISO 3166-1: where the viewer watches, one of `regions`. Left out: the stored one stays. Null removes it.',
  })
  region?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether models may be trained on what the viewer does. Left out or null: the stored one stays; at first it is true.',
  })
  learnFromMe?: boolean | null;
}

@InputType({ description: 'A removed entry of the watchlist, with the values it had.' })
export class RemovedEntryInput {
  @Field(() => ID)
  movieId!: string;

  @Field(() => GraphQLDateTime, { description: 'When the movie was added to the list.' })
  addedAt!: Date;

  @Field(() => Boolean)
  watched!: boolean;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When the movie was marked watched, if known.' })
  watchedAt?: Date | null;
}
