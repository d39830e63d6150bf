import { Field, ID, InputType, Int, registerEnumType } from 'type-graphql';
import type { GenreMatch as GenreMatchValue } from '../../catalog/filters.ts';
import type { RecommendationRequest } from '../../recommendations/recommend.ts';
import type { Preferences } from '../../recommendations/recommendation-query.ts';

type Mode = RecommendationRequest['mode'];

export const RecommendationMode: { [M in Mode]: M } = { FOR_YOU: 'FOR_YOU', TRENDING: 'TRENDING', DIVERSE: 'DIVERSE' };

registerEnumType(RecommendationMode, {
  name: 'RecommendationMode',
  description: 'What the ranking favours.',
  valuesConfig: {
    FOR_YOU: { description: 'By similarity to what the viewer likes, and to the stated preferences.' },
    TRENDING: { description: 'As FOR_YOU, with more weight on popularity.' },
    DIVERSE: { description: 'As FOR_YOU, re-ranked so that the list covers more ground.' },
  },
});

export const GenreMatch: { [G in GenreMatchValue]: G } = { ANY: 'ANY', ALL: 'ALL', PREFER: 'PREFER' };

registerEnumType(GenreMatch, {
  name: 'GenreMatch',
  description: 'What preferred genres do beside raising the score.',
  valuesConfig: {
    ANY: { description: 'Keep movies with at least one of the preferred genres.' },
    ALL: { description: 'Keep movies with all of the preferred genres.' },
    PREFER: { description: 'Filter nothing by genre; preferred genres only raise the score.' },
  },
});

@InputType({
  description:
    'What is liked, and what a movie must be to come back. What is left out or null, and an empty list, restricts nothing; order and\nrepetition make no difference. Movie lists hold at most 500 ids; ids unknown to the catalogue are ignored and reported.',
})
export class PreferencesInput implements Preferences {
  @Field(() => [ID], { nullable: true, description: 'The ranking follows these; they are not shown again.' })
  likedMovieIds?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'The ranking avoids what is like these; they are never shown.' })
  dislikedMovieIds?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'Never shown.' })
  notInterestedMovieIds?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Genre ids or names, upper or lower case.' })
  preferredGenres?: string[] | null;

  @Field(() => GenreMatch, { nullable: true, description: 'ANY when left out.' })
  genreMatch?: GenreMatchValue | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Service ids or names, upper or lower case: keeps movies on at least one of them.',
  })
  services?: string[] | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Minutes, inclusive. Movies of unknown length never pass a bound. Null says that there is none, also where one is stored.',
  })
  runtimeMin?: number | null;

  @Field(() => Int, { nullable: true, description: 'Minutes, inclusive; null as for `runtimeMin`.' })
  runtimeMax?: number | null;

  @Field(() => Int, { nullable: true, description: 'Release year, inclusive. Movies of unknown year never pass a bound.' })
  yearMin?: number | null;

  @Field(() => Int, { nullable: true, description: 'Release year, inclusive.' })
  yearMax?: number | null;

  @Field(() => [String], { nullable: true, description: 'ISO 639-1 codes of the original language: keeps movies in one of them.' })
  languages?: string[] | null;
}
