import { Field, Float, ID, InputType, Int, registerEnumType } from 'type-graphql';
import type { GenreMatch as GenreMatchValue } from '../../catalog/filters.ts';
import type { RecommendationRequest } from '../../recommendations/recommend.ts';
import type { Preferences } from '../../recommendations/recommendation-query.ts';
import { WatchInput } from '../movie/watch.input.ts';

type Mode = RecommendationRequest['mode'];

export const RecommendationMode: { [M in Mode]: M } = { FOR_YOU: 'FOR_YOU', TRENDING: 'TRENDING', DIVERSE: 'DIVERSE' };

registerEnumType(RecommendationMode, {
  name: 'RecommendationMode',
  description: 'What the ranking favours.',
  valuesConfig: {
    FOR_YOU: { description: 'By similarity to the liked movies, and by the stated preferences.' },
    TRENDING: { description: 'As FOR_YOU, with more weight on popularity.' },
    DIVERSE: {
      description:
        'As FOR_YOU, re-ranked so that every genre of the likes has its share of a list, not only the main one. Without likes: every genre of the catalog.',
    },
  },
});

export const GenreMatch: { [G in GenreMatchValue]: G } = { ANY: 'ANY', ALL: 'ALL', PREFER: 'PREFER' };

registerEnumType(GenreMatch, {
  name: 'GenreMatch',
  description: 'How preferred genres filter the list. They raise the score in every case.',
  valuesConfig: {
    ANY: { description: 'Keep movies with at least one of the preferred genres.' },
    ALL: { description: 'Keep movies with all of the preferred genres.' },
    PREFER: { description: 'Do not filter by genre; preferred genres only raise the score.' },
  },
});

@InputType({
  description:
    'Liked and disliked movies, and filters. A field that is left out or null, and an empty list, restricts nothing. Order and repetition\nmake no difference. Movie lists hold at most 500 ids. Ids that the catalog does not have are ignored and reported.',
})
export class PreferencesInput implements Preferences {
  @Field(() => [ID], {
    nullable: true,
    description:
      'Movies similar to these rank higher. These movies are left out. Their order does not count; of stored likes, later ones weigh more.',
  })
  likedMovieIds?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'Movies similar to these rank lower. These movies are left out.' })
  dislikedMovieIds?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'These movies are left out.' })
  notInterestedMovieIds?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Genre ids or names, in upper or lower case.' })
  preferredGenres?: string[] | null;

  @Field(() => GenreMatch, { nullable: true, description: 'ANY when left out.' })
  genreMatch?: GenreMatchValue | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Service ids or names, in upper or lower case: keeps movies on at least one of them.',
  })
  services?: string[] | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Minutes, inclusive. Movies of unknown length never pass a bound. Null means no bound, also where one is stored.',
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

  @Field(() => WatchInput, { nullable: true, description: 'Keeps movies that can be watched in this way today.' })
  watch?: WatchInput | null;

  @Field(() => String, {
    nullable: true,
    description: 'ISO 3166-1: the country of `watch`, one of `regions`. Left out: the one that the viewer stored, else DEFAULT_REGION.',
  })
  region?: string | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'How well known the movies are: 0 for hidden gems, 0.5 neutral, 1 for well-known ones. It filters nothing. 0.5 when left out.',
  })
  familiar?: number | null;
}
