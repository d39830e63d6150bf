import { OTHER_SPELLING, type SearchIndex } from '../engine/search/search-index.ts';

const MIN_SPLIT_WORD = 5;
const MIN_PART = 2;
const MAX_PARTS = 3;
/** A longer word is no title written as one. */
const MAX_SPLIT_WORD = 32;
/** Bounds the work of one search. */
const MAX_VARIANTS = 4;

/**
 * The query with two neighbouring words joined, where titles have the joined word ("spider man", "Spiderman"). Also the query with an
 * unknown word split in two or three, where a title has all parts ("starwars", "Star Wars").
 */
export function queryVariants(words: readonly string[], index: SearchIndex): string[][] {
  const variants: string[][] = [];
  const isKnown = (word: string): boolean => index.words.indexOf(word) >= 0 || index.words.indexOf(OTHER_SPELLING + word) >= 0;
  for (let i = 0; i < words.length && variants.length < MAX_VARIANTS; i++) {
    const word = words[i];
    const joined = i + 1 < words.length ? word + words[i + 1] : '';
    if (joined !== '' && index.words.indexOf(joined) >= 0) variants.push([...words.slice(0, i), joined, ...words.slice(i + 2)]);
    if (word.length < MIN_SPLIT_WORD || word.length > MAX_SPLIT_WORD || isKnown(word)) continue;
    for (const parts of splits(word, MAX_PARTS, index)) {
      if (variants.length < MAX_VARIANTS && haveCommonText(parts, index))
        variants.push([...new Set([...words.slice(0, i), ...parts, ...words.slice(i + 1)])]);
    }
  }
  return variants;
}

/** The ways to write a word as two to `parts` words of titles. */
function splits(word: string, parts: number, index: SearchIndex): string[][] {
  const found: string[][] = [];
  for (let cut = MIN_PART; cut <= word.length - MIN_PART; cut++) {
    const [left, right] = [word.slice(0, cut), word.slice(cut)];
    if (index.words.indexOf(left) < 0) continue;
    if (index.words.indexOf(right) >= 0) found.push([left, right]);
    else if (parts > 2) for (const rest of splits(right, parts - 1, index)) found.push([left, ...rest]);
  }
  return found;
}

/** Whether one text has all the words. Each is a word of the index. */
function haveCommonText(parts: readonly string[], { words, postingOffsets, postings }: SearchIndex): boolean {
  const textsOf = (word: string): Uint32Array => {
    const number = words.indexOf(word);
    return postings.subarray(postingOffsets[number], postingOffsets[number + 1]);
  };
  const [shortest, ...others] = parts.map(textsOf).sort((a, b) => a.length - b.length);
  return shortest.some((text) => others.every((texts) => hasAscending(texts, text)));
}

function hasAscending(values: Uint32Array, value: number): boolean {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle] < value) low = middle + 1;
    else high = middle;
  }
  return values[low] === value;
}
