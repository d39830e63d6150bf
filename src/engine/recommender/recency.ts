/** On two temporal splits of MovieLens latest 2023 this exponent was best; see docs/research/evaluation.md. */
const DECAY = 0.4;

/**
 * Weight of each like by its place in time:
 *
 *   weight = c r^-0.4,   r = 1 for the latest like, 2 for the one before, ...
 *
 * c makes the mean of the weights 1. Likes of the same time share the mean of their places, so an import without dates says no order.
 * `times` ascend with time, in any unit and order. Undefined when all times are equal: then there is no order, and each like has weight 1.
 */
export function recencyWeights(times: readonly number[]): number[] | undefined {
  const later = laterLikes(times);
  if (later === undefined) return undefined;
  // Of a group of likes of the same time, the entry of the first place has the sum over their places.
  const sums = new Float64Array(times.length);
  const sizes = new Uint32Array(times.length);
  let total = 0;
  later
    .toSorted((a, b) => a - b)
    .forEach((first, n) => {
      const weight = (n + 1) ** -DECAY;
      sums[first] += weight;
      sizes[first]++;
      total += weight;
    });
  return later.map((first) => (sums[first] / sizes[first]) * (times.length / total));
}

/** How many likes are later than each. Undefined when all times are equal. */
export function laterLikes(times: readonly number[]): number[] | undefined {
  const latestFirst = times.toSorted((a, b) => b - a);
  if (latestFirst.length === 0 || latestFirst[0] === latestFirst[latestFirst.length - 1]) return undefined;
  const firstPlace = new Map<number, number>();
  latestFirst.forEach((time, place) => {
    if (!firstPlace.has(time)) firstPlace.set(time, place);
  });
  return times.map((time) => firstPlace.get(time) ?? 0);
}
