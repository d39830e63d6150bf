import { TopK } from '../../linalg/topk.ts';
import { ContentTerm } from '../content/content-term.ts';
import { type Contribution, toContributions } from '../contributions.ts';
import type { RankedRows, Scorer } from '../scorer.ts';
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
  readonly #movie: number;
  readonly #similarity: ContentTerm;

  constructor(workspace: HybridWorkspace, movie: number) {
    this.#workspace = workspace;
    this.#movie = movie;
    this.#similarity = new ContentTerm(workspace.content, { liked: [movie], disliked: [], genres: [] }, workspace.model.similar.content);
  }

  score(rows: Uint32Array, scores: Float64Array): void {
    const baseScores = this.#writeBaseScores(rows);
    const dots = this.#similarity.dots(rows);
    this.#workspace.content.kernel.write(dots, this.#similarity.norm, rows, 0, scores, baseScores);
  }

  topK(rows: Uint32Array, k: number): RankedRows {
    const best = new TopK(Math.min(k, rows.length));
    const baseScores = this.#writeBaseScores(rows);
    const vector = this.#similarity.vector();
    this.#workspace.search.offerBest(vector, this.#similarity.norm, rows, baseScores, best);
    return best.drain();
  }

  explain(row: number): Contribution[] {
    const { content, model, baseScores } = this.#workspace;
    const parts = this.#similarity.partsOf(row);
    parts.popularity = model.similar.popularity * content.model.popularity[row];
    parts.liked[0] += baseScores[row] - parts.popularity;
    return toContributions(this.#similarity.profile, parts);
  }

  #writeBaseScores(rows: Uint32Array): Float64Array {
    const { content, model, baseScores, itemSimilarity } = this.#workspace;
    const { factors, popularity: weight } = model.similar;
    const { popularity } = content.model;
    itemSimilarity.write(this.#movie, factors, rows, baseScores);
    for (let n = 0; n < rows.length; n++) baseScores[rows[n]] += weight * popularity[rows[n]];
    return baseScores;
  }
}
