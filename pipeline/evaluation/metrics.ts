/**
 * Normalised discounted cumulative gain at k with graded gains (Järvelin and Kekäläinen 2002): DCG over the highest DCG that any order
 * of `gains` gives, with DCG = Σ gain / log2(place + 1), places from 1. `ranked` are items in order. An item without a gain has gain 0.
 * NaN when no gain is positive.
 */
export function ndcgAt(k: number, ranked: ArrayLike<number>, gains: ReadonlyMap<number, number>): number {
  let dcg = 0;
  for (let place = 0; place < Math.min(k, ranked.length); place++) dcg += (gains.get(ranked[place]) ?? 0) / Math.log2(place + 2);
  const ideal = [...gains.values()].sort((a, b) => b - a);
  let best = 0;
  for (let place = 0; place < Math.min(k, ideal.length); place++) best += ideal[place] / Math.log2(place + 2);
  return best > 0 ? dcg / best : Number.NaN;
}

/** Hits among the first k over min(k, number of relevant items), as in Liang et al. 2018. NaN without relevant items. */
export function recallAt(k: number, ranked: ArrayLike<number>, relevant: ReadonlySet<number>): number {
  let hits = 0;
  for (let place = 0; place < Math.min(k, ranked.length); place++) if (relevant.has(ranked[place])) hits++;
  return hits / Math.min(k, relevant.size);
}

/** Weight of the hits among the first k, over the largest weight that k items can have. NaN without weights. */
export function weightedRecallAt(k: number, ranked: ArrayLike<number>, weights: ReadonlyMap<number, number>): number {
  let found = 0;
  for (let place = 0; place < Math.min(k, ranked.length); place++) found += weights.get(ranked[place]) ?? 0;
  const largest = [...weights.values()].sort((a, b) => b - a).slice(0, k);
  return found / largest.reduce((a, b) => a + b, 0);
}

/**
 * NDCG at k with binary relevance: Σ 1 / log2(place + 1) over the relevant items among the first k, over the same sum when min(k, number
 * of relevant items) relevant items come first. The ideal is cut at k, as in Liang et al. 2018. NaN without relevant items.
 */
export function binaryNdcgAt(k: number, ranked: ArrayLike<number>, relevant: ReadonlySet<number>): number {
  let dcg = 0;
  for (let place = 0; place < Math.min(k, ranked.length); place++) if (relevant.has(ranked[place])) dcg += 1 / Math.log2(place + 2);
  let best = 0;
  for (let place = 0; place < Math.min(k, relevant.size); place++) best += 1 / Math.log2(place + 2);
  return dcg / best;
}
