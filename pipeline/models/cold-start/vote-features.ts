import type { CatalogRow } from '../../../src/engine/features/catalog-row.ts';
import { meanOf } from '../../evaluation/metrics.ts';

/** Votes of the mean that every average is taken with: three enthusiasts are not a verdict. */
const PRIOR_VOTES = 20;
/** Of the mean: a deviation below it is of rounding alone. */
const MIN_DEVIATION = 1e-9;

/**
 * What the public made of each movie, by the votes of its metadata (TMDb's), not by any ratings file: columns of ln(1 + votes) and of the damped average
 * vote, each brought to mean 0 and variance 1 over the movies that have votes. A movie of which no votes are known has 0, the mean: whether nobody voted or nobody
 * told us cannot be seen.
 */
export function voteFeaturesOf(movies: readonly CatalogRow[]): Float64Array[] {
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

/** NaN, what is not known, becomes 0; so does everything where all are the same. */
function standardised(values: readonly number[]): Float64Array {
  const mean = meanOf(values);
  const deviation = Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2)));
  const differs = deviation > MIN_DEVIATION * Math.abs(mean);
  return Float64Array.from(values, (value) => (differs && !Number.isNaN(value) ? (value - mean) / deviation : 0));
}
