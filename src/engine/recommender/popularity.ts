/** What is known of how many people saw a movie and what they thought of it. */
export interface RatingStats {
  /** Ratings or votes. */
  count: number;
  /** On a scale from 0 to 1; null = unknown. */
  average: number | null;
}

/** A movie with fewer ratings than this is judged half by its own and half by the average movie's. */
const PRIOR_COUNT = 20;
/** An average of this share of the scale, 2 of 5 stars, earns nothing: what many saw and few liked is known, not popular. */
const DISLIKED_AVERAGE = 0.4;

/**
 * Popularity from 0 to 1: ln(1 + count) relative to the largest in the catalogue, times how far the damped average
 * (prior × mean + count × average) / (prior + count) lies on the way from 2 to 5 stars. Logarithmic because attention is spread like a power
 * law; damped because three enthusiasts are not a verdict.
 */
export function popularityOf(movies: readonly RatingStats[]): Float32Array {
  const popularity = new Float32Array(movies.length);
  let rated = 0;
  let sum = 0;
  let largest = 0;
  for (const { count, average } of movies) {
    largest = Math.max(largest, count);
    if (average === null || count === 0) continue;
    rated += count;
    sum += count * average;
  }
  if (largest === 0) return popularity;
  const mean = rated === 0 ? 1 : sum / rated;
  movies.forEach(({ count, average }, i) => {
    const damped = average === null ? mean : (PRIOR_COUNT * mean + count * average) / (PRIOR_COUNT + count);
    const liking = Math.max(0, (damped - DISLIKED_AVERAGE) / (1 - DISLIKED_AVERAGE));
    popularity[i] = (Math.log1p(count) / Math.log1p(largest)) * liking;
  });
  return popularity;
}
