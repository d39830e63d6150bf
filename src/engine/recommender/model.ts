import type { ModelRelease } from '../artifacts/model-release.ts';
import type { SectionArray } from '../artifacts/section-file.ts';
import type { FeatureMatrix } from '../features/feature-matrix.ts';
import { collaborativeSections } from './collaborative/collaborative-model.ts';
import { type ContentModel, contentSections, readContentModel } from './content/content-model.ts';
import { type HybridModel, readHybridModel } from './hybrid/hybrid-model.ts';
import { secondLookSections } from './hybrid/second-look.ts';

/** All data that the recommender scores with. */
export interface RecommenderModel extends ContentModel {
  /** Undefined in a release without ratings models. */
  collaborative?: HybridModel | undefined;
}

/** The model as sections: `features.*` and `model.*`, `taste.*` when there are ratings models, and `rerank.*` with a second look. */
export function modelSections(fitted: FeatureMatrix, model: RecommenderModel): Record<string, SectionArray> {
  const { collaborative } = model;
  return {
    ...contentSections(fitted, model),
    ...(collaborative && collaborativeSections(collaborative)),
    ...(collaborative?.secondLook && secondLookSections(collaborative.secondLook)),
  };
}

/** The model of a verified release, as views of its sections. Throws an ArtifactError when the sections do not fit together. */
export function readRecommenderModel(release: ModelRelease): RecommenderModel {
  return { ...readContentModel(release), collaborative: readHybridModel(release) };
}
