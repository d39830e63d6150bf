import type { CatalogRow } from '../../src/features/catalog-row.ts';
import { meanOf } from '../evaluation/metrics.ts';

/** Votes of the mean that every average is taken with: three enthusiasts are not a verdict. */
const PRIOR_VOTES = 20;

/**
 * What the public made of each movie, by the votes of its metadata (TMDb's), not by any ratings file: columns of ln(1 + votes) and of the damped average
 * vote, each brought to mean 0 and variance 1 over the movies that have votes. A movie without votes has 0, which says nothing.
 */
export function receptionOf(movies: readonly CatalogRow[]): Float64Array[] {
  const mean = meanOf(movies.map(({ voteCount, voteAverage }) => (voteCount > 0 ? (voteAverage ?? Number.NaN) : Number.NaN)));
  return [
    standardised(movies.map(({ voteCount }) => (voteCount > 0 ? Math.log1p(voteCount) : Number.NaN))),
    standardised(
      movies.map(({ voteCount, voteAverage }) =>
        voteCount > 0 && voteAverage !== null ? (voteCount * voteAverage + PRIOR_VOTES * mean) / (voteCount + PRIOR_VOTES) : Number.NaN,
      ),
    ),
  ];
}

/** NaN, what is not known, becomes 0. */
function standardised(values: readonly number[]): Float64Array {
  const mean = meanOf(values);
  const deviation = Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2)));
  return Float64Array.from(values, (value) => (Number.isNaN(value) || !(deviation > 0) ? 0 : (value - mean) / deviation));
}
