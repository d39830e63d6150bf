import type { CatalogColumns, Tagging } from '../engine/artifacts/catalog-columns.ts';
import { Bitset } from '../engine/linalg/bitset.ts';
import { addTagged, type TagFilter } from './tag-filter.ts';

export type GenreMatch = 'ANY' | 'ALL' | 'PREFER';

/** The conditions of a candidate. Lists hold rows of labels, and an empty list restricts nothing. Bounds are inclusive. */
export interface MovieFilter {
  genres: readonly number[];
  genreMatch: GenreMatch;
  services: readonly number[];
  languages: readonly number[];
  runtimeMin?: number | undefined;
  runtimeMax?: number | undefined;
  yearMin?: number | undefined;
  yearMax?: number | undefined;
  /** Rows of the labels of offers: keeps movies with at least one of them that stands. Undefined restricts nothing. */
  offers?: readonly number[] | undefined;
  /** Days since 1970, for `offers`: first seen on this day or later. */
  offersSince?: number | undefined;
  /** The same: ended on this day or later, instead of standing. */
  offersLeftSince?: number | undefined;
  /** Each must pass. */
  tags?: readonly TagFilter[] | undefined;
}

interface LabelSets {
  genres: Bitset[];
  services: Bitset[];
  languages: Bitset[];
}

/** Bitsets of offers and tags that are kept: 10 KB each for 85,000 movies. */
const MAX_KEPT = 64;

/** Exact filters over the whole catalog. A movie of unknown runtime or year never passes a filter on it. */
export class Filters {
  readonly #columns: CatalogColumns;
  readonly #genres: Bitset[];
  readonly #services: Bitset[];
  readonly #languages: Bitset[];
  readonly #hidden: Bitset | undefined;
  /** The last ones asked for. */
  readonly #kept = new Map<string, Bitset>();

  private constructor(columns: CatalogColumns, sets: LabelSets, hidden: Bitset | undefined) {
    this.#columns = columns;
    this.#genres = sets.genres;
    this.#services = sets.services;
    this.#languages = sets.languages;
    this.#hidden = hidden;
  }

  static of(columns: CatalogColumns): Filters {
    const setsOf = (tagging: Tagging): Bitset[] => bitsetPerLabel(tagging, columns.size);
    const sets = { genres: setsOf(columns.genres), services: setsOf(columns.services), languages: setsOf(columns.languages) };
    return new Filters(columns, sets, undefined);
  }

  /** The same filters, which these rows never pass. */
  hiding(hidden: Bitset): Filters {
    return new Filters(this.#columns, { genres: this.#genres, services: this.#services, languages: this.#languages }, hidden);
  }

  /** The movies with a genre. The caller must not change the bitset. */
  withGenre(genre: number): Bitset {
    return this.#genres[genre];
  }

  /** The movies on a service. The caller must not change the bitset. */
  onService(service: number): Bitset {
    return this.#services[service];
  }

  /** The movies with one of these offers. One pass over all offers. */
  #withOffers(labels: readonly number[], { offersSince = 0, offersLeftSince }: MovieFilter): Bitset {
    return this.#keep(`offers ${labels.join()} ${offersSince} ${offersLeftSince}`, (movies) => {
      const { offers } = this.#columns;
      if (offers === undefined) return movies;
      const { tagging, since, leftAt } = offers;
      const isWanted = new Uint8Array(tagging.names.length);
      for (const label of labels) isWanted[label] = 1;
      for (let row = 0; row < this.#columns.size; row++) {
        for (let p = tagging.offsets[row]; p < tagging.offsets[row + 1]; p++) {
          if (isWanted[tagging.indices[p]] === 0 || since[p] < offersSince) continue;
          if (offersLeftSince === undefined ? leftAt[p] === 0 : leftAt[p] >= offersLeftSince) movies.add(row);
        }
      }
      return movies;
    });
  }

  #withTags(filter: TagFilter): Bitset {
    return this.#keep(JSON.stringify(filter), (movies) => addTagged(movies, this.#columns, filter));
  }

  #keep(key: string, fill: (movies: Bitset) => Bitset): Bitset {
    const known = this.#kept.get(key);
    if (known !== undefined) return known;
    const movies = fill(new Bitset(this.#columns.size));
    if (this.#kept.size >= MAX_KEPT) this.#kept.delete(this.#kept.keys().next().value ?? '');
    this.#kept.set(key, movies);
    return movies;
  }

  /** The movies that pass, without the rows in `excluded`. The caller owns the bitset and may change it. */
  candidates(filter: MovieFilter, excluded: readonly number[] = []): Bitset {
    const { size, runtimes, years } = this.#columns;
    const passing = Bitset.full(size);
    if (filter.genreMatch === 'ALL') for (const genre of filter.genres) passing.and(this.#genres[genre]);
    if (filter.genreMatch === 'ANY') keepAnyOf(passing, filter.genres, this.#genres);
    keepAnyOf(passing, filter.services, this.#services);
    keepAnyOf(passing, filter.languages, this.#languages);
    if (filter.offers !== undefined) passing.and(this.#withOffers(filter.offers, filter));
    for (const tag of filter.tags ?? []) passing.and(this.#withTags(tag));
    keepRange(passing, runtimes, filter.runtimeMin, filter.runtimeMax);
    keepRange(passing, years, filter.yearMin, filter.yearMax);
    if (this.#hidden !== undefined) passing.andNot(this.#hidden);
    for (const row of excluded) passing.delete(row);
    return passing;
  }
}

function bitsetPerLabel({ names, offsets, indices }: Tagging, size: number): Bitset[] {
  const sets = Array.from({ length: names.length }, () => new Bitset(size));
  for (let row = 0; row < size; row++) for (let p = offsets[row]; p < offsets[row + 1]; p++) sets[indices[p]].add(row);
  return sets;
}

function keepAnyOf(passing: Bitset, labels: readonly number[], sets: readonly Bitset[]): void {
  if (labels.length === 0) return;
  const union = sets[labels[0]].clone();
  for (let i = 1; i < labels.length; i++) union.or(sets[labels[i]]);
  passing.and(union);
}

/** Keeps rows whose value is known (not 0) and within the bounds. Works by words of 32 rows and skips the empty ones. */
function keepRange(passing: Bitset, values: Int16Array | Uint16Array, min: number | undefined, max: number | undefined): void {
  if (min === undefined && max === undefined) return;
  const low = Math.max(min ?? 1, 1);
  const high = max ?? Number.POSITIVE_INFINITY;
  const words = passing.words;
  const size = passing.size;
  for (let w = 0; w < words.length; w++) {
    if (words[w] === 0) continue;
    const first = w << 5;
    const end = Math.min(first + 32, size);
    let inRange = 0;
    for (let row = first; row < end; row++) {
      const value = values[row];
      if (value >= low && value <= high) inRange |= 1 << (row - first);
    }
    words[w] &= inRange;
  }
}
