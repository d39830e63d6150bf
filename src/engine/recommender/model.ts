import type { ModelRelease } from '../artifacts/model-release.ts';
import type { SectionArray } from '../artifacts/section-file.ts';
import type { FeatureMatrix } from '../features/feature-matrix.ts';
import { collaborativeSections } from './collaborative/collaborative-model.ts';
import { type ContentModel, contentSections, readContentModel } from './content/content-model.ts';
import { type HybridModel, readHybridModel } from './hybrid/hybrid-model.ts';

/** All data that the recommender scores with. */
export interface RecommenderModel extends ContentModel {
  /** Undefined in a release without ratings models. */
  collaborative?: HybridModel | undefined;
}

/** The model as sections: `features.*` and `model.*`, and `taste.*` when there are ratings models. */
export function modelSections(fitted: FeatureMatrix, model: RecommenderModel): Record<string, SectionArray> {
  return {
    ...contentSections(fitted, model),
    ...(model.collaborative === undefined ? {} : collaborativeSections(model.collaborative)),
  };
}

/** The model of a verified release, as views of its sections. Throws an ArtifactError when the sections do not fit together. */
export function readRecommenderModel(release: ModelRelease): RecommenderModel {
  return { ...readContentModel(release), collaborative: readHybridModel(release) };
}
