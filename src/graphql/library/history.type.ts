import { GraphQLDateTime, GraphQLLocalDate } from 'graphql-scalars';
import { Extensions, Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { dateText, isDayOnly } from '../../library/history/history-date.ts';
import type { HistorySlice } from '../../library/history.ts';
import type {
  ChangeKind as ChangeKindValue,
  ImportChange as ImportChangeRecord,
  PlayItem,
  PlaySort as PlaySortValue,
  RatingItem,
  RatingSort as RatingSortValue,
} from '../../library/history-store.ts';
import { PageInfo } from '../paging/page-info.type.ts';

export const RatingSort: { [S in RatingSortValue]: S } = { RECENTLY_RATED: 'RECENTLY_RATED', STARS: 'STARS', TITLE: 'TITLE' };
registerEnumType(RatingSort, {
  name: 'RatingSort',
  description: 'Sort order of ratings.',
  valuesConfig: {
    RECENTLY_RATED: { description: 'Last rated first, unknown dates last.' },
    STARS: { description: 'Most stars first.' },
    TITLE: { description: 'By title, without regard to case and accents.' },
  },
});

export const PlaySort: { [S in PlaySortValue]: S } = { RECENTLY_PLAYED: 'RECENTLY_PLAYED', TITLE: 'TITLE' };
registerEnumType(PlaySort, {
  name: 'PlaySort',
  description: 'Sort order of plays.',
  valuesConfig: {
    RECENTLY_PLAYED: { description: 'Last watched first, unknown dates last.' },
    TITLE: { description: 'By title, without regard to case and accents.' },
  },
});

export const ChangeKind: { [K in ChangeKindValue]: K } = { WATCHLIST: 'WATCHLIST', FEEDBACK: 'FEEDBACK', RATING: 'RATING', PLAY: 'PLAY' };
registerEnumType(ChangeKind, { name: 'ImportChangeKind', description: 'What an import changed about a movie.' });

@ObjectType({ simpleResolvers: true, description: "The viewer's rating of a movie." })
export class Rating {
  readonly item: RatingItem;

  constructor(item: RatingItem) {
    this.item = item;
  }

  @Field(() => Float, { description: 'From 0.5 to 5, in halves.' })
  get stars(): number {
    return this.item.stars;
  }

  @Field(() => GraphQLDateTime, { nullable: true, description: 'Null when unknown. Midnight UTC when only the day is known.' })
  get ratedAt(): Date | null {
    return this.item.ratedAt;
  }
}

@ObjectType({ simpleResolvers: true, description: 'One time that the viewer watched a movie.' })
export class Play {
  readonly item: PlayItem;

  constructor(item: PlayItem) {
    this.item = item;
  }

  @Field(() => ID)
  get id(): string {
    return this.item.playId;
  }

  @Field(() => GraphQLDateTime, { nullable: true, description: 'Null when unknown. Midnight UTC when only the day is known.' })
  get playedAt(): Date | null {
    return this.item.playedAt;
  }

  @Field(() => GraphQLLocalDate, {
    nullable: true,
    description: 'The day, when only the day is known. It is the same day in every time zone.',
  })
  get playedOn(): string | null {
    const { playedAt } = this.item;
    return playedAt !== null && isDayOnly(playedAt) ? dateText(playedAt) : null;
  }
}

@ObjectType({ simpleResolvers: true })
export class RatingEdge {
  @Field(() => String, { description: 'Pass it as `after` to get the entries after this one.' })
  cursor!: string;

  @Field(() => Rating)
  node!: Rating;
}

@ObjectType({ simpleResolvers: true, description: 'A page of ratings.' })
export class RatingConnection {
  constructor(slice: HistorySlice<RatingItem>) {
    this.edges = slice.entries.map(({ item, cursor }) => ({ cursor, node: new Rating(item) }));
    this.nodes = this.edges.map(({ node }) => node);
    this.totalCount = slice.totalCount;
    this.pageInfo = pageInfoOf(slice);
  }

  @Field(() => [RatingEdge])
  @Extensions({ listLength: { argument: 'first', of: 'ancestor' } })
  readonly edges: RatingEdge[];

  @Field(() => [Rating], { description: 'The ratings without their cursors.' })
  @Extensions({ listLength: { argument: 'first', of: 'ancestor' } })
  readonly nodes: Rating[];

  @Field(() => PageInfo)
  readonly pageInfo: PageInfo;

  @Field(() => Int, { description: 'Number of ratings that pass the filter.' })
  readonly totalCount: number;
}

@ObjectType({ simpleResolvers: true })
export class PlayEdge {
  @Field(() => String, { description: 'Pass it as `after` to get the entries after this one.' })
  cursor!: string;

  @Field(() => Play)
  node!: Play;
}

@ObjectType({ simpleResolvers: true, description: 'A page of plays.' })
export class PlayConnection {
  constructor(slice: HistorySlice<PlayItem>) {
    this.edges = slice.entries.map(({ item, cursor }) => ({ cursor, node: new Play(item) }));
    this.nodes = this.edges.map(({ node }) => node);
    this.totalCount = slice.totalCount;
    this.pageInfo = pageInfoOf(slice);
  }

  @Field(() => [PlayEdge])
  @Extensions({ listLength: { argument: 'first', of: 'ancestor' } })
  readonly edges: PlayEdge[];

  @Field(() => [Play], { description: 'The plays without their cursors.' })
  @Extensions({ listLength: { argument: 'first', of: 'ancestor' } })
  readonly nodes: Play[];

  @Field(() => PageInfo)
  readonly pageInfo: PageInfo;

  @Field(() => Int, { description: 'Number of plays that pass the filter.' })
  readonly totalCount: number;
}

@ObjectType({ simpleResolvers: true, description: 'An import of a history.' })
export class Import {
  importId!: string;

  @Field(() => ID)
  get id(): string {
    return this.importId;
  }

  @Field(() => GraphQLDateTime)
  importedAt!: Date;

  @Field(() => [String], { description: 'Names of the files, at most 50.' })
  @Extensions({ listLength: 50 })
  files!: string[];

  @Field(() => Int, { description: 'Number of rows in all files.' })
  rowCount!: number;

  @Field(() => Int, { description: 'Number of movies that the rows meant.' })
  movieCount!: number;

  @Field(() => Int, { description: 'Number of changes that can be undone.' })
  changeCount!: number;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When the import was undone. Null when it was not.' })
  undoneAt!: Date | null;
}

@ObjectType({ simpleResolvers: true, description: 'A change that an import made.' })
export class ImportChange {
  readonly item: ImportChangeRecord;

  constructor(item: ImportChangeRecord) {
    this.item = item;
  }

  @Field(() => ChangeKind)
  get kind(): ChangeKindValue {
    return this.item.kind;
  }

  @Field(() => String, { nullable: true, description: 'Stars, feedback, WATCHED or TO_WATCH, or a date. Null when there was nothing.' })
  get before(): string | null {
    return this.item.before;
  }

  @Field(() => String, { nullable: true })
  get after(): string | null {
    return this.item.after;
  }
}

function pageInfoOf({ entries, hasNextPage, hasPreviousPage }: HistorySlice<unknown>): PageInfo {
  return {
    hasNextPage,
    hasPreviousPage,
    startCursor: entries.at(0)?.cursor ?? null,
    endCursor: entries.at(-1)?.cursor ?? null,
  };
}
