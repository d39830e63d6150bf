import { ArtifactError } from '../../artifacts/artifact-error.ts';
import type { ModelRelease } from '../../artifacts/model-release.ts';
import type { SectionArray } from '../../artifacts/section-file.ts';
import { strideOf } from '../../linalg/short-rows.ts';
import { type Blend, type BlendWeights, type HybridConfig, parseHybridConfig, type SimilarWeights } from '../hybrid/hybrid-config.ts';
import { FactorModel } from './factor-model.ts';
import type { ItemItemModel } from './item-item-model.ts';
import { itemItemSections, readItemItem } from './item-item-sections.ts';

/** What people's ratings say, for whoever likes something: EASE twice, iALS and popularity, and how they are put together with content. */
export interface CollaborativeModel {
  ease: ItemItemModel;
  /** EASE as it is best for who has told little. */
  sparseProfileEase: ItemItemModel;
  factors: FactorModel;
  /** ln(1 + likes), the most liked movie's being 1. */
  popularity: Float32Array;
  blend: Blend;
  similar: SimilarWeights;
}

/** A viewer's likes or dislikes in the ratings models, for one request: what they add to every score, and each one's share of it. */
export interface CollaborativeTerms {
  /** What is multiplied with a movie's vector, weight and sign included. */
  vector: Float64Array;
  /** out[j] += what they add to movie j's score beside its vector's product. */
  addWeights(out: Float64Array): void;
  /** The share of each movie in what they add to movie j's, in their order. */
  attributions(movie: number): Float64Array;
}

/** Σ_i (w_ease B[i, j] + w_fewLikes B'[i, j] + w_factors y_jᵀ A⁻¹ y_i), over the movies i. `sign` is 1 for likes; dislikes take away. */
export function collaborativeTerms(
  { ease, sparseProfileEase, factors }: CollaborativeModel,
  movies: Uint32Array,
  weights: BlendWeights,
  sign: number,
): CollaborativeTerms {
  const viewer = factors.fold(movies);
  return {
    vector: viewer.vector.map((value) => sign * weights.factors * value),
    addWeights(out) {
      if (weights.ease !== 0) ease.score(movies, out, sign * weights.ease);
      if (weights.fewLikes !== 0) sparseProfileEase.score(movies, out, sign * weights.fewLikes);
    },
    attributions(movie) {
      const shares = viewer.attributions(movie);
      const ofEase = ease.attributions(movies, movie);
      const ofFew = sparseProfileEase.attributions(movies, movie);
      return shares.map((share, n) => sign * (weights.factors * share + weights.ease * ofEase[n] + weights.fewLikes * ofFew[n]));
    },
  };
}

/** Model -> sections named `taste.*`. */
export function collaborativeSections({ ease, sparseProfileEase, factors, popularity }: CollaborativeModel): Record<string, SectionArray> {
  return {
    ...itemItemSections('taste.ease', ease),
    ...itemItemSections('taste.fewLikes', sparseProfileEase),
    'taste.factors': factors.vectors.values,
    'taste.scales': factors.vectors.scales,
    'taste.gram': factors.foldIn.gram,
    'taste.popularity': popularity,
  };
}

/** Model -> what stands in the manifest. */
export function hybridConfigOf({ factors, blend, similar }: CollaborativeModel): HybridConfig {
  const { dimensions, regularization, penaltyBase, regularizationExponent } = factors.foldIn;
  return { factors: { dimensions, regularization, penaltyBase, exponent: regularizationExponent }, blend, similar };
}

/** The ratings models of a verified set, undefined when it has none; an ArtifactError when the parts do not fit together. */
export function readCollaborativeModel(set: ModelRelease): CollaborativeModel | undefined {
  const { taste, movieCount: movies } = set.manifest;
  if (taste === undefined) {
    if (set.has('taste.factors')) throw new ArtifactError('manifest: "taste" is missing beside section taste.factors');
    return undefined;
  }
  const { factors: foldIn, blend, similar } = readConfig(taste);
  const { dimensions: columns, regularization, penaltyBase, exponent: regularizationExponent } = foldIn;
  const values = set.get('taste.factors', 'i16');
  const expected = movies * strideOf(columns);
  if (values.length !== expected) throw new ArtifactError(`section taste.factors: ${values.length} entries, expected ${expected}`);
  const vectors = { columns, values, scales: numbersOf(set, 'taste.scales', movies) };
  if (vectors.scales.some((scale) => scale < 0)) throw new ArtifactError('section taste.scales: holds a number below 0');
  const gram = numbersOf(set, 'taste.gram', columns ** 2);
  return {
    ease: readItemItem(set, 'taste.ease', movies),
    sparseProfileEase: readItemItem(set, 'taste.fewLikes', movies),
    factors: new FactorModel({ dimensions: columns, regularization, penaltyBase, regularizationExponent, gram }, vectors),
    popularity: numbersOf(set, 'taste.popularity', movies),
    blend,
    similar,
  };
}

function readConfig(taste: unknown): HybridConfig {
  try {
    return parseHybridConfig(taste, 'manifest taste');
  } catch (cause) {
    throw new ArtifactError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

function numbersOf(set: ModelRelease, name: string, expected: number): Float32Array {
  const section = set.get(name, 'f32');
  if (section.length !== expected) throw new ArtifactError(`section ${name}: ${section.length} entries, expected ${expected}`);
  if (!section.every(Number.isFinite)) throw new ArtifactError(`section ${name}: holds what is no number`);
  return section;
}
