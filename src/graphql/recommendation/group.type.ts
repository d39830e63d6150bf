import { Extensions, Field, Float, ID, Int, ObjectType } from 'type-graphql';
import type { MovieIndex } from '../../catalog/catalog.ts';
import type { GroupRankedMovie, MemberShare } from '../../engine/recommender/group.ts';
import type { RankedMovie } from '../../engine/recommender/recommender.ts';
import type { Explanation } from '../../recommendations/explanation.ts';
import { PageInfo } from '../paging/page-info.type.ts';
import { ExplanationPart } from './explanation-part.type.ts';
import { Reason } from './recommendation.type.ts';

@ObjectType({ simpleResolvers: true, description: 'What a movie is to one member of a group, and why.' })
export class MemberReason {
  readonly #index: MovieIndex;
  readonly #share: MemberShare;
  readonly #explanation: Explanation;

  constructor(member: number, index: MovieIndex, share: MemberShare, explanation: Explanation) {
    this.member = member;
    this.#index = index;
    this.#share = share;
    this.#explanation = explanation;
  }

  @Field(() => Int, { description: 'Their place in `members`, from 0.' })
  readonly member: number;

  @Field(() => Float, { description: 'What the movie is worth to them alone; comparable within one list only.' })
  get score(): number {
    return this.#share.score;
  }

  @Field(() => Float, {
    description:
      "Their share of the group's score; the members' shares add up to it. With LEAST_MISERY all of it is with whoever likes the movie least.",
  })
  get contribution(): number {
    return this.#share.share;
  }

  @Field(() => String, { description: "One sentence for this member, e.g. 'Because you liked Alien · Sci-Fi'." })
  get explanation(): string {
    return this.#explanation.sentence(this.#ranked());
  }

  @Field(() => [ExplanationPart], { description: '`explanation` in parts, for who says it in another language.' })
  @Extensions({ usualLength: 3 })
  get explanationParts(): ExplanationPart[] {
    return this.#explanation.parts(this.#ranked());
  }

  @Field(() => [Reason], { description: "What the member's own score is made of, largest first; the contributions add up to `score`." })
  @Extensions({ usualLength: 5 })
  get reasons(): Reason[] {
    return this.#share.contributions.map((contribution) => new Reason(contribution, this.#explanation));
  }

  #ranked(): RankedMovie {
    const { score, contributions } = this.#share;
    return { index: this.#index, score, contributions };
  }
}

@ObjectType({ simpleResolvers: true, description: 'A movie for a group, and why each of them may like it.' })
export class GroupRecommendation {
  readonly #ranked: GroupRankedMovie;
  readonly #explanations: readonly Explanation[];

  /** One explanation a member. */
  constructor(ranked: GroupRankedMovie, explanations: readonly Explanation[]) {
    this.#ranked = ranked;
    this.#explanations = explanations;
  }

  get movieIndex(): MovieIndex {
    return this.#ranked.index;
  }

  @Field(() => Float, { description: 'Comparable within one list only; higher is better.' })
  get score(): number {
    return this.#ranked.score;
  }

  @Field(() => [MemberReason], { description: 'One for each member, in the order of `members`.' })
  @Extensions({ usualLength: 3 })
  get members(): MemberReason[] {
    return this.#ranked.members.map((share, i) => new MemberReason(i, this.#ranked.index, share, this.#explanations[i]));
  }
}

@ObjectType({ simpleResolvers: true })
export class GroupRecommendationEdge {
  @Field(() => String, { description: 'Pass it as `after` to go on behind this recommendation.' })
  cursor!: string;

  @Field(() => GroupRecommendation)
  node!: GroupRecommendation;
}

@ObjectType({ simpleResolvers: true, description: 'A page of recommendations for a group.' })
export class GroupRecommendationConnection {
  @Field(() => [GroupRecommendationEdge])
  @Extensions({ usualLength: 1 })
  edges!: GroupRecommendationEdge[];

  @Field(() => [GroupRecommendation], { description: 'The recommendations without their cursors.' })
  @Extensions({ usualLength: 1 })
  nodes!: GroupRecommendation[];

  @Field(() => PageInfo)
  pageInfo!: PageInfo;

  @Field(() => Int, { description: 'How many movies pass the filters of every member.' })
  totalCount!: number;

  @Field(() => [ID], { description: "The ids in the members' preferences that the catalogue does not know; they made no difference." })
  ignoredMovieIds!: string[];
}
