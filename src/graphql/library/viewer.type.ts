import { GraphQLDateTime } from 'graphql-scalars';
import { Extensions, Field, ID, Int, ObjectType } from 'type-graphql';
import type { Identity } from '../../accounts/accounts.ts';
import type { WatchlistItem } from '../../library/library-store.ts';
import { Genre, StreamingService } from '../catalog/catalog.type.ts';
import { PageInfo } from '../paging/page-info.type.ts';

@ObjectType({ simpleResolvers: true, description: 'Who is signed in, and what they keep here.' })
export class Viewer {
  constructor(identity: Identity) {
    this.id = identity.userId;
    this.name = identity.name;
    this.email = identity.email;
    this.isGuest = identity.isGuest;
  }

  @Field(() => ID)
  readonly id: string;

  @Field(() => String)
  readonly name: string;

  @Field(() => String, { nullable: true, description: 'Null for guests.' })
  readonly email: string | null;

  @Field(() => Boolean, { description: 'Whether what is kept here is lost with the session, until an account is made of it.' })
  readonly isGuest: boolean;
}

@ObjectType({
  simpleResolvers: true,
  description: 'What the viewer wants by default: recommendations go by it wherever `prefs` says nothing else.',
})
export class StoredPreferences {
  @Field(() => [Genre])
  @Extensions({ usualLength: 3 })
  preferredGenres!: Genre[];

  @Field(() => [StreamingService])
  @Extensions({ usualLength: 3 })
  services!: StreamingService[];

  @Field(() => [String], { description: 'ISO 639-1.' })
  languages!: string[];

  @Field(() => Int, { nullable: true, description: 'Minutes.' })
  runtimeMin!: number | null;

  @Field(() => Int, { nullable: true, description: 'Minutes.' })
  runtimeMax!: number | null;
}

@ObjectType({ simpleResolvers: true, description: "A movie on the viewer's watchlist." })
export class WatchlistEntry {
  /** Title and year as they were kept, for when the catalogue no longer has the movie. */
  readonly kept: WatchlistItem;

  constructor(item: WatchlistItem) {
    this.kept = item;
  }

  @Field(() => Boolean)
  get watched(): boolean {
    return this.kept.watched;
  }

  @Field(() => GraphQLDateTime, { description: 'When it was put on the list.' })
  get addedAt(): Date {
    return this.kept.addedAt;
  }

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'When it was marked watched; null also when that is not known, as in some imports.',
  })
  get watchedAt(): Date | null {
    return this.kept.watchedAt;
  }
}

@ObjectType({ simpleResolvers: true })
export class WatchlistEdge {
  @Field(() => String, {
    description: 'Pass it as `after` to go on behind this entry. It stays good when entries come and go, and with another catalogue.',
  })
  cursor!: string;

  @Field(() => WatchlistEntry)
  node!: WatchlistEntry;
}

@ObjectType({ simpleResolvers: true, description: 'A page of the watchlist.' })
export class WatchlistConnection {
  @Field(() => [WatchlistEdge])
  @Extensions({ usualLength: 1 })
  edges!: WatchlistEdge[];

  @Field(() => [WatchlistEntry], { description: 'The entries without their cursors.' })
  @Extensions({ usualLength: 1 })
  nodes!: WatchlistEntry[];

  @Field(() => PageInfo)
  pageInfo!: PageInfo;

  @Field(() => Int, { description: 'How many entries have the status that was asked for.' })
  totalCount!: number;
}
