import { ENGLISH_STOP_WORDS } from './stop-words.ts';

// Python's \w is a letter, any number character, or an underscore; \b\w\w+\b are the maximal runs of two and more.
const WORD = /[\p{L}\p{N}_]{2,}/gu;
// The same over ASCII, which is a good deal faster and decides nothing differently there.
const ASCII_WORD = /\w{2,}/g;
const NON_ASCII = /[\u0080-\uffff]/;

/** Lower-cased words of two or more characters without English stop words, in order: scikit-learn's default tokenisation. */
export function tokenize(text: string): string[] {
  const lower = text.toLowerCase();
  const words = lower.match(NON_ASCII.test(lower) ? WORD : ASCII_WORD);
  if (words === null) return [];
  let kept = 0;
  for (const word of words) if (!ENGLISH_STOP_WORDS.has(word)) words[kept++] = word;
  words.length = kept;
  return words;
}

/** The words, then (for maxN = 2) the pairs of neighbours, joined by a space. Pairs are formed after stop words are gone. */
export function ngrams(words: readonly string[], maxN: 1 | 2): readonly string[] {
  if (maxN === 1) return words;
  const terms = words.slice();
  for (let i = 1; i < words.length; i++) terms.push(`${words[i - 1]} ${words[i]}`);
  return terms;
}
