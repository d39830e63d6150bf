/**
 * Normalised discounted cumulative gain at k with graded gains (Järvelin and Kekäläinen 2002): DCG = Σ gain / log2(place + 1), places from 1,
 * over the best DCG that any order of `gains` gives. `ranked` are items in order; an item without a gain counts 0. NaN when no gain is positive.
 */
export function ndcgAt(k: number, ranked: ArrayLike<number>, gains: ReadonlyMap<number, number>): number {
  let dcg = 0;
  for (let place = 0; place < Math.min(k, ranked.length); place++) dcg += (gains.get(ranked[place]) ?? 0) / Math.log2(place + 2);
  const ideal = [...gains.values()].sort((a, b) => b - a);
  let best = 0;
  for (let place = 0; place < Math.min(k, ideal.length); place++) best += ideal[place] / Math.log2(place + 2);
  return best > 0 ? dcg / best : Number.NaN;
}

/** Hits among the first k over min(k, number of relevant items), as Liang et al. 2018 have it. NaN when nothing is relevant. */
export function recallAt(k: number, ranked: ArrayLike<number>, relevant: ReadonlySet<number>): number {
  let hits = 0;
  for (let place = 0; place < Math.min(k, ranked.length); place++) if (relevant.has(ranked[place])) hits++;
  return hits / Math.min(k, relevant.size);
}

/**
 * NDCG at k where an item is relevant or is not: Σ 1 / log2(place + 1) over the relevant items in the first k places, over the same sum when all of
 * min(k, number of relevant items) come first: the ideal is cut at k, as Liang et al. 2018 have it. NaN when nothing is relevant.
 */
export function binaryNdcgAt(k: number, ranked: ArrayLike<number>, relevant: ReadonlySet<number>): number {
  let dcg = 0;
  for (let place = 0; place < Math.min(k, ranked.length); place++) if (relevant.has(ranked[place])) dcg += 1 / Math.log2(place + 2);
  let best = 0;
  for (let place = 0; place < Math.min(k, relevant.size); place++) best += 1 / Math.log2(place + 2);
  return dcg / best;
}

/** Mean of the numbers that are not NaN; NaN without any. */
export function meanOf(values: readonly number[]): number {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.length === 0 ? Number.NaN : known.reduce((a, b) => a + b, 0) / known.length;
}
