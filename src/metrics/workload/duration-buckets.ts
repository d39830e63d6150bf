/** Each bucket ends 1.25 times as far as the one before. The last one has no end. */
const FACTOR = 1.25;
const FIRST_MS = 0.25;
/** The last end is about a minute. */
export const BUCKETS = 57;

/** The bucket of a duration: the first whose end is not below it. */
export function bucketOf(ms: number): number {
  if (!(ms > FIRST_MS)) return 0;
  return Math.min(BUCKETS - 1, Math.ceil(Math.log(ms / FIRST_MS) / Math.log(FACTOR) - 1e-9));
}

export function endOfBucket(bucket: number): number {
  return FIRST_MS * FACTOR ** bucket;
}

/**
 * The duration in milliseconds that the given share of the counted durations does not exceed: the end of its bucket, so at most a quarter too
 * high. Null when nothing was counted.
 */
export function quantile(counts: readonly number[], share: number): number | null {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  let seen = 0;
  for (let bucket = 0; bucket < counts.length; bucket++) {
    seen += counts[bucket];
    if (seen >= share * total) return endOfBucket(bucket);
  }
  return endOfBucket(counts.length - 1);
}
