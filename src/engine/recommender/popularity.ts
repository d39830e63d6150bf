/** How often each movie was rated or liked, and how well. One entry a movie. */
export interface RatingStats {
  /** Ratings, votes or likes; at least 0, whole or weighted (for instance by age). */
  counts: ArrayLike<number>;
  /** Averages on a scale from 0 to 1; NaN = unknown. Without them every movie has the same average, and the count alone decides. */
  averages?: ArrayLike<number>;
}

/** The catalog's mean average weighs as much as this many ratings of the movie itself. */
const PRIOR_COUNT = 20;
/** An average of 2 of 5 stars or less has quality 0: a movie that many saw and few liked is known, not popular. */
const MIN_AVERAGE = 0.4;

/**
 * Popularity from 0 to 1, one entry a movie:
 *
 *   popularity_j = ln(1 + n_j) / ln(1 + max n) × quality_j
 *   quality_j    = max(0, (damped_j - 0.4) / (1 - 0.4))
 *   damped_j     = (20 μ + n_j a_j) / (20 + n_j)
 *
 * n_j is the count and a_j the average of movie j, μ the mean of all averages weighted by their counts. A movie without an average has
 * damped_j = μ; without any average μ is 1, so that quality_j is 1. All counts 0 give 0 everywhere. Logarithmic because counts follow a
 * power law; damped because a few enthusiasts do not make a movie popular.
 */
export function popularityOf({ counts, averages }: RatingStats): Float32Array {
  const popularity = new Float32Array(counts.length);
  let rated = 0;
  let sum = 0;
  let largest = 0;
  for (let j = 0; j < counts.length; j++) {
    const count = counts[j];
    const average = averages === undefined ? Number.NaN : averages[j];
    largest = Math.max(largest, count);
    if (Number.isNaN(average) || count === 0) continue;
    rated += count;
    sum += count * average;
  }
  if (largest === 0) return popularity;
  const mean = rated === 0 ? 1 : sum / rated;
  for (let j = 0; j < counts.length; j++) {
    const count = counts[j];
    const average = averages === undefined ? Number.NaN : averages[j];
    const damped = Number.isNaN(average) ? mean : (PRIOR_COUNT * mean + count * average) / (PRIOR_COUNT + count);
    const quality = Math.max(0, (damped - MIN_AVERAGE) / (1 - MIN_AVERAGE));
    popularity[j] = (Math.log1p(count) / Math.log1p(largest)) * quality;
  }
  return popularity;
}
