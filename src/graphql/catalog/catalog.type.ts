import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, Int, ObjectType } from 'type-graphql';

@ObjectType({ simpleResolvers: true, description: 'A genre of the catalogue.' })
export class Genre {
  @Field(() => ID, { description: "Lower-case slug, e.g. 'sci-fi'." })
  id!: string;

  @Field(() => String, { description: "E.g. 'Sci-Fi'." })
  name!: string;

  @Field(() => Int, { description: 'How many movies of the catalogue have it.' })
  movieCount!: number;
}

@ObjectType({ simpleResolvers: true, description: 'A subscription service that movies can be watched on.' })
export class StreamingService {
  @Field(() => ID, { description: "Lower-case slug, e.g. 'netflix'." })
  id!: string;

  @Field(() => String, { description: "E.g. 'Netflix'." })
  name!: string;

  @Field(() => Int, { description: 'How many movies of the catalogue are on it.' })
  movieCount!: number;
}

@ObjectType({ simpleResolvers: true, description: 'An original language of movies of the catalogue.' })
export class Language {
  @Field(() => ID, { description: "ISO 639-1, e.g. 'fr'." })
  id!: string;

  @Field(() => Int, { description: 'How many movies of the catalogue are in it.' })
  movieCount!: number;
}

@ObjectType({ simpleResolvers: true, description: 'What this server is serving.' })
export class CatalogInfo {
  @Field(() => ID, { description: 'The version of the artifacts being served. Cursors are good for one version.' })
  version!: string;

  @Field(() => Int)
  movieCount!: number;

  @Field(() => String, { description: "Where the data came from, e.g. 'sample' or 'ml-32m + TMDb'." })
  dataset!: string;

  @Field(() => GraphQLDateTime, { description: 'When the artifacts were trained.' })
  builtAt!: Date;

  @Field(() => String, {
    description: "What recommendations are made from: 'content' (what is known of the movies) or 'hybrid' (people's ratings too).",
  })
  model!: string;
}
