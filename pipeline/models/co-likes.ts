import { indexArray } from '../../src/engine/linalg/csr.ts';
import { TopK } from '../../src/engine/linalg/topk.ts';
import { CoLikesModel } from '../../src/engine/recommender/collaborative/co-likes-model.ts';
import { ItemItemModel } from '../../src/engine/recommender/collaborative/item-item-model.ts';
import { type ItemChoice, interactionsOf, type RatingWeights } from '../data/interactions.ts';
import type { Likes } from '../data/likes.ts';

export interface CoLikesParameters extends ItemChoice {
  /** γ: a user with n likes has weight n^-γ. */
  userWeightExponent: number;
  /** How much a rating below a like says that a movie is watched, relative to a like. */
  ratingWeights: RatingWeights;
  /** The prior weighs as much as this many users of mean weight. */
  prior: number;
  /** Entries that are kept for each movie. */
  neighbours: number;
}

/**
 * Conditional co-occurrence with a prior:
 *
 *   P[i, j] = (Σ_u w_u x_ui e_uj + a share_j) / (Σ_u w_u x_ui + a)
 *
 * - x_ui is 1 when user u likes movie i.
 * - e_uj is 1 for a like, and one of `ratingWeights` for a rating below a like.
 * - w_u = likes_u^-γ, and share_j = Σ_u w_u e_uj / Σ_u w_u.
 *
 * The prior a is `prior` times the mean weight of a user. Heavy users count less, since much of what they
 * like has nothing in common. `progress` receives the number of finished movies.
 */
export function trainCoLikes(
  likes: Likes,
  movies: number,
  parameters: CoLikesParameters,
  progress: (done: number, total: number) => void = () => {},
): CoLikesModel {
  const {
    itemOffsets,
    items,
    itemValues,
    likerOffsets,
    likers,
    likerValues,
    movies: rows,
  } = interactionsOf(likes, movies, parameters, parameters.ratingWeights);
  const { weights, total } = weightsOfUsers(likes, parameters.userWeightExponent);
  const prior = total === 0 ? 1 : (parameters.prior * total) / likes.users;
  const share = new Float32Array(movies);
  const priorOf = new Float32Array(movies).fill(1);
  const sums = new Float64Array(rows.length);
  const rowOffsets = new Uint32Array(movies + 1);
  const kept: { columns: Uint32Array; values: Float32Array }[] = [];
  let entries = 0;
  for (let i = 0; i < rows.length; i++) {
    sums.fill(0);
    let seen = 0;
    let liked = 0;
    for (let p = likerOffsets[i]; p < likerOffsets[i + 1]; p++) {
      const user = likers[p];
      const weight = weights[user];
      seen += weight * likerValues[p];
      if (likerValues[p] !== 1) continue;
      liked += weight;
      for (let q = itemOffsets[user]; q < itemOffsets[user + 1]; q++) sums[items[q]] += weight * itemValues[q];
    }
    share[rows[i]] = total === 0 ? 0 : seen / total;
    priorOf[rows[i]] = prior / (liked + prior);
    const row = largest(sums, i, parameters.neighbours);
    for (let n = 0; n < row.values.length; n++) row.values[n] /= liked + prior;
    kept.push(row);
    rowOffsets[rows[i] + 1] = row.columns.length;
    entries += row.columns.length;
    progress(i + 1, rows.length);
  }
  for (let row = 0; row < movies; row++) rowOffsets[row + 1] += rowOffsets[row];
  const columnIndices = indexArray(movies, entries);
  const values = new Float32Array(entries);
  kept.forEach((row, i) => {
    const at = rowOffsets[rows[i]];
    for (let n = 0; n < row.columns.length; n++) columnIndices[at + n] = rows[row.columns[n]];
    values.set(row.values, at);
  });
  return new CoLikesModel(ItemItemModel.ofRows({ rows: movies, columns: movies, rowOffsets, columnIndices, values }), priorOf, share);
}

/** n^-γ for each user with n likes, and the sum of all. */
function weightsOfUsers({ users, offsets }: Likes, exponent: number): { weights: Float64Array; total: number } {
  const weights = new Float64Array(users);
  let total = 0;
  for (let user = 0; user < users; user++) {
    const likes = offsets[user + 1] - offsets[user];
    if (likes > 0) weights[user] = likes ** -exponent;
    total += weights[user];
  }
  return { weights, total };
}

/** The largest sums above 0 without that of item `self`, columns ascending. */
function largest(sums: Float64Array, self: number, count: number): { columns: Uint32Array; values: Float32Array } {
  const best = new TopK(count);
  let threshold = best.threshold;
  for (let j = 0; j < sums.length; j++) {
    if (sums[j] === 0 || sums[j] < threshold || j === self) continue;
    best.offer(j, sums[j]);
    threshold = best.threshold;
  }
  const columns = best.drain().indices.slice().sort();
  return { columns, values: Float32Array.from(columns, (j) => sums[j]) };
}
