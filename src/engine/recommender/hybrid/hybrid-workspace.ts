import { ItemSimilarity } from '../collaborative/item-similarity.ts';
import type { ContentWorkspace } from '../content/content-workspace.ts';
import { BoundedSearch } from './bounded-search.ts';
import type { HybridModel } from './hybrid-model.ts';
import { RowBounds } from './row-bounds.ts';

/** Memory that the hybrid scorers of one recommender share, in addition to the content workspace. One request at a time uses it. */
export class HybridWorkspace {
  readonly content: ContentWorkspace;
  readonly model: HybridModel;
  /** Its base scores are all terms of a score but the similarity term. Only the rows of the last request are valid. */
  readonly bounds: RowBounds;
  readonly search: BoundedSearch;
  readonly itemSimilarity: ItemSimilarity;

  constructor(content: ContentWorkspace, model: HybridModel) {
    this.content = content;
    this.model = model;
    this.itemSimilarity = new ItemSimilarity(model, model.similar.damping);
    const { factors, popularity } = model;
    this.bounds = new RowBounds(content.kernel, factors.norms, this.itemSimilarity.scaledNorms, [popularity, content.model.popularity]);
    this.search = new BoundedSearch(content.kernel, this.bounds);
  }
}
