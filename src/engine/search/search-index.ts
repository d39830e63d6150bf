import { type CatalogColumns, labelsOf, type Tagging } from '../artifacts/catalog-columns.ts';
import { otherNumerals } from './numerals.ts';
import { titleWords, wordWeight } from './title-words.ts';
import { WordTable } from './word-table.ts';

/** What a text is to its movies. The place in the list is stored, so new kinds go to the end. */
export const TEXT_KINDS = ['title', 'alternative title', 'person', 'collection'] as const;
export type TextKind = (typeof TEXT_KINDS)[number];

/** First letters of words that are not written so in a title. They keep the three sorts of words apart in one table. */
export const OTHER_SPELLING = '\u0001';
export const NAME = '\u0002';

/**
 * An inverted index over the texts that name movies: titles, people and collections. Postings and words are in typed arrays, so the index
 * is stored in a release and used as it is read.
 */
export interface SearchIndex {
  words: WordTable;
  /** Word w is in the texts `postings[postingOffsets[w] .. postingOffsets[w + 1])`, ascending. */
  postingOffsets: Uint32Array;
  postings: Uint32Array;
  /** Text t names the movies `movies[movieOffsets[t] .. movieOffsets[t + 1])`, ascending rows. */
  movieOffsets: Uint32Array;
  movies: Uint32Array;
  /** Text -> sum of the weights of its words. */
  weights: Float32Array;
  /** Text -> its place in TEXT_KINDS. */
  kinds: Uint8Array;
}

/** Texts indexed between two yields: a few milliseconds. */
const TEXTS_PER_STEP = 400;

/** Builds the index of a catalog. It yields every few milliseconds, so that a server can answer requests meanwhile. */
export function* indexCatalog(columns: CatalogColumns): Generator<undefined, SearchIndex> {
  const builder = new SearchIndexBuilder();
  for (let movie = 0; movie < columns.size; movie++) {
    if (movie % TEXTS_PER_STEP === 0) yield;
    const title = columns.titles.get(movie);
    builder.add('title', title, [movie]);
    const others = columns.alternativeTitles.get(movie);
    if (others === '') continue;
    for (const other of others.split('|')) if (other !== title) builder.add('alternative title', other, [movie]);
  }
  for (const [kind, taggings] of [
    ['person', [columns.directors, columns.cast]],
    ['collection', columns.collections === undefined ? [] : [columns.collections]],
  ] as const) {
    const moviesOf = yield* moviesByName(taggings, columns.size);
    let count = 0;
    for (const [name, movies] of moviesOf) {
      if (count++ % TEXTS_PER_STEP === 0) yield;
      builder.add(kind, kind === 'collection' ? name.replace(/\s*(collection|trilogy|saga)$/i, '') : name, movies);
    }
  }
  yield;
  return builder.finish();
}

/** Builds the index of a catalog at once. */
export function indexCatalogNow(columns: CatalogColumns): SearchIndex {
  const building = indexCatalog(columns);
  for (;;) {
    const step = building.next();
    if (step.done) return step.value;
  }
}

function* moviesByName(taggings: readonly Tagging[], size: number): Generator<undefined, Map<string, number[]>> {
  const moviesOf = new Map<string, number[]>();
  for (let movie = 0; movie < size; movie++) {
    if (movie % TEXTS_PER_STEP === 0) yield;
    for (const tagging of taggings) {
      for (const name of labelsOf(tagging, movie)) {
        const movies = moviesOf.get(name);
        if (movies === undefined) moviesOf.set(name, [movie]);
        else if (movies[movies.length - 1] !== movie) movies.push(movie);
      }
    }
  }
  return moviesOf;
}

export class SearchIndexBuilder {
  readonly #numbers = new Map<string, number>();
  readonly #movies: number[] = [];
  readonly #movieOffsets: number[] = [0];
  readonly #weights: number[] = [];
  readonly #kinds: number[] = [];
  /** Word and text, one pair a posting. It grows by half: an array of numbers would take twice the bytes. */
  #pairs = new Uint32Array(1 << 12);
  #filled = 0;

  add(kind: TextKind, text: string, movies: readonly number[]): void {
    const { words, joined } = titleWords(text);
    if (words.length === 0) return;
    const number = this.#weights.length;
    this.#weights.push(words.reduce((sum, word) => sum + wordWeight(word), 0));
    this.#kinds.push(TEXT_KINDS.indexOf(kind));
    for (const movie of movies) this.#movies.push(movie);
    this.#movieOffsets.push(this.#movies.length);
    if (kind === 'person') {
      for (const word of words) this.#post(NAME + word, number);
      return;
    }
    const others = new Set([...joined, ...words.flatMap((word) => otherNumerals(word))]);
    for (const word of words) this.#post(word, number);
    for (const word of others) if (!words.includes(word)) this.#post(OTHER_SPELLING + word, number);
  }

  finish(): SearchIndex {
    const words = [...this.#numbers.keys()].sort();
    const placeOf = new Uint32Array(words.length);
    words.forEach((word, place) => {
      placeOf[this.#numbers.get(word) ?? 0] = place;
    });
    const pairs = this.#pairs.subarray(0, this.#filled);
    const offsets = new Uint32Array(words.length + 1);
    for (let i = 0; i < pairs.length; i += 2) offsets[placeOf[pairs[i]] + 1]++;
    for (let w = 0; w < words.length; w++) offsets[w + 1] += offsets[w];
    const next = offsets.slice();
    const postings = new Uint32Array(pairs.length / 2);
    for (let i = 0; i < pairs.length; i += 2) postings[next[placeOf[pairs[i]]]++] = pairs[i + 1];
    return {
      words: WordTable.from(words),
      postingOffsets: offsets,
      postings,
      movieOffsets: Uint32Array.from(this.#movieOffsets),
      movies: Uint32Array.from(this.#movies),
      weights: Float32Array.from(this.#weights),
      kinds: Uint8Array.from(this.#kinds),
    };
  }

  #post(word: string, text: number): void {
    let number = this.#numbers.get(word);
    if (number === undefined) {
      number = this.#numbers.size;
      this.#numbers.set(word, number);
    }
    if (this.#filled + 2 > this.#pairs.length) {
      const larger = new Uint32Array(this.#pairs.length * 1.5);
      larger.set(this.#pairs);
      this.#pairs = larger;
    }
    this.#pairs[this.#filled++] = number;
    this.#pairs[this.#filled++] = text;
  }
}
