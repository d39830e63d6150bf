import { seeded } from '../data/random.ts';

export interface Interval {
  mean: number;
  low: number;
  high: number;
}

const RESAMPLES = 1000;

/**
 * Mean of one value per user, with its percentile bootstrap interval (Efron 1979). Each of 1,000 resamples draws as many users as there
 * are, with replacement. The interval holds the middle 95 % of the means. The draws depend on the seed and the number of users only, so
 * that two models are compared on the same draws. NaN without users.
 */
export function bootstrapInterval(values: Float64Array, seed: number): Interval {
  const users = values.length;
  if (users === 0) return { mean: Number.NaN, low: Number.NaN, high: Number.NaN };
  const random = seeded(seed);
  const means = new Float64Array(RESAMPLES);
  for (let r = 0; r < RESAMPLES; r++) {
    let sum = 0;
    for (let n = 0; n < users; n++) sum += values[Math.floor(random() * users)];
    means[r] = sum / users;
  }
  means.sort();
  let sum = 0;
  for (let n = 0; n < users; n++) sum += values[n];
  return { mean: sum / users, low: quantile(means, 0.025), high: quantile(means, 0.975) };
}

/** Linear interpolation between the two nearest values, like NumPy's default. `sorted` ascends and is not empty. */
export function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}
