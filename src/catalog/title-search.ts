import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CatalogColumns } from '../engine/artifacts/catalog-columns.ts';
import type { Bitset } from '../engine/linalg/bitset.ts';
import { TopK } from '../engine/linalg/topk.ts';
import { type TitleIndex, TitleIndexBuilder } from './title-index.ts';
import { isArticle, titleWords, wordWeight } from './title-words.ts';

/** Movies indexed between two turns of the event loop: a few milliseconds, so the build delays requests little. */
const MOVIES_PER_TURN = 400;
const MAX_QUERY_WORDS = 12;

const PREFIX_MATCH = 0.9;
/** Quality of a match by its edit distance. */
const TYPO_MATCH = [1, 0.6, 0.35];
const ALTERNATIVE_TITLE = 0.95;
/** The part of a score that does not depend on how much of the title the query covers, or on the movie's popularity. */
const UNCOVERED = 0.6;
const UNKNOWN_MOVIE = 0.5;

export interface SearchResult {
  total: number;
  /** Rows, best first. */
  movies: number[];
}

type Strictness = 'typos in unknown words' | 'typos everywhere' | 'some words';
const STRICTNESS: Strictness[] = ['typos in unknown words', 'typos everywhere', 'some words'];

/**
 * Search over all titles of each movie. A title matches when it has every word of the query, in any order: the word itself, a word that
 * begins with it, or a word with a typing error. Articles may be missing. When no title matches, typing errors are allowed in words that
 * exist too ("start wars"). When there is still none, titles with most of the words match.
 *
 * score = match of the words (1 exact, less for a beginning or an error) × coverage of the title × popularity
 *
 * Ties: lower row first, so pages are stable.
 */
export class TitleSearch {
  readonly #columns: CatalogColumns;
  readonly #popularity: Float32Array;
  #built: Promise<Searcher> | undefined;

  /** `popularity` has one entry a movie, from 0 to 1. */
  constructor(columns: CatalogColumns, popularity: Float32Array) {
    this.#columns = columns;
    this.#popularity = popularity;
  }

  /** Builds the index in small steps, once. Settles when the index can be used. */
  async build(): Promise<void> {
    await this.#searcher();
  }

  /** The candidates that match, best first. Waits for the index while it is built. */
  async search(query: string, candidates: Bitset, offset: number, limit: number): Promise<SearchResult> {
    const words = titleWords(query).words.slice(0, MAX_QUERY_WORDS);
    if (words.length === 0) return { total: 0, movies: [] };
    const searcher = await this.#searcher();
    for (const strictness of STRICTNESS) {
      const scores = searcher.match(words, strictness, candidates);
      if (scores.size === 0) continue;
      const best = new TopK(Math.min(offset + limit, scores.size));
      for (const [movie, score] of scores) best.offer(movie, score * (UNKNOWN_MOVIE + (1 - UNKNOWN_MOVIE) * this.#popularity[movie]));
      return { total: scores.size, movies: Array.from(best.drain().indices.subarray(offset)) };
    }
    return { total: 0, movies: [] };
  }

  #searcher(): Promise<Searcher> {
    this.#built ??= buildIndex(this.#columns).then((index) => new Searcher(index));
    return this.#built;
  }
}

async function buildIndex({ size, titles, alternativeTitles }: CatalogColumns): Promise<TitleIndex> {
  const builder = new TitleIndexBuilder();
  for (let movie = 0; movie < size; movie++) {
    if (movie % MOVIES_PER_TURN === 0) await nextTurn();
    const title = titles.get(movie);
    builder.add(movie, title, false);
    const others = alternativeTitles.get(movie);
    if (others === '') continue;
    for (const other of others.split('|')) if (other !== title) builder.add(movie, other, true);
  }
  return builder.finish();
}

class Searcher {
  readonly #index: TitleIndex;
  // Scratch memory, one entry a title, all zero between searches. A search is synchronous, so two never share it.
  readonly #best: Float32Array;
  readonly #total: Float32Array;
  readonly #wordsFound: Uint8Array;

  constructor(index: TitleIndex) {
    this.#index = index;
    const titles = index.movies.length;
    this.#best = new Float32Array(titles);
    this.#total = new Float32Array(titles);
    this.#wordsFound = new Uint8Array(titles);
  }

  /** Row -> score without popularity, for the candidates that match at this strictness. */
  match(words: readonly string[], strictness: Strictness, candidates: Bitset): Map<number, number> {
    const required = words.some((word) => !isArticle(word)) ? words.filter((word) => !isArticle(word)) : words;
    const found: number[] = [];
    for (const word of words) this.#addWord(word, strictness, required.includes(word), found);
    const queryWeight = words.reduce((sum, word) => sum + wordWeight(word), 0);
    const scores = this.#collect(found, queryWeight, strictness === 'some words' ? 0 : required.length, candidates);
    for (const title of found) {
      this.#total[title] = 0;
      this.#wordsFound[title] = 0;
    }
    return scores;
  }

  #addWord(word: string, strictness: Strictness, isRequired: boolean, found: number[]): void {
    const { offsets, postings } = this.#index;
    const best = this.#best;
    const touched: number[] = [];
    for (const [number, match] of this.#similarWords(word, strictness)) {
      for (let p = offsets[number]; p < offsets[number + 1]; p++) {
        const title = postings[p];
        if (best[title] === 0) touched.push(title);
        if (match > best[title]) best[title] = match;
      }
    }
    const weight = wordWeight(word);
    for (const title of touched) {
      if (this.#total[title] === 0) found.push(title);
      this.#total[title] += best[title] * weight;
      if (isRequired) this.#wordsFound[title]++;
      best[title] = 0;
    }
  }

  /** Number of each indexed word that matches `word` -> quality of the match. */
  #similarWords(word: string, strictness: Strictness): Map<number, number> {
    const words = this.#index.words;
    const matches = new Map<number, number>();
    const exact = words.get(word);
    const distance = typosAllowed(word);
    if (distance > 0 && (exact === undefined || strictness !== 'typos in unknown words')) {
      for (const [, [number, typos]] of words.fuzzyGet(word, distance)) matches.set(number, TYPO_MATCH[typos]);
      for (const number of this.#swapped(word)) matches.set(number, TYPO_MATCH[1]);
    }
    for (const [longer, number] of words.atPrefix(word)) {
      const match = PREFIX_MATCH * (0.5 + 0.5 * (word.length / longer.length));
      matches.set(number, Math.max(match, matches.get(number) ?? 0));
    }
    if (exact !== undefined) matches.set(exact, 1);
    return matches;
  }

  /** Words that differ by one swap of neighbouring letters. The radix tree counts a swap as two edits. */
  #swapped(word: string): number[] {
    const numbers: number[] = [];
    for (let i = 0; i + 1 < word.length; i++) {
      const number = this.#index.words.get(word.slice(0, i) + word[i + 1] + word[i] + word.slice(i + 2));
      if (number !== undefined) numbers.push(number);
    }
    return numbers;
  }

  #collect(found: readonly number[], queryWeight: number, wordsNeeded: number, candidates: Bitset): Map<number, number> {
    const { movies, weights, alternative } = this.#index;
    let needed = wordsNeeded;
    if (needed === 0) for (const title of found) if (candidates.has(movies[title])) needed = Math.max(needed, this.#wordsFound[title]);
    const scores = new Map<number, number>();
    for (const title of found) {
      const movie = movies[title];
      if (this.#wordsFound[title] < needed || !candidates.has(movie)) continue;
      const quality = this.#total[title] / queryWeight;
      const coverage = Math.min(1, this.#total[title] / weights[title]);
      const score = quality * (UNCOVERED + (1 - UNCOVERED) * coverage) * (alternative[title] === 1 ? ALTERNATIVE_TITLE : 1);
      if (score > (scores.get(movie) ?? 0)) scores.set(movie, score);
    }
    return scores;
  }
}

/** None in short words, which have too many neighbours, nor in numbers: another digit is another movie ("Apollo 13", "2001"). */
function typosAllowed(word: string): number {
  if (word.length < 4 || /\p{N}/u.test(word)) return 0;
  return word.length < 6 ? 1 : 2;
}
