import { clearRow } from '../../linalg/csr.ts';
import type { ContentModel } from './content-model.ts';

/**
 * Similarity of a list of movies by their feature rows f:
 *
 *   |mean f|² / mean |f|²
 *
 * For rows of equal norm this is the mean cosine of all pairs, each movie paired with itself too. It is 1 for one movie or equal rows and 1
 * / n for n rows without a common column. 1 for an empty list and for movies without features. `zeros` is a zeroed vector with one entry a
 * feature column; it is zero again on return.
 */
export function intraListSimilarity({ features }: ContentModel, movies: ArrayLike<number>, zeros: Float64Array): number {
  const { rowOffsets, columnIndices, values } = features;
  const sum = zeros;
  let squaredSum = 0;
  let sumOfSquares = 0;
  for (let n = 0; n < movies.length; n++) {
    const end = rowOffsets[movies[n] + 1];
    for (let p = rowOffsets[movies[n]]; p < end; p++) {
      const value = values[p];
      // (s + v)² = s² + v (2 s + v)
      squaredSum += value * (2 * sum[columnIndices[p]] + value);
      sum[columnIndices[p]] += value;
      sumOfSquares += value * value;
    }
  }
  for (let n = 0; n < movies.length; n++) clearRow(features, movies[n], sum);
  return sumOfSquares === 0 ? 1 : squaredSum / (movies.length * sumOfSquares);
}
