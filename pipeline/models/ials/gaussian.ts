import { seeded } from '../../data/random.ts';

/** Fills with normally distributed numbers of mean 0, by Box and Muller's transform; the same seed gives the same numbers. */
export function gaussian(target: Float32Array, deviation: number, seed: number): void {
  const random = seeded(seed);
  for (let n = 0; n < target.length; n += 2) {
    const length = deviation * Math.sqrt(-2 * Math.log(1 - random()));
    const angle = 2 * Math.PI * random();
    target[n] = length * Math.cos(angle);
    if (n + 1 < target.length) target[n + 1] = length * Math.sin(angle);
  }
}
