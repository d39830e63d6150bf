/** Fills with normally distributed numbers of mean 0, by Box and Muller's transform; the same seed gives the same numbers. */
export function normals(target: Float32Array, deviation: number, seed: number): void {
  const random = mulberry(seed);
  for (let n = 0; n < target.length; n += 2) {
    const length = deviation * Math.sqrt(-2 * Math.log(1 - random()));
    const angle = 2 * Math.PI * random();
    target[n] = length * Math.cos(angle);
    if (n + 1 < target.length) target[n + 1] = length * Math.sin(angle);
  }
}

/** Mulberry32: 0 <= x < 1. */
function mulberry(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
