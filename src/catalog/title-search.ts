import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CatalogColumns } from '../engine/artifacts/catalog-columns.ts';
import type { Bitset } from '../engine/linalg/bitset.ts';
import { TopK } from '../engine/linalg/topk.ts';
import { indexCatalog, NAME, OTHER_SPELLING, type SearchIndex } from '../engine/search/search-index.ts';
import { isArticle, titleWords, wordWeight } from '../engine/search/title-words.ts';
import { queryVariants } from './query-variants.ts';

const MAX_QUERY_WORDS = 12;

const PREFIX_MATCH = 0.9;
/** Another numeral ("2" for "II"), or a word without its hyphen. */
const SPELLING_MATCH = 0.97;
/** Quality of a match by its edit distance. */
const TYPO_MATCH = [1, 0.6, 0.35];
/** Beginnings of names are looked up from this length on: shorter ones begin too many names. */
const MIN_NAME_PREFIX = 4;
/** Factor of a match by the kind of the text, in the order of TEXT_KINDS. */
const KIND_MATCH = [1, 0.95, 0.8, 0.85];
/** Factor of a query whose words were joined or split. */
const VARIANT_MATCH = 0.98;
/** The part of a score that does not depend on how much of the title the query covers, or on the movie's popularity. */
const UNCOVERED = 0.6;
const UNKNOWN_MOVIE = 0.5;

export interface SearchResult {
  total: number;
  /** Rows, best first. */
  movies: number[];
}

/** Indexed words that match a word of the query -> quality of the match, kept for the steps of one search. */
type SimilarWords = Map<string, Map<number, number>>;

type Strictness = 'typos in unknown words' | 'typos everywhere' | 'some words';
const STRICTNESS: Strictness[] = ['typos in unknown words', 'typos everywhere', 'some words'];

/**
 * Search over all titles of each movie, its people and its collection. A text matches when it has every word of the query, in any order:
 * the word itself, another spelling of it, a word that begins with it, or a word with a typing error. Articles may be missing. Words may be
 * joined or split. When no text matches, typing errors are allowed in words that exist too ("start wars"). When there is still none, texts
 * with most of the words match.
 *
 * score = match of the words (1 exact, less for a beginning or an error) × kind of the text × coverage of the text × popularity
 *
 * Ties: lower row first, so pages are stable.
 */
export class TitleSearch {
  readonly #columns: CatalogColumns;
  readonly #popularity: Float32Array;
  #built: Promise<Searcher> | undefined;
  #searcher: Searcher | undefined;

  /** `popularity` has one entry a movie, from 0 to 1. Without an `index` one is built by `build` or by the first search. */
  constructor(columns: CatalogColumns, popularity: Float32Array, index?: SearchIndex) {
    this.#columns = columns;
    this.#popularity = popularity;
    this.#searcher = index && new Searcher(index, columns.size);
  }

  /** Builds the index in small steps, once, when there is none. Settles when the index can be used. */
  async build(): Promise<void> {
    await this.#ready();
  }

  /** The candidates that match, best first. Waits for the index while it is built. */
  async search(query: string, candidates: Bitset, offset: number, limit: number): Promise<SearchResult> {
    const words = titleWords(query).words.slice(0, MAX_QUERY_WORDS);
    if (words.length === 0) return { total: 0, movies: [] };
    const searcher = this.#searcher ?? (await this.#ready());
    const similar: SimilarWords = new Map();
    for (const strictness of STRICTNESS) {
      const matches = searcher.match(words, strictness, candidates, similar);
      const total = matches.movies.length;
      if (total === 0) continue;
      const best = new TopK(Math.min(offset + limit, total));
      for (const movie of matches.movies)
        best.offer(movie, matches.takeScore(movie) * (UNKNOWN_MOVIE + (1 - UNKNOWN_MOVIE) * this.#popularity[movie]));
      return { total, movies: Array.from(best.drain().indices.subarray(offset)) };
    }
    return { total: 0, movies: [] };
  }

  async #ready(): Promise<Searcher> {
    if (this.#searcher !== undefined) return this.#searcher;
    this.#built ??= buildIndex(this.#columns).then((index) => new Searcher(index, this.#columns.size));
    this.#searcher = await this.#built;
    return this.#searcher;
  }
}

async function buildIndex(columns: CatalogColumns): Promise<SearchIndex> {
  const building = indexCatalog(columns);
  for (;;) {
    const step = building.next();
    if (step.done) return step.value;
    await nextTurn();
  }
}

interface Matches {
  /** Rows, each once. */
  movies: readonly number[];
  /** The score of a movie, which is 0 afterwards. */
  takeScore(movie: number): number;
}

class Searcher {
  readonly #index: SearchIndex;
  /** Words as titles write them: those of the other sorts are before them in the table. */
  readonly #plain: readonly [number, number];
  readonly #spellings: readonly [number, number];
  readonly #names: readonly [number, number];
  // Scratch memory, one entry a text, all zero between searches. A search is synchronous, so two never share it.
  /** 1 for the texts that can have all words. */
  readonly #open: Uint8Array;
  readonly #best: Float32Array;
  readonly #total: Float32Array;
  readonly #wordsFound: Uint8Array;
  /** One entry a movie. */
  readonly #scores: Float64Array;

  constructor(index: SearchIndex, movies: number) {
    this.#index = index;
    this.#spellings = index.words.beginningWith(OTHER_SPELLING);
    this.#names = index.words.beginningWith(NAME);
    this.#plain = [this.#names[1], index.words.length];
    const texts = index.weights.length;
    this.#open = new Uint8Array(texts);
    this.#best = new Float32Array(texts);
    this.#total = new Float32Array(texts);
    this.#wordsFound = new Uint8Array(texts);
    this.#scores = new Float64Array(movies);
  }

  /** The candidates that match at this strictness. The score of each, without popularity, has to be taken before the next search. */
  match(words: readonly string[], strictness: Strictness, candidates: Bitset, similar: SimilarWords): Matches {
    const movies: number[] = [];
    const matchesOf = (word: string): Map<number, number> => {
      const everywhere = strictness !== 'typos in unknown words';
      const key = `${everywhere} ${word}`;
      const known = similar.get(key);
      if (known !== undefined) return known;
      const matches = this.#similarWords(word, everywhere);
      similar.set(key, matches);
      return matches;
    };
    this.#addMatches(words, matchesOf, strictness, candidates, 1, movies);
    for (const variant of queryVariants(words, this.#index))
      this.#addMatches(variant, matchesOf, strictness, candidates, VARIANT_MATCH, movies);
    const scores = this.#scores;
    const takeScore = (movie: number): number => {
      const score = scores[movie];
      scores[movie] = 0;
      return score;
    };
    return { movies, takeScore };
  }

  #addMatches(
    words: readonly string[],
    matchesOf: (word: string) => Map<number, number>,
    strictness: Strictness,
    candidates: Bitset,
    factor: number,
    found: number[],
  ): void {
    const required = words.some((word) => !isArticle(word)) ? words.filter((word) => !isArticle(word)) : words;
    const needed = strictness === 'some words' ? 0 : required.length;
    // Texts without the rarest word need no look at the others.
    const rarest = needed === 0 || words.length === 1 ? undefined : this.#rarest(required.map(matchesOf));
    if (rarest !== undefined) this.#setOpen(rarest, 1);
    const texts: number[] = [];
    for (const word of words) this.#addWord(word, matchesOf(word), required.includes(word), rarest !== undefined, texts);
    if (rarest !== undefined) this.#setOpen(rarest, 0);
    const queryWeight = words.reduce((sum, word) => sum + wordWeight(word), 0);
    this.#collect(texts, queryWeight, needed, candidates, factor, found);
    for (const text of texts) {
      this.#total[text] = 0;
      this.#wordsFound[text] = 0;
    }
  }

  #rarest(matches: readonly ReadonlyMap<number, number>[]): ReadonlyMap<number, number> {
    const { postingOffsets } = this.#index;
    const counts = matches.map((each) => each.keys().reduce((sum, number) => sum + postingOffsets[number + 1] - postingOffsets[number], 0));
    return matches[counts.indexOf(Math.min(...counts))];
  }

  #setOpen(matches: ReadonlyMap<number, number>, value: 0 | 1): void {
    const { postingOffsets, postings } = this.#index;
    for (const number of matches.keys())
      for (let p = postingOffsets[number]; p < postingOffsets[number + 1]; p++) this.#open[postings[p]] = value;
  }

  /** Adds the word to the texts that have it; `onlyOpen` leaves others out. */
  #addWord(word: string, matches: ReadonlyMap<number, number>, isRequired: boolean, onlyOpen: boolean, texts: number[]): void {
    const { postingOffsets, postings } = this.#index;
    const [best, open] = [this.#best, this.#open];
    const touched: number[] = [];
    for (const [number, match] of matches) {
      for (let p = postingOffsets[number]; p < postingOffsets[number + 1]; p++) {
        const text = postings[p];
        if (onlyOpen && open[text] === 0) continue;
        if (best[text] === 0) touched.push(text);
        if (match > best[text]) best[text] = match;
      }
    }
    const weight = wordWeight(word);
    for (const text of touched) {
      if (this.#total[text] === 0) texts.push(text);
      this.#total[text] += best[text] * weight;
      if (isRequired) this.#wordsFound[text]++;
      best[text] = 0;
    }
  }

  /** Number of each indexed word that matches `word` -> quality of the match. */
  #similarWords(word: string, everywhere: boolean): Map<number, number> {
    const { words } = this.#index;
    const matches = new Map<number, number>();
    const exact = words.indexOf(word);
    const spelling = words.indexOf(OTHER_SPELLING + word);
    const name = words.indexOf(NAME + word);
    const distance = typosAllowed(word);
    if (distance > 0) {
      const addNear = (written: string, range: readonly [number, number]): void =>
        words.near(written, distance, range, (number, edits) => matches.set(number, TYPO_MATCH[edits]));
      if (everywhere || (exact < 0 && spelling < 0)) {
        addNear(word, this.#plain);
        addNear(OTHER_SPELLING + word, this.#spellings);
      }
      if (name < 0 && (everywhere || (exact < 0 && spelling < 0))) addNear(NAME + word, this.#names);
    }
    this.#addBeginnings(word, 0, matches);
    if (word.length >= MIN_NAME_PREFIX) {
      this.#addBeginnings(OTHER_SPELLING + word, 1, matches);
      this.#addBeginnings(NAME + word, 1, matches);
    }
    if (name >= 0) matches.set(name, 1);
    if (spelling >= 0) matches.set(spelling, SPELLING_MATCH);
    if (exact >= 0) matches.set(exact, 1);
    return matches;
  }

  /** `marks` letters at the beginning of `word` are not part of it. */
  #addBeginnings(word: string, marks: number, matches: Map<number, number>): void {
    const { words } = this.#index;
    const [from, to] = words.beginningWith(word);
    for (let number = from; number < to; number++) {
      const match = PREFIX_MATCH * (0.5 + 0.5 * ((word.length - marks) / (words.lengthOf(number) - marks)));
      if (match > (matches.get(number) ?? 0)) matches.set(number, match);
    }
  }

  /** Notes the score of each movie, and each movie once. */
  #collect(texts: readonly number[], queryWeight: number, wordsNeeded: number, candidates: Bitset, factor: number, found: number[]): void {
    const scores = this.#scores;
    const { movieOffsets, movies, weights, kinds } = this.#index;
    let needed = wordsNeeded;
    if (needed === 0) {
      for (const text of texts) {
        if (this.#wordsFound[text] <= needed) continue;
        for (let p = movieOffsets[text]; p < movieOffsets[text + 1]; p++) if (candidates.has(movies[p])) needed = this.#wordsFound[text];
      }
    }
    for (const text of texts) {
      if (this.#wordsFound[text] < needed) continue;
      const quality = this.#total[text] / queryWeight;
      const coverage = Math.min(1, this.#total[text] / weights[text]);
      const score = factor * quality * (UNCOVERED + (1 - UNCOVERED) * coverage) * KIND_MATCH[kinds[text]];
      for (let p = movieOffsets[text]; p < movieOffsets[text + 1]; p++) {
        const movie = movies[p];
        if (!candidates.has(movie) || score <= scores[movie]) continue;
        if (scores[movie] === 0) found.push(movie);
        scores[movie] = score;
      }
    }
  }
}

/** None in short words, which have too many neighbours, nor in numbers: another digit is another movie ("Apollo 13", "2001"). */
function typosAllowed(word: string): number {
  if (word.length < 4 || /\p{N}/u.test(word)) return 0;
  return word.length < 6 ? 1 : 2;
}
