import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, InputType, Int, registerEnumType } from 'type-graphql';
import type { Signal, WatchlistSort as WatchlistSortValue, WatchlistStatus as WatchlistStatusValue } from '../../library/library-store.ts';

export type FeedbackSignalValue = Signal | 'NONE';

export const FeedbackSignal: { [S in FeedbackSignalValue]: S } = {
  LIKE: 'LIKE',
  DISLIKE: 'DISLIKE',
  NOT_INTERESTED: 'NOT_INTERESTED',
  NONE: 'NONE',
};

registerEnumType(FeedbackSignal, {
  name: 'FeedbackSignal',
  description: 'What a viewer said of a movie. None of the movies something was said of is recommended again.',
  valuesConfig: {
    LIKE: { description: 'More like this.' },
    DISLIKE: { description: 'Less like this.' },
    NOT_INTERESTED: { description: 'Not this one; it says nothing of others.' },
    NONE: { description: 'Takes back what was said. Never read, only set.' },
  },
});

export const WatchlistStatus: { [S in WatchlistStatusValue]: S } = { ALL: 'ALL', TO_WATCH: 'TO_WATCH', WATCHED: 'WATCHED' };

registerEnumType(WatchlistStatus, { name: 'WatchlistStatus', description: 'Which entries of the watchlist.' });

export const WatchlistSort: { [S in WatchlistSortValue]: S } = { RECENTLY_ADDED: 'RECENTLY_ADDED', TITLE: 'TITLE', YEAR: 'YEAR' };

registerEnumType(WatchlistSort, {
  name: 'WatchlistSort',
  description: 'The order of the watchlist.',
  valuesConfig: {
    RECENTLY_ADDED: { description: 'Last added first.' },
    TITLE: { description: 'A to Z, without regard to case and accents.' },
    YEAR: { description: 'Newest release first, unknown years last; by title within a year.' },
  },
});

@InputType({ description: 'What the viewer wants by default; an empty list, or a bound that is null, restricts nothing.' })
export class StoredPreferencesInput {
  @Field(() => [String], { description: 'Genre ids or names, upper or lower case.' })
  preferredGenres!: string[];

  @Field(() => [String], { description: 'Service ids or names, upper or lower case.' })
  services!: string[];

  @Field(() => [String], { description: 'ISO 639-1 codes of original languages.' })
  languages!: string[];

  @Field(() => Int, { nullable: true, description: 'Minutes, inclusive.' })
  runtimeMin?: number | null;

  @Field(() => Int, { nullable: true, description: 'Minutes, inclusive.' })
  runtimeMax?: number | null;
}

@InputType({ description: 'An entry of the watchlist as it was before it was removed.' })
export class RemovedEntryInput {
  @Field(() => ID)
  movieId!: string;

  @Field(() => GraphQLDateTime, { description: 'When it was put on the list.' })
  addedAt!: Date;

  @Field(() => Boolean)
  watched!: boolean;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it was marked watched, as far as that is known.' })
  watchedAt?: Date | null;
}
