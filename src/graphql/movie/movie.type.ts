import { Extensions, Field, Float, ID, Int, ObjectType } from 'type-graphql';
import type { Catalog, MovieIndex } from '../../catalog/catalog.ts';
import { Genre, StreamingService } from '../catalog/catalog.type.ts';

/** A view on one row of the catalogue: a field is decoded when it is selected, and only then. */
@ObjectType({ simpleResolvers: true, description: 'A movie of the catalogue. Missing facts are null, missing lists are empty.' })
export class Movie {
  readonly index: MovieIndex;
  readonly #catalog: Catalog;

  constructor(catalog: Catalog, index: MovieIndex) {
    this.#catalog = catalog;
    this.index = index;
  }

  /** False for a movie that a viewer kept from another version: then it has no row, and nothing is like it. */
  get isInCatalog(): boolean {
    return true;
  }

  @Field(() => ID, { description: 'The MovieLens movieId.' })
  get id(): string {
    return this.#catalog.id(this.index);
  }

  @Field(() => String, { nullable: true, description: "IMDb's id, e.g. 'tt0133093'." })
  get imdbId(): string | null {
    return this.#catalog.imdbId(this.index);
  }

  @Field(() => Int, { nullable: true, description: "TMDb's id." })
  get tmdbId(): number | null {
    return this.#catalog.tmdbId(this.index);
  }

  @Field(() => String, { description: "E.g. 'The Matrix'." })
  get title(): string {
    return this.#catalog.title(this.index);
  }

  @Field(() => Int, { nullable: true, description: 'Year of the first release.' })
  get year(): number | null {
    return this.#catalog.year(this.index);
  }

  @Field(() => Int, { nullable: true, description: 'Minutes.' })
  get runtime(): number | null {
    return this.#catalog.runtime(this.index);
  }

  @Field(() => String, { nullable: true, description: 'What it is about, in a few sentences.' })
  get overview(): string | null {
    return this.#catalog.overview(this.index);
  }

  @Field(() => [Genre])
  @Extensions({ usualLength: 3 })
  get genres(): Genre[] {
    return this.#catalog.genresOf(this.index);
  }

  @Field(() => [StreamingService], { description: 'Where it can be watched, as far as the data knows; empty when it does not.' })
  @Extensions({ usualLength: 3 })
  get services(): StreamingService[] {
    return this.#catalog.servicesOf(this.index);
  }

  @Field(() => [String])
  get directors(): string[] {
    return this.#catalog.directors(this.index);
  }

  @Field(() => [String], { description: 'Leading actors, in billing order.' })
  get cast(): string[] {
    return this.#catalog.cast(this.index);
  }

  @Field(() => [String], { description: "What it deals with, e.g. 'artificial intelligence'." })
  get keywords(): string[] {
    return this.#catalog.keywords(this.index);
  }

  @Field(() => String, { nullable: true, description: 'ISO 639-1.' })
  get originalLanguage(): string | null {
    return this.#catalog.originalLanguage(this.index);
  }

  @Field(() => Float, { nullable: true, description: 'Mean user rating, 0.5 to 5; null without ratings.' })
  get ratingAverage(): number | null {
    return this.#catalog.ratingAverage(this.index);
  }

  @Field(() => Int, { description: 'How many users rated it.' })
  get ratingCount(): number {
    return this.#catalog.ratingCount(this.index);
  }

  get posterPath(): string | null {
    return this.#catalog.posterPath(this.index);
  }
}
