import { ArtifactError } from '../artifacts/artifact-error.ts';
import type { ArtifactSet } from '../artifacts/artifact-set.ts';
import type { SectionArray } from '../artifacts/section-file.ts';
import { type Blend, type BlendWeights, parseTasteConfig, type SimilarWeights, type TasteConfig } from '../features/taste-config.ts';
import { csrProblem } from '../linalg/csr.ts';
import { FactorModel } from './collaborative/factor-model.ts';
import { ItemItemModel } from './collaborative/item-item-model.ts';

/** What people's ratings say, for whoever likes something: EASE, iALS and popularity, and how they are put together with content. */
export interface TasteModel {
  ease: ItemItemModel;
  factors: FactorModel;
  /** ln(1 + likes), the most liked movie's being 1. */
  popularity: Float32Array;
  blend: Blend;
  similar: SimilarWeights;
}

/** A viewer's likes or dislikes in the ratings models, for one request: what they add to every score, and each one's share of it. */
export interface TasteShares {
  /** What is multiplied with a movie's vector, weight and sign included. */
  vector: Float64Array;
  /** out[j] += what they add to movie j's score beside its vector's product. */
  addWeights(out: Float64Array): void;
  /** The share of each movie in what they add to movie j's, in their order. */
  of(movie: number): Float64Array;
}

/** w_ease × Σ_i B[i, j] + w_factors × Σ_i y_jᵀ A⁻¹ y_i, over the movies i. `sign` is 1 for likes; dislikes take away. */
export function tasteShares({ ease, factors }: TasteModel, movies: Uint32Array, weights: BlendWeights, sign: number): TasteShares {
  const viewer = factors.fold(movies);
  return {
    vector: viewer.vector.map((value) => sign * weights.factors * value),
    addWeights(out) {
      if (weights.ease !== 0) ease.score(movies, out, sign * weights.ease);
    },
    of(movie) {
      const shares = viewer.shares(movie);
      const others = ease.shares(movies, movie);
      return shares.map((share, n) => sign * (weights.factors * share + weights.ease * others[n]));
    },
  };
}

/** Model -> sections named `taste.*`. */
export function tasteSections({ ease, factors, popularity }: TasteModel): Record<string, SectionArray> {
  return {
    'taste.ease.rowOffsets': ease.weights.rowOffsets,
    'taste.ease.columnIndices': ease.weights.columnIndices,
    'taste.ease.values': ease.weights.values,
    'taste.factors': factors.parameters.factors,
    'taste.gram': factors.parameters.gram,
    'taste.popularity': popularity,
  };
}

/** Model -> what stands in the manifest. */
export function tasteAbout({ factors, blend, similar }: TasteModel): TasteConfig {
  const { dimensions, regularization, penaltyBase, exponent } = factors.parameters;
  return { factors: { dimensions, regularization, penaltyBase, exponent }, blend, similar };
}

/** The ratings models of a verified set, undefined when it has none; an ArtifactError when the parts do not fit together. */
export function readTaste(set: ArtifactSet): TasteModel | undefined {
  const { taste, movieCount: movies } = set.manifest;
  if (taste === undefined) {
    if (set.has('taste.factors')) throw new ArtifactError('manifest: "taste" is missing beside section taste.factors');
    return undefined;
  }
  const { factors: about, blend, similar } = readConfig(taste);
  const weights = {
    rows: movies,
    columns: movies,
    rowOffsets: set.get('taste.ease.rowOffsets', 'u32'),
    columnIndices: set.get('taste.ease.columnIndices', 'u16', 'u32'),
    values: set.get('taste.ease.values', 'f32'),
  };
  const problem = csrProblem(weights);
  if (problem !== undefined) throw new ArtifactError(`section taste.ease: ${problem}`);
  const factors = lengthOf(set, 'taste.factors', movies * about.dimensions);
  const gram = lengthOf(set, 'taste.gram', about.dimensions ** 2);
  return {
    ease: new ItemItemModel(weights),
    factors: new FactorModel({ ...about, factors, gram }),
    popularity: lengthOf(set, 'taste.popularity', movies),
    blend,
    similar,
  };
}

function readConfig(taste: unknown): TasteConfig {
  try {
    return parseTasteConfig(taste, 'manifest taste');
  } catch (cause) {
    throw new ArtifactError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

function lengthOf(set: ArtifactSet, name: string, expected: number): Float32Array {
  const section = set.get(name, 'f32');
  if (section.length !== expected) throw new ArtifactError(`section ${name}: ${section.length} entries, expected ${expected}`);
  if (!section.every(Number.isFinite)) throw new ArtifactError(`section ${name}: holds what is no number`);
  return section;
}
