import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, Int, ObjectType } from 'type-graphql';

@ObjectType({ simpleResolvers: true, description: 'A genre of the catalog.' })
export class Genre {
  @Field(() => ID, { description: "Lower-case slug, e.g. 'sci-fi'." })
  id!: string;

  @Field(() => String, { description: "E.g. 'Sci-Fi'." })
  name!: string;

  @Field(() => Int, { description: 'How many movies of the catalog have this genre.' })
  movieCount!: number;
}

@ObjectType({ simpleResolvers: true, description: 'A subscription service that streams movies.' })
export class StreamingService {
  @Field(() => ID, { description: "Lower-case slug, e.g. 'netflix'." })
  id!: string;

  @Field(() => String, { description: "E.g. 'Netflix'." })
  name!: string;

  @Field(() => Int, { description: 'How many movies of the catalog are on this service.' })
  movieCount!: number;
}

@ObjectType({ simpleResolvers: true, description: 'An original language of movies of the catalog.' })
export class Language {
  @Field(() => ID, { description: "ISO 639-1, e.g. 'fr'." })
  id!: string;

  @Field(() => Int, { description: 'How many movies of the catalog have this original language.' })
  movieCount!: number;
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
