import { Field, ID, InputType, Int } from 'type-graphql';
import type { MovieKey } from '../../catalog/find-movie.ts';
import { WatchInput } from './watch.input.ts';

@InputType({ description: 'One of the ids of a movie.' })
export class MovieBy implements MovieKey {
  @Field(() => ID, { nullable: true, description: 'As `Movie.id`.' })
  id?: string | null;

  @Field(() => Int, { nullable: true, description: "TMDb's id." })
  tmdbId?: number | null;

  @Field(() => String, { nullable: true, description: "IMDb's id, e.g. 'tt0133093'." })
  imdbId?: string | null;
}

@InputType({ description: 'Filters of a search. Bounds are inclusive. A field that is left out, null or empty restricts nothing.' })
export class MovieFilterInput {
  @Field(() => [String], {
    nullable: true,
    description: 'Genre ids or names, in upper or lower case: keeps movies with at least one of them.',
  })
  genres?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Service ids or names, in upper or lower case: keeps movies on at least one of them.',
  })
  services?: string[] | null;

  @Field(() => Int, { nullable: true, description: 'Minutes. Movies of unknown length never pass a bound.' })
  runtimeMin?: number | null;

  @Field(() => Int, { nullable: true, description: 'Minutes.' })
  runtimeMax?: number | null;

  @Field(() => Int, { nullable: true, description: 'Release year. Movies of unknown year never pass a bound.' })
  yearMin?: number | null;

  @Field(() => Int, { nullable: true, description: 'Release year.' })
  yearMax?: number | null;

  @Field(() => [String], { nullable: true, description: 'ISO 639-1 codes of the original language: keeps movies in one of them.' })
  languages?: string[] | null;

  @Field(() => WatchInput, { nullable: true, description: 'Keeps movies that can be watched in this way today.' })
  watch?: WatchInput | null;
}
