import { foldText } from '../engine/search/fold-text.ts';

/** Bounds the work: an edit distance costs the product of both lengths. Longer inputs are no typing errors. */
const MAX_COMPARED = 64;

/** Names up to this much further away than the closest are listed too. */
const MAX_FURTHER = 1;

/**
 * The names closest to `input`, for "did you mean", by edit distance between the folded texts. A name that begins with the input counts
 * as one edit away. Ties keep the order of `names`.
 */
export function nearestNames(input: string, names: readonly string[], limit = 3): string[] {
  const wanted = foldText(input).slice(0, MAX_COMPARED);
  const measured = names
    .map((name) => ({ name, distance: distanceTo(wanted, foldText(name).slice(0, MAX_COMPARED)) }))
    .sort((a, b) => a.distance - b.distance);
  return measured
    .slice(0, limit)
    .filter(({ distance }) => distance <= measured[0].distance + MAX_FURTHER)
    .map(({ name }) => name);
}

function distanceTo(wanted: string, name: string): number {
  if (wanted.length >= 2 && name.startsWith(wanted)) return 1;
  return editDistance(wanted, name);
}

/** Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours, one each. */
export function editDistance(a: string, b: string): number {
  const width = b.length + 1;
  const table = new Uint16Array((a.length + 1) * width);
  for (let i = 0; i <= a.length; i++) table[i * width] = i;
  for (let j = 0; j <= b.length; j++) table[j] = j;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const here = i * width + j;
      const substitution = table[here - width - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      let best = Math.min(table[here - width] + 1, table[here - 1] + 1, substitution);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, table[here - 2 * width - 2] + 1);
      table[here] = best;
    }
  }
  return table[a.length * width + b.length];
}
