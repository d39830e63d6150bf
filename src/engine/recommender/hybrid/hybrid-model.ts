import { ArtifactError } from '../../artifacts/artifact-error.ts';
import type { ModelRelease } from '../../artifacts/model-release.ts';
import { type CollaborativeModel, readCollaborativeModel } from '../collaborative/collaborative-model.ts';
import { type Blend, type HybridConfig, parseHybridConfig, type SimilarWeights } from './hybrid-config.ts';
import { readSecondLook, type SecondLook } from './second-look.ts';

/** The ratings models, and the weights that put them together with content. */
export interface HybridModel extends CollaborativeModel {
  blend: Blend;
  similar: SimilarWeights;
  /** Undefined in a release that was trained without it. */
  secondLook?: SecondLook | undefined;
}

/** The settings of a model, as the manifest stores them under `taste`. */
export function hybridConfigOf({ factors, blend, similar }: HybridModel): HybridConfig {
  const { dimensions, regularization, penaltyBase, regularizationExponent } = factors.foldIn;
  return { factors: { dimensions, regularization, penaltyBase, exponent: regularizationExponent }, blend, similar };
}

/**
 * The hybrid model of a verified release; undefined when the release has no ratings models. Throws an ArtifactError when the manifest and
 * the sections do not fit together.
 */
export function readHybridModel(release: ModelRelease): HybridModel | undefined {
  const { taste: config } = release.manifest;
  if (config === undefined) {
    if (release.has('taste.factors')) throw new ArtifactError('manifest: "taste" is missing beside section taste.factors');
    return undefined;
  }
  const { factors, blend, similar } = readConfig(config);
  const { exponent: regularizationExponent, ...foldIn } = factors;
  return { ...readCollaborativeModel(release, { ...foldIn, regularizationExponent }), blend, similar, secondLook: readSecondLook(release) };
}

function readConfig(config: unknown): HybridConfig {
  try {
    return parseHybridConfig(config, 'manifest taste');
  } catch (cause) {
    throw new ArtifactError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
