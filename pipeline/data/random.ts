/** Generator of uniform numbers in [0, 1) from a seed: mulberry32. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Seed for item n of a seeded run, so that the result for one item does not depend on the others. Finalizer of MurmurHash3. */
export function derivedSeed(seed: number, n: number): number {
  let h = (Math.imul(seed, 0x9e3779b1) ^ n) >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Shuffles in place (Fisher and Yates). */
export function shuffle(values: Uint32Array, random: () => number): Uint32Array {
  for (let n = values.length - 1; n > 0; n--) {
    const other = Math.floor(random() * (n + 1));
    const value = values[n];
    values[n] = values[other];
    values[other] = value;
  }
  return values;
}
