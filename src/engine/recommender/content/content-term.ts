import { addRow, clearRow, dotRow } from '../../linalg/csr.ts';
import type { ScoreParts } from '../contributions.ts';
import type { UserProfile } from '../profile.ts';
import type { ContentWorkspace } from './content-workspace.ts';
import { type ProfileWeights, profileWeights, weightOfLike } from './profile-vector.ts';
import type { SparseVector } from './similarity-kernel.ts';

/**
 * The similarity term of one request's scores:
 *
 *   similarity_j = (f_j · profile) / (normalizer_j × |profile|)
 *
 * With `scale` other than 1 the weights of likes and dislikes in `profile` are multiplied by it, but |profile| stays the norm of the
 * profile without scale. So scale multiplies the parts of likes and dislikes, and leaves the part of the genres as it is.
 */
export class ContentTerm {
  readonly profile: UserProfile;
  readonly weights: ProfileWeights;
  readonly #workspace: ContentWorkspace;
  readonly #normWeights: ProfileWeights;
  #norm = 0;

  constructor(workspace: ContentWorkspace, profile: UserProfile, scale = 1) {
    this.#workspace = workspace;
    this.profile = profile;
    this.#normWeights = profileWeights(workspace.model, profile);
    this.weights = scale === 1 ? this.#normWeights : scaledForHybrid(this.#normWeights, scale);
  }

  /** |profile|, as of the last call of `vector` or `dots`. */
  get norm(): number {
    return this.#norm;
  }

  /** The profile vector, in scratch memory of the workspace. */
  vector(): SparseVector {
    const { vector, norm } = this.#workspace.profileVector(this.profile, this.weights, this.#normWeights);
    this.#norm = norm;
    return vector;
  }

  /** Dot products of these rows, and possibly of others, with the profile vector, in scratch memory of the workspace. One entry a movie. */
  dots(rows: Uint32Array): Float64Array {
    if (this.weights.average > 0 && this.weights.disliked === 0) {
      const { dots, norm } = this.#workspace.averageDots();
      this.#norm = norm;
      return dots;
    }
    return this.#workspace.kernel.dots(this.vector(), rows);
  }

  /**
   * The similarity of movie `row` by the facts of the profile; its other parts are 0. The profile vector is a sum, so its dot product
   * with a row is the sum of the dot products of its parts. Needs the norm of an earlier call of `vector` or `dots`.
   */
  partsOf(row: number): ScoreParts {
    const { liked, disliked, genres } = this.profile;
    const parts: ScoreParts = {
      liked: new Float64Array(liked.length),
      disliked: new Float64Array(disliked.length),
      rated: new Float64Array(this.profile.rated?.length ?? 0),
      genres: new Float64Array(genres.length),
      catalogAverage: 0,
      popularity: 0,
      operatorRules: 0,
    };
    if (this.#norm === 0) return parts;
    const { model, zeros: dense, meanRow } = this.#workspace;
    const { features, genreColumns } = model;
    const { weights } = this;
    const scale = 1 / (this.#norm * model.normalizers[row]);
    addRow(features, row, 1, dense);
    liked.forEach((movie, n) => {
      parts.liked[n] = weightOfLike(this.profile, weights, n) * dotRow(features, movie, dense) * scale;
    });
    if (weights.genre > 0) {
      genres.forEach((genre, n) => {
        const column = genreColumns[genre];
        if (column >= 0) parts.genres[n] = weights.genre * dense[column] * scale;
      });
    }
    if (weights.disliked > 0) {
      disliked.forEach((movie, n) => {
        parts.disliked[n] = (-weights.disliked / disliked.length) * dotRow(features, movie, dense) * scale;
      });
    }
    if (weights.average > 0) parts.catalogAverage = weights.average * dotRow(features, row, meanRow()) * scale;
    clearRow(features, row, dense);
    return parts;
  }
}

function scaledForHybrid(weights: ProfileWeights, scale: number): ProfileWeights {
  return { ...weights, liked: weights.liked * scale, disliked: weights.disliked * scale };
}
