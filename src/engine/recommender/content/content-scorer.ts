import { TopK } from '../../linalg/topk.ts';
import { type Contribution, toContributions } from '../contributions.ts';
import type { UserProfile } from '../profile.ts';
import type { RankedRows, Scorer } from '../scorer.ts';
import { ContentTerm } from './content-term.ts';
import type { ContentWorkspace } from './content-workspace.ts';

/**
 * Scores movies by their features alone:
 *
 *   score_j = similarity_j + popularityWeight × popularity_j + boost_j
 *
 * See ContentTerm for similarity_j and OperatorInfluence for boost_j.
 */
export class ContentScorer implements Scorer {
  readonly #workspace: ContentWorkspace;
  readonly #similarity: ContentTerm;
  readonly #popularityWeight: number;
  readonly #popularity: Float32Array;
  readonly #boosts: Float64Array | undefined;

  /** `popularity` has one entry a movie; that of the model when left out. */
  constructor(
    workspace: ContentWorkspace,
    profile: UserProfile,
    popularityWeight: number,
    popularity = workspace.model.popularity,
    boosts?: Float64Array,
  ) {
    this.#workspace = workspace;
    this.#similarity = new ContentTerm(workspace, profile);
    this.#popularityWeight = popularityWeight;
    this.#popularity = popularity;
    this.#boosts = boosts;
  }

  score(rows: Uint32Array, scores: Float64Array): void {
    const dots = this.#similarity.dots(rows);
    this.#workspace.kernel.write(dots, this.#similarity.norm, rows, this.#popularityWeight, scores, this.#boosts, this.#popularity);
  }

  topK(rows: Uint32Array, k: number): RankedRows {
    const best = new TopK(Math.min(k, rows.length));
    const dots = this.#similarity.dots(rows);
    this.#workspace.kernel.offer(dots, this.#similarity.norm, rows, this.#popularityWeight, best, this.#boosts, this.#popularity);
    return best.drain();
  }

  explain(row: number): Contribution[] {
    const parts = this.#similarity.partsOf(row);
    parts.popularity = this.#popularityWeight * this.#popularity[row];
    parts.operatorRules = this.#boosts?.[row] ?? 0;
    return toContributions(this.#similarity.profile, parts);
  }
}
