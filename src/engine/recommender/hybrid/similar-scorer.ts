import { TopK } from '../../linalg/topk.ts';
import { ContentTerm } from '../content/content-term.ts';
import { type Contribution, toContributions } from '../contributions.ts';
import type { RankedRows, Scorer } from '../scorer.ts';
import type { DeferredTerm } from './bounded-search.ts';
import type { HybridWorkspace } from './hybrid-workspace.ts';

/**
 * Scores movies by their similarity to movie i, by features and by ratings:
 *
 *   score_j = w_content × similarity_j + w_factors × itemSimilarity_ij + w_popularity × popularity_j
 *
 * similarity_j is the term of ContentTerm for a viewer who likes movie i alone, itemSimilarity_ij the damped cosine of ItemSimilarity; w
 * are the model's `similar` weights.
 */
export class SimilarScorer implements Scorer {
  readonly #workspace: HybridWorkspace;
  readonly #similarity: ContentTerm;
  readonly #itemSimilarityTerm: DeferredTerm;

  constructor(workspace: HybridWorkspace, movie: number) {
    this.#workspace = workspace;
    this.#similarity = new ContentTerm(workspace.content, { liked: [movie], disliked: [], genres: [] }, workspace.model.similar.content);
    const { itemSimilarity, model } = workspace;
    const vector = itemSimilarity.towards(Uint32Array.of(movie)).vector.map((value) => model.similar.factors * value);
    this.#itemSimilarityTerm = {
      upperBound: 0,
      scaledUpperBound: model.factors.upperBound(vector),
      add: (rows, out) => itemSimilarity.add(vector, rows, out),
      comesLast: true,
    };
  }

  score(rows: Uint32Array, scores: Float64Array): void {
    const baseScores = this.#writeBaseScores(rows);
    this.#itemSimilarityTerm.add(rows, baseScores);
    const dots = this.#similarity.dots(rows);
    this.#workspace.content.kernel.write(dots, this.#similarity.norm, rows, 0, scores, baseScores);
  }

  topK(rows: Uint32Array, k: number): RankedRows {
    const best = new TopK(Math.min(k, rows.length));
    this.#writeBaseScores(rows);
    const vector = this.#similarity.vector();
    this.#workspace.search.offerBest(vector, this.#similarity.norm, rows, best, this.#itemSimilarityTerm);
    return best.drain();
  }

  explain(row: number): Contribution[] {
    const { content, model, bounds } = this.#workspace;
    const parts = this.#similarity.partsOf(row);
    parts.popularity = model.similar.popularity * content.model.popularity[row];
    parts.liked[0] += bounds.baseScores[row] - parts.popularity;
    return toContributions(this.#similarity.profile, parts);
  }

  #writeBaseScores(rows: Uint32Array): Float64Array {
    const { bounds, model } = this.#workspace;
    bounds.blend(rows, 0, model.similar.popularity);
    return bounds.baseScores;
  }
}
