import type { MovieIndex } from '../catalog/movie-id.ts';
import type { Contribution, ContributionKind } from '../engine/recommender/contributions.ts';
import type { GroupRankedMovie, MemberShare } from '../engine/recommender/group.ts';
import type { RankedMovie } from '../engine/recommender/recommender.ts';
import type { Explanation, ExplanationPart } from './explanation.ts';

/** A ranked movie with its explanation. Texts are made when they are read. */
export class RecommendedMovie {
  readonly #ranked: RankedMovie;
  readonly #explanation: Explanation;

  constructor(ranked: RankedMovie, explanation: Explanation) {
    this.#ranked = ranked;
    this.#explanation = explanation;
  }

  get movieIndex(): MovieIndex {
    return this.#explanation.movieIndex(this.#ranked);
  }

  /** Comparable within one list only; higher is better. */
  get score(): number {
    return this.#ranked.score;
  }

  /** Whether a rule of the operator puts the movie first, whatever its score is. */
  get pinned(): boolean {
    return this.#explanation.isPinned(this.#ranked);
  }

  get explanation(): string {
    return this.#explanation.sentence(this.#ranked);
  }

  get explanationParts(): ExplanationPart[] {
    return this.#explanation.parts(this.#ranked);
  }

  /** The largest parts of the score, largest first, and one part more for the sum of the others. They add up to the score. */
  topReasons(count: number): RecommendationReason[] {
    const { contributions } = this.#ranked;
    const top: Part[] = contributions.slice(0, count);
    if (contributions.length > count) {
      const value = contributions.slice(count).reduce((sum, contribution) => sum + contribution.value, 0);
      top.push({ kind: 'OTHER', subject: -1, value });
    }
    return top.map((contribution) => new RecommendationReason(contribution, this.#explanation));
  }
}

/** A contribution, or the sum of several. */
type Part = Contribution | { kind: 'OTHER'; subject: -1; value: number };

/** One part of a score. */
export class RecommendationReason {
  readonly #contribution: Part;
  readonly #explanation: Explanation;

  constructor(contribution: Part, explanation: Explanation) {
    this.#contribution = contribution;
    this.#explanation = explanation;
  }

  get kind(): ContributionKind | 'OTHER' {
    return this.#contribution.kind;
  }

  get label(): string {
    return this.#contribution.kind === 'OTHER' ? 'Others' : this.#explanation.label(this.#contribution);
  }

  get contribution(): number {
    return this.#contribution.value;
  }

  /** The liked or disliked movie; null for the other kinds. */
  get movieIndex(): MovieIndex | null {
    return this.#contribution.kind === 'OTHER' ? null : this.#explanation.movieBehind(this.#contribution);
  }
}

/** A movie ranked for a group. */
export class GroupRecommendedMovie {
  readonly movieIndex: MovieIndex;
  readonly #ranked: GroupRankedMovie;
  readonly #explanations: readonly Explanation[];

  /** `explanations` has one entry a member. */
  constructor(ranked: GroupRankedMovie, explanations: readonly Explanation[]) {
    this.movieIndex = explanations[0].movieIndex(ranked);
    this.#ranked = ranked;
    this.#explanations = explanations;
  }

  get score(): number {
    return this.#ranked.score;
  }

  /** Whether a rule of the operator puts the movie first, whatever its score is. */
  get pinned(): boolean {
    return this.#explanations[0].isPinned(this.#ranked);
  }

  /** In the order of the members. */
  get members(): MemberRecommendation[] {
    const { index, members } = this.#ranked;
    return members.map((share, member) => new MemberRecommendation(index, member, share, this.#explanations[member]));
  }
}

/** What a movie of a group's list is to one member. */
export class MemberRecommendation extends RecommendedMovie {
  readonly member: number;
  /** The member's part of the group's score. */
  readonly contribution: number;

  constructor(row: number, member: number, { score, share, contributions }: MemberShare, explanation: Explanation) {
    super({ index: row, score, contributions }, explanation);
    this.member = member;
    this.contribution = share;
  }
}
