import { meanRow } from '../../linalg/csr.ts';
import type { UserProfile } from '../profile.ts';
import type { ContentModel } from './content-model.ts';
import { addProfile, type ProfileWeights } from './profile-vector.ts';
import { SimilarityKernel, type SparseVector, toSparseVector } from './similarity-kernel.ts';

/** A profile vector in scratch memory, and a norm to divide by. */
export interface NormedVector {
  vector: SparseVector;
  norm: number;
}

/** Memory that the content scorers of one recommender share. It lives as long as the model; one request at a time uses it. */
export class ContentWorkspace {
  readonly model: ContentModel;
  readonly kernel: SimilarityKernel;
  /** One zero a feature column. Code that writes here restores the zeros. */
  readonly zeros: Float64Array;
  readonly #vector: Float64Array;
  readonly #columns: Uint32Array;
  #mean: Float64Array | undefined;
  #averageDots: { dots: Float64Array; norm: number } | undefined;

  constructor(model: ContentModel) {
    this.model = model;
    this.kernel = new SimilarityKernel(model.features, model.normalizers, model.popularity, model.featuresByColumn);
    this.zeros = new Float64Array(model.features.columns);
    this.#vector = new Float64Array(model.features.columns);
    this.#columns = new Uint32Array(model.features.columns);
  }

  /** Mean of all feature rows; computed once. */
  readonly meanRow = (): Float64Array => {
    this.#mean ??= meanRow(this.model.features);
    return this.#mean;
  };

  /** The profile vector with `weights`, and the norm of the profile vector with `normWeights`. The next call overwrites the vector. */
  profileVector(profile: UserProfile, weights: ProfileWeights, normWeights: ProfileWeights): NormedVector {
    const values = this.#vector.fill(0);
    const norm = addProfile(this.model, profile, normWeights, this.meanRow, values);
    if (weights !== normWeights) addProfile(this.model, profile, weights, this.meanRow, values.fill(0));
    return { vector: toSparseVector(values, this.#columns), norm };
  }

  /** Dot products of every row with the mean of all rows. That vector is dense and always the same, so they are computed once. */
  averageDots(): { dots: Float64Array; norm: number } {
    if (this.#averageDots === undefined) {
      const emptyProfile = { liked: [], disliked: [], genres: [] };
      const weights = { liked: 0, genre: 0, average: 1, disliked: 0 };
      const { vector, norm } = this.profileVector(emptyProfile, weights, weights);
      const rows = Uint32Array.from({ length: this.model.features.rows }, (_, row) => row);
      this.#averageDots = { dots: this.kernel.dots(vector, rows).slice(), norm };
    }
    return this.#averageDots;
  }
}
