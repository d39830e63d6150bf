import type { CatalogRow } from '../../../src/engine/features/catalog-row.ts';
import { meanOf } from '../../data/mean.ts';

/** Each average is computed with this many votes of the mean, because an average of three votes is not reliable. */
const PRIOR_VOTES = 20;
/** A standard deviation below this share of the mean is caused by rounding. */
const MIN_DEVIATION = 1e-9;

/**
 * Two columns from TMDb's votes: ln(1 + votes) and the damped average vote, each with mean 0 and variance 1 over the movies that have
 * votes. A movie without known votes has 0, the mean. No ratings file is used.
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

/** Unknown values (NaN) become 0. When all values are equal, everything becomes 0. */
function standardised(values: readonly number[]): Float64Array {
  const mean = meanOf(values);
  const deviation = Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2)));
  const differs = deviation > MIN_DEVIATION * Math.abs(mean);
  return Float64Array.from(values, (value) => (differs && !Number.isNaN(value) ? (value - mean) / deviation : 0));
}
