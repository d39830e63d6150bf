/** `count` entries of a list at random, in the order of the list. The same seed chooses the same entries (mulberry32, Fisher-Yates). */
export function sample<T>(list: readonly T[], count: number, seed: number): T[] {
  const random = mulberry32(seed);
  const places = list.map((_, place) => place);
  const chosen = Math.min(count, list.length);
  for (let i = 0; i < chosen; i++) {
    const other = i + Math.floor(random() * (places.length - i));
    [places[i], places[other]] = [places[other], places[i]];
  }
  return places
    .slice(0, chosen)
    .sort((a, b) => a - b)
    .map((place) => list[place]);
}

function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = state;
    bits = Math.imul(bits ^ (bits >>> 15), bits | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}
