import { ItemSimilarity } from '../collaborative/item-similarity.ts';
import type { ContentWorkspace } from '../content/content-workspace.ts';
import { BoundedSearch } from './bounded-search.ts';
import type { HybridModel } from './hybrid-model.ts';

/** Memory that the hybrid scorers of one recommender share, in addition to the content workspace. One request at a time uses it. */
export class HybridWorkspace {
  readonly content: ContentWorkspace;
  readonly model: HybridModel;
  /** All terms of a score but the similarity term, one entry a movie. Only the rows of the last request are valid. */
  readonly baseScores: Float64Array;
  readonly search: BoundedSearch;
  readonly itemSimilarity: ItemSimilarity;

  constructor(content: ContentWorkspace, model: HybridModel) {
    this.content = content;
    this.model = model;
    this.baseScores = new Float64Array(content.model.features.rows);
    this.itemSimilarity = new ItemSimilarity(model, model.similar.damping);
    this.search = new BoundedSearch(content.kernel, model.factors.norms, this.itemSimilarity.scaledNorms);
  }
}
