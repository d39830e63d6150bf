import { distance } from 'fastest-levenshtein';

/**
 * The candidate with the smallest Levenshtein distance to the word. Ties: the first candidate. Undefined when the distance is more than
 * a third of the word's length (at least 2).
 */
export function didYouMean(word: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    const edits = distance(word, candidate);
    if (edits < bestDistance) {
      best = candidate;
      bestDistance = edits;
    }
  }
  return best;
}
