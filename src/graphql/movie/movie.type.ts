import { Extensions, Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { MovieAbsence as Absence, MovieFacts } from '../../catalog/movie-facts.ts';
import type { MovieId, MovieIndex } from '../../catalog/movie-id.ts';
import {
  MAX_CAST_OF_A_MOVIE,
  MAX_COMPANIES_OF_A_MOVIE,
  MAX_COUNTRIES_OF_A_MOVIE,
  MAX_CREDITS_OF_A_MOVIE,
  MAX_DIRECTORS_OF_A_MOVIE,
  MAX_GENRES_OF_A_MOVIE,
  MAX_KEYWORDS_OF_A_MOVIE,
  MAX_LANGUAGES_OF_A_MOVIE,
  MAX_SERVICES_OF_A_MOVIE,
  MAX_TITLES_OF_A_MOVIE,
} from '../../list-caps.ts';
import { Genre, StreamingService } from '../catalog/catalog.type.ts';
import { MovieCredit } from './movie-credit.type.ts';

export const MovieAbsence: { [A in Absence]: A } = { HIDDEN: 'HIDDEN', DEPARTED: 'DEPARTED' };
registerEnumType(MovieAbsence, {
  name: 'MovieAbsence',
  description: 'Why the catalog does not show a movie that the viewer keeps.',
  valuesConfig: {
    HIDDEN: { description: 'The operator of the server hid it.' },
    DEPARTED: { description: 'This version of the catalog does not have it.' },
  },
});

@ObjectType({ simpleResolvers: true, description: 'A movie of the catalog. Missing facts are null, missing lists are empty.' })
export class Movie implements Omit<MovieFacts, 'genres' | 'services'> {
  readonly index!: MovieIndex | undefined;
  readonly movieId!: MovieId;
  readonly posterPath!: string | null;

  @Field(() => ID, {
    description:
      'The MovieLens movieId, or "tmdb-" and TMDb\'s id for a movie that MovieLens does not have. An id stays good in later versions.',
  })
  readonly id!: string;

  @Field(() => String, { nullable: true, description: "IMDb's id, e.g. 'tt0133093'." })
  readonly imdbId!: string | null;

  @Field(() => Int, { nullable: true, description: "TMDb's id." })
  readonly tmdbId!: number | null;

  @Field(() => String, { description: "E.g. 'The Matrix'." })
  readonly title!: string;

  @Field(() => Int, { nullable: true, description: 'Year of the first release.' })
  readonly year!: number | null;

  @Field(() => Int, { nullable: true, description: 'Minutes.' })
  readonly runtime!: number | null;

  @Field(() => String, { nullable: true, description: 'The plot, in a few sentences.' })
  readonly overview!: string | null;

  @Field(() => [Genre])
  @Extensions({ listLength: MAX_GENRES_OF_A_MOVIE })
  readonly genres!: Genre[];

  @Field(() => [StreamingService], { description: 'Where the movie can be watched; empty when the data does not say.' })
  @Extensions({ listLength: MAX_SERVICES_OF_A_MOVIE })
  readonly services!: StreamingService[];

  @Field(() => [String])
  @Extensions({ listLength: MAX_DIRECTORS_OF_A_MOVIE })
  readonly directors!: string[];

  @Field(() => [String], { description: 'Leading actors, in billing order.' })
  @Extensions({ listLength: MAX_CAST_OF_A_MOVIE })
  readonly cast!: string[];

  @Field(() => [String], { description: "Topics, e.g. 'artificial intelligence'." })
  @Extensions({ listLength: MAX_KEYWORDS_OF_A_MOVIE })
  readonly keywords!: string[];

  @Field(() => String, { nullable: true, description: 'ISO 639-1.' })
  readonly originalLanguage!: string | null;

  @Field(() => String, { nullable: true, description: "The age rating in the country of the catalog's data, e.g. 'PG-13'." })
  readonly certification!: string | null;

  @Field(() => String, { nullable: true, description: "The title in the movie's own language." })
  readonly originalTitle!: string | null;

  @Field(() => [String], { description: 'Other titles, of other countries too. A search finds the movie by each of them.' })
  @Extensions({ listLength: MAX_TITLES_OF_A_MOVIE })
  readonly alternativeTitles!: string[];

  @Field(() => String, { nullable: true, description: "The series that the movie is part of, e.g. 'The Matrix Collection'." })
  readonly collection!: string | null;

  @Field(() => String, { nullable: true, description: "TMDb's word, e.g. 'Released'." })
  readonly status!: string | null;

  @Field(() => [String], { description: 'Countries of the production, ISO 3166-1.' })
  @Extensions({ listLength: MAX_COUNTRIES_OF_A_MOVIE })
  readonly countries!: string[];

  @Field(() => [String], { description: 'Companies of the production.' })
  @Extensions({ listLength: MAX_COMPANIES_OF_A_MOVIE })
  readonly companies!: string[];

  @Field(() => [String], { description: 'Languages that are spoken, ISO 639-1.' })
  @Extensions({ listLength: MAX_LANGUAGES_OF_A_MOVIE })
  readonly spokenLanguages!: string[];

  @Field(() => String, { nullable: true, description: "YouTube's key of the trailer." })
  readonly trailerKey!: string | null;

  @Field(() => [MovieCredit], { description: 'Actors in billing order, then directors, writers and others.' })
  @Extensions({ listLength: MAX_CREDITS_OF_A_MOVIE })
  readonly credits!: MovieCredit[];

  @Field(() => Float, { nullable: true, description: 'Mean user rating, 0.5 to 5; null without ratings.' })
  readonly ratingAverage!: number | null;

  @Field(() => Int, { description: 'How many users rated the movie.' })
  readonly ratingCount!: number;

  @Field(() => MovieAbsence, {
    nullable: true,
    description: 'Null for a movie of the catalog. Else a list of the viewer keeps it: only id, title and year are known.',
  })
  readonly absence!: Absence | null;
}
