import SearchableMap from 'minisearch/SearchableMap';
import { titleWords, wordWeight } from './title-words.ts';

/**
 * An inverted index over titles. MiniSearch's radix tree holds the distinct words and finds them by prefix and by edit distance.
 * Postings are in typed arrays: 4 bytes each, where the Maps of MiniSearch's own index take about 60.
 */
export interface TitleIndex {
  /** Word -> word number. */
  words: SearchableMap<number>;
  /** Word w is in the titles `postings[offsets[w] .. offsets[w + 1])`. */
  offsets: Uint32Array;
  postings: Uint32Array;
  /** Title number -> MovieIndex. */
  movies: Uint32Array;
  /** Title number -> sum of the weights of its words. */
  weights: Float32Array;
  /** Title number -> 1 for an alternative title, else 0. */
  alternative: Uint8Array;
}

export class TitleIndexBuilder {
  readonly #words = new SearchableMap<number>();
  #wordCount = 0;
  readonly #movies: number[] = [];
  readonly #weights: number[] = [];
  readonly #alternative: number[] = [];
  /** Word number and title number, one pair a posting. It grows by half: an array of numbers would take twice the bytes. */
  #pairs = new Uint32Array(1 << 12);
  #filled = 0;

  add(movie: number, title: string, alternative: boolean): void {
    const { words, joined } = titleWords(title);
    if (words.length === 0) return;
    const number = this.#movies.length;
    this.#movies.push(movie);
    this.#weights.push(words.reduce((sum, word) => sum + wordWeight(word), 0));
    this.#alternative.push(alternative ? 1 : 0);
    for (const word of words) this.#post(word, number);
    for (const word of joined) this.#post(word, number);
  }

  finish(): TitleIndex {
    const pairs = this.#pairs.subarray(0, this.#filled);
    const offsets = new Uint32Array(this.#wordCount + 1);
    for (let i = 0; i < pairs.length; i += 2) offsets[pairs[i] + 1]++;
    for (let w = 0; w < this.#wordCount; w++) offsets[w + 1] += offsets[w];
    const next = offsets.slice();
    const postings = new Uint32Array(pairs.length / 2);
    for (let i = 0; i < pairs.length; i += 2) postings[next[pairs[i]]++] = pairs[i + 1];
    return {
      words: this.#words,
      offsets,
      postings,
      movies: Uint32Array.from(this.#movies),
      weights: Float32Array.from(this.#weights),
      alternative: Uint8Array.from(this.#alternative),
    };
  }

  #post(word: string, title: number): void {
    const number = this.#words.fetch(word, () => this.#wordCount++);
    if (this.#filled + 2 > this.#pairs.length) {
      const larger = new Uint32Array(this.#pairs.length * 1.5);
      larger.set(this.#pairs);
      this.#pairs = larger;
    }
    this.#pairs[this.#filled++] = number;
    this.#pairs[this.#filled++] = title;
  }
}
