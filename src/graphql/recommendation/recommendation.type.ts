import { Extensions, Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { MovieIndex } from '../../catalog/movie-id.ts';
import { MAX_IDS } from '../../list-caps.ts';
import { MAX_PARTS } from '../../recommendations/explanation.ts';
import type { RecommendationReason } from '../../recommendations/recommended-movie.ts';
import { PageInfo } from '../paging/page-info.type.ts';
import { AppliedFilters } from './applied-filters.type.ts';
import { ExplanationPart } from './explanation-part.type.ts';

type ReasonKindValue = RecommendationReason['kind'];

export const ReasonKind: { [K in ReasonKindValue]: K } = {
  LIKED_MOVIE: 'LIKED_MOVIE',
  DISLIKED_MOVIE: 'DISLIKED_MOVIE',
  PREFERRED_GENRE: 'PREFERRED_GENRE',
  POPULARITY: 'POPULARITY',
  CATALOG_AVERAGE: 'CATALOG_AVERAGE',
  OPERATOR_RULE: 'OPERATOR_RULE',
  RATED_MOVIE: 'RATED_MOVIE',
  OTHER: 'OTHER',
};

registerEnumType(ReasonKind, {
  name: 'ReasonKind',
  description: 'Where a part of a score comes from.',
  valuesConfig: {
    LIKED_MOVIE: { description: 'Similarity to a liked movie.' },
    DISLIKED_MOVIE: { description: 'Similarity to a disliked movie, which lowers the score.' },
    PREFERRED_GENRE: { description: 'A preferred genre that the movie has.' },
    POPULARITY: { description: 'How many people rated the movie, and how high.' },
    CATALOG_AVERAGE: { description: 'Similarity to the average movie. It stands in while nothing is known of the viewer.' },
    OPERATOR_RULE: { description: 'What a rule of the operator of this server adds to the score, or takes from it.' },
    RATED_MOVIE: { description: 'A movie that the viewer rated below a like: people who watch it watch this one too.' },
    OTHER: { description: 'The sum of the smaller reasons that `first` leaves out.' },
  },
});

/** The ranking has made the reasons already, so their fields cost less than facts of a movie. */
const REASON_FIELD_COST = 0.05;

@ObjectType({ simpleResolvers: true, description: 'One part of a score.' })
export class Reason {
  readonly movieIndex!: MovieIndex | null;

  @Field(() => ReasonKind)
  @Extensions({ cost: REASON_FIELD_COST })
  readonly kind!: ReasonKindValue;

  @Field(() => String, { description: "The reason in words, e.g. 'Because you liked Alien' or 'Sci-Fi'." })
  @Extensions({ cost: REASON_FIELD_COST })
  readonly label!: string;

  @Field(() => Float, { description: 'Negative when it lowers the score.' })
  @Extensions({ cost: REASON_FIELD_COST })
  readonly contribution!: number;
}

@ObjectType({ simpleResolvers: true, description: 'A movie with its score in a ranking, and the reasons for it.' })
export class Recommendation {
  readonly movieIndex!: MovieIndex;

  @Field(() => Float, { description: 'Comparable within one list only; higher is better.' })
  readonly score!: number;

  @Field(() => Boolean, { description: 'Whether a rule of the operator puts the movie first, whatever its score is.' })
  readonly pinned!: boolean;

  @Field(() => String, { description: "One sentence, e.g. 'Because you liked Alien and Blade Runner · Sci-Fi · on Netflix'." })
  readonly explanation!: string;

  @Field(() => [ExplanationPart], { description: '`explanation` in parts, for a client that writes it in another language.' })
  @Extensions({ listLength: MAX_PARTS })
  readonly explanationParts!: ExplanationPart[];

  readonly topReasons!: (count: number) => Reason[];
}

@ObjectType({ simpleResolvers: true })
export class RecommendationEdge {
  @Field(() => String, { description: 'Pass it as `after` to get the recommendations after this one.' })
  cursor!: string;

  @Field(() => Recommendation)
  node!: Recommendation;
}

@ObjectType({ simpleResolvers: true, description: 'A page of recommendations.' })
export class RecommendationConnection {
  @Field(() => [RecommendationEdge])
  @Extensions({ listLength: { argument: 'first', of: 'ancestor' } })
  edges!: RecommendationEdge[];

  @Field(() => [Recommendation], { description: 'The recommendations without their cursors.' })
  @Extensions({ listLength: { argument: 'first', of: 'ancestor' } })
  nodes!: Recommendation[];

  @Field(() => PageInfo)
  pageInfo!: PageInfo;

  @Field(() => Int, { description: 'How many movies pass the filters.' })
  totalCount!: number;

  @Field(() => [ID], { description: 'Ids in `prefs` that the catalog does not have, as they were given. They make no difference.' })
  @Extensions({ listLength: 3 * MAX_IDS })
  ignoredMovieIds!: string[];

  @Field(() => AppliedFilters)
  appliedFilters!: AppliedFilters;
}
