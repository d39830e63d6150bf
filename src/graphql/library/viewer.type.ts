import { GraphQLDateTime, GraphQLLocalDate } from 'graphql-scalars';
import { Extensions, Field, Float, ID, Int, ObjectType } from 'type-graphql';
import type { Identity } from '../../accounts/identity.ts';
import { dateText, isDayOnly } from '../../library/history/history-date.ts';
import type { WatchlistItem } from '../../library/library-store.ts';
import type { WatchlistSlice } from '../../library/watchlist.ts';
import { MAX_LABELS } from '../../list-caps.ts';
import { AccountRole, type AccountRoleValue, accountRole } from '../account/account-role.type.ts';
import { Genre, StreamingService } from '../catalog/catalog.type.ts';
import { PageInfo } from '../paging/page-info.type.ts';

@ObjectType({ simpleResolvers: true, description: 'The signed-in user with watchlist, feedback and preferences.' })
export class Viewer {
  constructor(identity: Identity) {
    this.id = identity.userId;
    this.name = identity.name;
    this.email = identity.email;
    this.emailVerified = identity.emailVerified;
    this.isGuest = identity.isGuest;
    this.role = accountRole(identity.role);
  }

  @Field(() => ID)
  readonly id: string;

  @Field(() => String)
  readonly name: string;

  @Field(() => String, { nullable: true, description: 'Null for guests.' })
  readonly email: string | null;

  @Field(() => Boolean, { description: 'Whether the viewer proved that the address is theirs, by mail or through a provider.' })
  readonly emailVerified: boolean;

  @Field(() => Boolean, { description: 'Guests lose their data with the session unless they create an account.' })
  readonly isGuest: boolean;

  @Field(() => AccountRole, { description: 'Guests are members.' })
  readonly role: AccountRoleValue;

  /** The name that the use cases of the library have for `id`. */
  get userId(): string {
    return this.id;
  }
}

@ObjectType({
  simpleResolvers: true,
  description: 'Default preferences of the viewer. Recommendations use them for every field that `prefs` leaves out.',
})
export class StoredPreferences {
  @Field(() => [Genre])
  @Extensions({ listLength: MAX_LABELS })
  preferredGenres!: Genre[];

  @Field(() => [StreamingService])
  @Extensions({ listLength: MAX_LABELS })
  services!: StreamingService[];

  @Field(() => [String], { description: 'ISO 639-1.' })
  @Extensions({ listLength: MAX_LABELS })
  languages!: string[];

  @Field(() => Int, { nullable: true, description: 'Minutes.' })
  runtimeMin!: number | null;

  @Field(() => Int, { nullable: true, description: 'Minutes.' })
  runtimeMax!: number | null;

  @Field(() => Float, { nullable: true, description: 'From 0 for hidden gems to 1 for well-known movies; null is neutral.' })
  familiar!: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'ISO 3166-1: the country of `prefs.watch` where none is named. Null: DEFAULT_REGION of the server.',
  })
  region!: string | null;

  @Field(() => Boolean, {
    description:
      'Whether models may be trained on what the viewer likes, rates and watches. Guests never count. LEARN_FROM_VIEWERS=off: nobody does.',
  })
  learnFromMe!: boolean;
}

@ObjectType({ simpleResolvers: true, description: "A movie on the viewer's watchlist." })
export class WatchlistEntry {
  readonly item: WatchlistItem;

  constructor(item: WatchlistItem) {
    this.item = item;
  }

  @Field(() => Boolean)
  get watched(): boolean {
    return this.item.watched;
  }

  @Field(() => GraphQLDateTime, { description: 'When the movie was added to the list.' })
  get addedAt(): Date {
    return this.item.addedAt;
  }

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description:
      'When the movie was marked watched. Null when not watched, or when an import had no date. Midnight UTC when only the day is known.',
  })
  get watchedAt(): Date | null {
    return this.item.watchedAt;
  }

  @Field(() => GraphQLLocalDate, {
    nullable: true,
    description: 'The day on which the movie was watched, when only the day is known. It is the same day in every time zone.',
  })
  get watchedOn(): string | null {
    const { watchedAt } = this.item;
    return watchedAt !== null && isDayOnly(watchedAt) ? dateText(watchedAt) : null;
  }
}

@ObjectType({ simpleResolvers: true })
export class WatchlistEdge {
  @Field(() => String, {
    description: 'Pass it as `after` to get the entries after this one. It stays valid when entries and catalog versions change.',
  })
  cursor!: string;

  @Field(() => WatchlistEntry)
  node!: WatchlistEntry;
}

@ObjectType({ simpleResolvers: true, description: 'A page of the watchlist.' })
export class WatchlistConnection {
  constructor({ entries, totalCount, hasNextPage, hasPreviousPage }: WatchlistSlice) {
    this.edges = entries.map(({ item, cursor }) => ({ cursor, node: new WatchlistEntry(item) }));
    this.nodes = this.edges.map(({ node }) => node);
    this.totalCount = totalCount;
    this.pageInfo = {
      hasNextPage,
      hasPreviousPage,
      startCursor: entries.at(0)?.cursor ?? null,
      endCursor: entries.at(-1)?.cursor ?? null,
    };
  }

  @Field(() => [WatchlistEdge])
  @Extensions({ listLength: { argument: 'first', of: 'ancestor' } })
  readonly edges: WatchlistEdge[];

  @Field(() => [WatchlistEntry], { description: 'The entries without their cursors.' })
  @Extensions({ listLength: { argument: 'first', of: 'ancestor' } })
  readonly nodes: WatchlistEntry[];

  @Field(() => PageInfo)
  readonly pageInfo: PageInfo;

  @Field(() => Int, { description: 'Number of entries with the requested status.' })
  readonly totalCount: number;
}
