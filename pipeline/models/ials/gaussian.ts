import { seeded } from '../../data/random.ts';

/** Fills `target` with normally distributed numbers of mean 0 (Box-Muller transform). The same seed gives the same numbers. */
export function gaussian(target: Float32Array, std: number, seed: number): void {
  const random = seeded(seed);
  for (let n = 0; n < target.length; n += 2) {
    const length = std * Math.sqrt(-2 * Math.log(1 - random()));
    const angle = 2 * Math.PI * random();
    target[n] = length * Math.cos(angle);
    if (n + 1 < target.length) target[n + 1] = length * Math.sin(angle);
  }
}
