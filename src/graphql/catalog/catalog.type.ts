import { GraphQLDateTime } from 'graphql-scalars';
import { Extensions, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { LastRefresh } from '../../recommendations/refresh-watch.ts';

/** Labels are made once for a catalog, so a field of one costs less than a fact of a movie. */
const LABEL_COST = 0.01;

@ObjectType({ simpleResolvers: true, description: 'A genre of the catalog.' })
export class Genre {
  @Field(() => ID, { description: "Lower-case slug, e.g. 'sci-fi'." })
  @Extensions({ cost: LABEL_COST })
  id!: string;

  @Field(() => String, { description: "E.g. 'Sci-Fi'." })
  @Extensions({ cost: LABEL_COST })
  name!: string;

  @Field(() => Int, { description: 'How many movies of the catalog have this genre.' })
  @Extensions({ cost: LABEL_COST })
  movieCount!: number;
}

@ObjectType({ simpleResolvers: true, description: 'A subscription service that streams movies.' })
export class StreamingService {
  @Field(() => ID, { description: "Lower-case slug, e.g. 'netflix'." })
  @Extensions({ cost: LABEL_COST })
  id!: string;

  @Field(() => String, { description: "E.g. 'Netflix'." })
  @Extensions({ cost: LABEL_COST })
  name!: string;

  @Field(() => Int, { description: 'How many movies of the catalog are on this service.' })
  @Extensions({ cost: LABEL_COST })
  movieCount!: number;
}

@ObjectType({ simpleResolvers: true, description: 'An original language of movies of the catalog.' })
export class Language {
  @Field(() => ID, { description: "ISO 639-1, e.g. 'fr'." })
  @Extensions({ cost: LABEL_COST })
  id!: string;

  @Field(() => Int, { description: 'How many movies of the catalog have this original language.' })
  @Extensions({ cost: LABEL_COST })
  movieCount!: number;
}

/** How a refresh ended. */
export const RefreshResult = { PUBLISHED: 'published', UNCHANGED: 'unchanged', FAILED: 'failed' } as const;
registerEnumType(RefreshResult, {
  name: 'RefreshResult',
  description: 'How a refresh of the catalog ended.',
  valuesConfig: {
    PUBLISHED: { description: 'Another version is current.' },
    UNCHANGED: { description: 'Nothing had changed.' },
    FAILED: { description: 'The version before stays.' },
  },
});

@ObjectType({ simpleResolvers: true, description: 'The last refresh of the catalog: what changed on TMDb is fetched and published.' })
export class CatalogRefresh {
  constructor({ startedAt, finishedAt, result, changes }: LastRefresh) {
    this.startedAt = new Date(startedAt);
    this.finishedAt = finishedAt === null ? null : new Date(finishedAt);
    this.result = result;
    this.newMovies = changes?.newMovies ?? null;
    this.changedMovies = changes?.changedMovies ?? null;
    this.removedMovies = changes?.removedMovies ?? null;
    this.offersBegun = changes?.offersBegun ?? null;
    this.offersEnded = changes?.offersEnded ?? null;
  }

  @Field(() => GraphQLDateTime)
  readonly startedAt: Date;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'Null while it runs, and when it was killed.' })
  readonly finishedAt: Date | null;

  @Field(() => RefreshResult, { nullable: true, description: 'Null while it runs.' })
  readonly result: LastRefresh['result'];

  @Field(() => Int, { nullable: true, description: 'Movies that the catalog did not have. Null when TMDb was not asked.' })
  readonly newMovies: number | null;

  @Field(() => Int, { nullable: true, description: 'Movies that TMDb says changed.' })
  readonly changedMovies: number | null;

  @Field(() => Int, { nullable: true, description: 'Movies that TMDb no longer has, or has no longer released.' })
  readonly removedMovies: number | null;

  @Field(() => Int, { nullable: true, description: 'Offers of services that began.' })
  readonly offersBegun: number | null;

  @Field(() => Int, { nullable: true, description: 'Offers of services that ended.' })
  readonly offersEnded: number | null;
}

@ObjectType({ simpleResolvers: true, description: 'The catalog that this server is serving.' })
export class CatalogInfo {
  @Field(() => ID, {
    description: 'The artifact version being served. The cursors of ranked and searched lists are valid for one version.',
  })
  version!: string;

  @Field(() => Int)
  movieCount!: number;

  @Field(() => String, { description: "Where the data came from, e.g. 'sample' or 'ml-32m + TMDb'." })
  dataset!: string;

  @Field(() => GraphQLDateTime, { description: 'When the artifacts were trained.' })
  builtAt!: Date;

  @Field(() => String, {
    description: "The data behind recommendations: 'content' (facts about the movies) or 'hybrid' (also ratings by users).",
  })
  model!: string;
}
