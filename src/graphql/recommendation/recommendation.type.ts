import { Extensions, Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { MovieIndex } from '../../catalog/catalog.ts';
import type { Contribution, ContributionKind } from '../../engine/recommender/contributions.ts';
import type { RankedMovie } from '../../engine/recommender/recommender.ts';
import type { Explanation } from '../../recommendations/explanation.ts';
import { PageInfo } from '../paging/page-info.type.ts';
import { ExplanationPart } from './explanation-part.type.ts';

export const ReasonKind: { [K in ContributionKind]: K } = {
  LIKED_MOVIE: 'LIKED_MOVIE',
  DISLIKED_MOVIE: 'DISLIKED_MOVIE',
  PREFERRED_GENRE: 'PREFERRED_GENRE',
  POPULARITY: 'POPULARITY',
  CATALOG_AVERAGE: 'CATALOG_AVERAGE',
};

registerEnumType(ReasonKind, {
  name: 'ReasonKind',
  description: 'What a part of a score comes from.',
  valuesConfig: {
    LIKED_MOVIE: { description: 'Likeness to a liked movie.' },
    DISLIKED_MOVIE: { description: 'Likeness to a disliked movie: takes away from the score.' },
    PREFERRED_GENRE: { description: 'A preferred genre that the movie has.' },
    POPULARITY: { description: 'How many people saw the movie, and what they thought of it.' },
    CATALOG_AVERAGE: { description: 'Likeness to the average movie, which stands in while nothing is known of the viewer.' },
  },
});

@ObjectType({ simpleResolvers: true, description: 'One part of a score.' })
export class Reason {
  readonly #contribution: Contribution;
  readonly #explanation: Explanation;

  constructor(contribution: Contribution, explanation: Explanation) {
    this.#contribution = contribution;
    this.#explanation = explanation;
  }

  @Field(() => ReasonKind)
  get kind(): ContributionKind {
    return this.#contribution.kind;
  }

  @Field(() => String, { description: "For people, e.g. 'Because you liked Alien' or 'Sci-Fi'." })
  get label(): string {
    return this.#explanation.label(this.#contribution);
  }

  @Field(() => Float, { description: 'Negative when it takes away from the score.' })
  get contribution(): number {
    return this.#contribution.value;
  }

  get movieIndex(): MovieIndex | null {
    const { kind, subject } = this.#contribution;
    return kind === 'LIKED_MOVIE' || kind === 'DISLIKED_MOVIE' ? subject : null;
  }
}

@ObjectType({ simpleResolvers: true, description: 'A movie with its place in a ranking, and why it has it.' })
export class Recommendation {
  readonly #ranked: RankedMovie;
  readonly #explanation: Explanation;

  constructor(ranked: RankedMovie, explanation: Explanation) {
    this.#ranked = ranked;
    this.#explanation = explanation;
  }

  get movieIndex(): MovieIndex {
    return this.#ranked.index;
  }

  @Field(() => Float, { description: 'Comparable within one list only; higher is better.' })
  get score(): number {
    return this.#ranked.score;
  }

  @Field(() => String, { description: "One sentence for people, e.g. 'Because you liked Alien and Blade Runner · Sci-Fi · on Netflix'." })
  get explanation(): string {
    return this.#explanation.sentence(this.#ranked);
  }

  @Field(() => [ExplanationPart], { description: '`explanation` in parts, for who says it in another language.' })
  @Extensions({ usualLength: 3 })
  get explanationParts(): ExplanationPart[] {
    return this.#explanation.parts(this.#ranked);
  }

  @Field(() => [Reason], { description: 'What the score is made of, largest share first; the contributions add up to `score`.' })
  @Extensions({ usualLength: 5 })
  get reasons(): Reason[] {
    return this.#ranked.contributions.map((contribution) => new Reason(contribution, this.#explanation));
  }
}

@ObjectType({ simpleResolvers: true })
export class RecommendationEdge {
  @Field(() => String, { description: 'Pass it as `after` to go on behind this recommendation.' })
  cursor!: string;

  @Field(() => Recommendation)
  node!: Recommendation;
}

@ObjectType({ simpleResolvers: true, description: 'A page of recommendations.' })
export class RecommendationConnection {
  @Field(() => [RecommendationEdge])
  @Extensions({ usualLength: 1 })
  edges!: RecommendationEdge[];

  @Field(() => [Recommendation], { description: 'The recommendations without their cursors.' })
  @Extensions({ usualLength: 1 })
  nodes!: Recommendation[];

  @Field(() => PageInfo)
  pageInfo!: PageInfo;

  @Field(() => Int, { description: 'How many movies pass the filters.' })
  totalCount!: number;

  @Field(() => [ID], { description: 'The ids in `prefs` that the catalogue does not know, as they were given; they made no difference.' })
  ignoredMovieIds!: string[];
}
