import { ENGLISH_STOP_WORDS } from './stop-words.ts';

// scikit-learn's \b\w\w+\b: maximal runs of two or more of Python's \w, which is a letter or number of any script, or an underscore.
const WORD = /[\p{L}\p{N}_]{2,}/gu;
// The same for ASCII text, where it is much faster.
const ASCII_WORD = /\w{2,}/g;
const NON_ASCII = /[\u0080-\uffff]/;

/**
 * Words of a text as scikit-learn's default tokenizer finds them: lower case, two or more characters, in order, without English stop words.
 */
export function tokenize(text: string): string[] {
  const lower = text.toLowerCase();
  const words = lower.match(NON_ASCII.test(lower) ? WORD : ASCII_WORD);
  if (words === null) return [];
  let kept = 0;
  for (const word of words) if (!ENGLISH_STOP_WORDS.has(word)) words[kept++] = word;
  words.length = kept;
  return words;
}

/**
 * The words and, for maxN = 2, after them each pair of neighbours joined by a space. As in scikit-learn, stop words are removed before
 * pairs are formed.
 */
export function ngrams(words: readonly string[], maxN: 1 | 2): readonly string[] {
  if (maxN === 1) return words;
  const terms = words.slice();
  for (let i = 1; i < words.length; i++) terms.push(`${words[i - 1]} ${words[i]}`);
  return terms;
}
