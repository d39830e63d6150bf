import { Field, ID, InputType, Int, registerEnumType } from 'type-graphql';
import type { MovieKey } from '../../catalog/find-movie.ts';
import { MOVIE_SORTS, type MovieSort } from '../../catalog/movie-sort.ts';
import { WatchInput } from './watch.input.ts';

export const MovieSortEnum = Object.fromEntries(MOVIE_SORTS.map((sort) => [sort, sort])) as { [S in MovieSort]: S };
registerEnumType(MovieSortEnum, {
  name: 'MovieSort',
  description: 'Order of a list of movies. Movies of which the value is unknown come last.',
  valuesConfig: {
    POPULAR: { description: 'What most people know first.' },
    BEST_RATED: { description: 'By rating. A few ratings count less than many.' },
    NEWEST: { description: 'By year of the first release.' },
    OLDEST: { description: 'By year of the first release.' },
    SHORTEST: { description: 'By runtime.' },
  },
});

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

  @Field(() => [String], {
    nullable: true,
    description: "Names as in `directors` and `cast`, or TMDb's ids of people: keeps movies with one of them. At most 10.",
  })
  people?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'As in `Movie.keywords`: keeps movies with one of them. At most 10.' })
  keywords?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'As in `Movie.collection`: keeps the movies of one of them. At most 10.' })
  collections?: string[] | null;

  @Field(() => WatchInput, { nullable: true, description: 'Keeps movies that can be watched in this way today.' })
  watch?: WatchInput | null;
}
