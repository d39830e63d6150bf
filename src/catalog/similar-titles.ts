import { foldText } from '../engine/search/fold-text.ts';
import { MAX_CANDIDATES, type MovieMatch } from './movie-matcher.ts';
import type { SearchableCatalog } from './searchable-catalog.ts';

const MAX_TITLE = 200;
const MAX_COMPARED = 10;
const MAX_YEARS_APART = 1;
const MIN_SIMILARITY = 0.7;
/** Below the confidence of a sure match: a similar title alone is never sure. */
const MAX_CONFIDENCE = 0.6;

/** Movies of about this year with a similar title, best first. */
export async function similarTitles(
  { catalog, filters, search }: SearchableCatalog,
  title: string,
  year: number | null,
): Promise<MovieMatch[]> {
  const years = year === null ? {} : { yearMin: year - MAX_YEARS_APART, yearMax: year + MAX_YEARS_APART };
  const candidates = filters.candidates({ genres: [], genreMatch: 'ANY', services: [], languages: [], ...years });
  const { movies } = await search.search(title.slice(0, MAX_TITLE), candidates, 0, MAX_COMPARED);
  return movies
    .map((row) => catalog.indexAt(row))
    .map((index) => ({ index, similarity: diceCoefficient(title, catalog.title(index)) }))
    .filter(({ similarity }) => similarity >= MIN_SIMILARITY)
    .sort((a, b) => b.similarity - a.similarity || a.index - b.index)
    .slice(0, MAX_CANDIDATES)
    .map(({ index, similarity }) => ({ index, confidence: Math.round(similarity * MAX_CONFIDENCE * 100) / 100, reason: 'SIMILAR_TITLE' }));
}

/** Dice coefficient of the pairs of neighbouring letters: 1 for equal texts, 0 without a common pair. */
function diceCoefficient(a: string, b: string): number {
  const [left, right] = [pairs(a), pairs(b)];
  if (left.length + right.length === 0) return 0;
  const unmatched = [...right];
  let common = 0;
  for (const pair of left) {
    const at = unmatched.indexOf(pair);
    if (at < 0) continue;
    unmatched.splice(at, 1);
    common++;
  }
  return (2 * common) / (left.length + right.length);
}

function pairs(text: string): string[] {
  const letters = foldText(text.slice(0, MAX_TITLE)).replace(/[^\p{L}\p{N}]+/gu, '');
  return Array.from({ length: Math.max(0, letters.length - 1) }, (_, i) => letters.slice(i, i + 2));
}
