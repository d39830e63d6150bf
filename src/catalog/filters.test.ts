import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CatalogColumns, tag } from '../engine/artifacts/catalog-columns.ts';
import { PackedText } from '../engine/artifacts/packed-text.ts';
import { StringTable } from '../engine/artifacts/string-table.ts';
import { Bitset } from '../engine/linalg/bitset.ts';
import { Filters, type MovieFilter } from './filters.ts';
import type { TagFilter } from './tag-filter.ts';

interface GeneratedMovie {
  genres: string[];
  services: string[];
  language: string;
  runtime: number;
  year: number;
}

const GENRES = ['Action', 'Comedy', 'Drama'];
const SERVICES = ['Hulu', 'Netflix'];
const LANGUAGES = ['en', 'fr'];

const movie = fc.record<GeneratedMovie>({
  genres: fc.subarray(GENRES),
  services: fc.subarray(SERVICES),
  language: fc.constantFrom('', ...LANGUAGES),
  runtime: fc.constantFrom(0, 1, 89, 90, 91, 120, 65_535),
  year: fc.constantFrom(0, 1930, 1999, 2000, 2001),
});
const bound = (...values: number[]) => fc.constantFrom(undefined, ...values);
const filter = fc.record<MovieFilter>({
  genres: fc.subarray([0, 1, 2]),
  genreMatch: fc.constantFrom('ANY', 'ALL', 'PREFER'),
  services: fc.subarray([0, 1]),
  languages: fc.subarray([0, 1]),
  runtimeMin: bound(0, 1, 90, 100),
  runtimeMax: bound(0, 90, 120, 2_147_483_647),
  yearMin: bound(-2_147_483_648, 0, 1999, 2000),
  yearMax: bound(0, 1999, 2000, 3000),
});

/** Two movies with every label come first, so that each name has the same row in every catalog. */
function columnsOf(movies: GeneratedMovie[]): CatalogColumns {
  const all = [
    { genres: GENRES, services: SERVICES, language: 'en', runtime: 90, year: 2000 },
    { genres: [], services: [], language: 'fr', runtime: 0, year: 0 },
    ...movies,
  ];
  const none = tag(all.map(() => []));
  const empty = StringTable.from(all.map(() => ''));
  return {
    size: all.length,
    movieIds: Int32Array.from(all, (_, i) => i + 1),
    imdbIds: new Uint32Array(all.length),
    tmdbIds: new Uint32Array(all.length),
    years: Int16Array.from(all, ({ year }) => year),
    runtimes: Uint16Array.from(all, ({ runtime }) => runtime),
    ratingAverages: new Float32Array(all.length),
    ratingCounts: new Uint32Array(all.length),
    titles: empty,
    alternativeTitles: empty,
    posterPaths: empty,
    overviews: PackedText.from(all.map(() => '')),
    genres: tag(all.map(({ genres }) => genres)),
    services: tag(all.map(({ services }) => services)),
    languages: tag(all.map(({ language }) => (language === '' ? [] : [language]))),
    keywords: none,
    directors: none,
    cast: none,
    certifications: none,
  };
}

function passes(one: GeneratedMovie, wanted: MovieFilter): boolean {
  const has = (names: string[], rows: readonly number[], labels: string[]) => rows.map((row) => labels.includes(names[row]));
  const genres = has(GENRES, wanted.genres, one.genres);
  if (wanted.genreMatch === 'ANY' && genres.length > 0 && !genres.includes(true)) return false;
  if (wanted.genreMatch === 'ALL' && genres.includes(false)) return false;
  if (wanted.services.length > 0 && !has(SERVICES, wanted.services, one.services).includes(true)) return false;
  if (wanted.languages.length > 0 && !has(LANGUAGES, wanted.languages, [one.language]).includes(true)) return false;
  const inRange = (value: number, min: number | undefined, max: number | undefined) =>
    (min === undefined && max === undefined) || (value !== 0 && value >= (min ?? value) && value <= (max ?? value));
  return inRange(one.runtime, wanted.runtimeMin, wanted.runtimeMax) && inRange(one.year, wanted.yearMin, wanted.yearMax);
}

describe('filters', () => {
  it('keep exactly the movies that a plain predicate keeps', () => {
    fc.assert(
      fc.property(fc.array(movie, { maxLength: 70 }), filter, fc.array(fc.nat(200), { maxLength: 5 }), (movies, wanted, hidden) => {
        const columns = columnsOf(movies);
        const excluded = hidden.filter((row) => row < columns.size);
        const kept = Filters.of(columns).candidates(wanted, excluded);
        const expected = movies.map((_, i) => i + 2).filter((row) => passes(movies[row - 2], wanted) && !excluded.includes(row));
        expect([...kept.toIndices()].filter((row) => row >= 2)).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('remember nothing of one question when the next is asked', () => {
    const filters = Filters.of(columnsOf([{ genres: ['Comedy'], services: [], language: '', runtime: 0, year: 0 }]));
    const ask = (genres: number[]) => filters.candidates({ genres, genreMatch: 'ANY', services: [], languages: [] });
    expect([...ask([0]).toIndices()]).toEqual([0]);
    expect([...ask([0, 1]).toIndices()]).toEqual([0, 2]);
    ask([0]).delete(0);
    expect([...ask([0]).toIndices()]).toEqual([0]);
  });

  it('keep movies with a standing offer, with one that is new, or with one that ended', () => {
    const plain = { genres: [], services: [], language: '', runtime: 0, year: 0 };
    // Two movies of every catalog come first. Offers as [label, since, left at].
    const offers: [string, number, number][][] = [
      [],
      [],
      [['a', 5, 0]],
      [['a', 7, 9]],
      [['b', 7, 0]],
      [
        ['b', 4, 8],
        ['a', 6, 0],
      ],
    ];
    const columns = {
      ...columnsOf([plain, plain, plain, plain]),
      offers: {
        tagging: tag(offers.map((list) => list.map(([label]) => label))),
        since: Uint16Array.from(offers.flat(), ([, since]) => since),
        leftAt: Uint16Array.from(offers.flat(), ([, , leftAt]) => leftAt),
      },
    };
    const filters = Filters.of(columns);
    const none = { genres: [], genreMatch: 'ANY', services: [], languages: [] } as const;
    const ask = (more: Partial<MovieFilter>) => [...filters.candidates({ ...none, ...more }).toIndices()];
    expect(ask({ offers: [0] })).toEqual([2, 5]);
    expect(ask({ offers: [1] })).toEqual([4]);
    expect(ask({ offers: [0, 1] })).toEqual([2, 4, 5]);
    expect([5, 6, 7].map((offersSince) => ask({ offers: [0], offersSince }))).toEqual([[2, 5], [5], []]);
    expect([8, 9, 10].map((offersLeftSince) => ask({ offers: [0, 1], offersLeftSince }))).toEqual([[3, 5], [3], []]);
    expect(ask({ offers: [] })).toEqual([]);
  });

  it('never pass a row that is hidden, and pass it again without the hiding', () => {
    const drama = { genres: ['Drama'], services: ['Hulu'], language: '', runtime: 90, year: 2000 };
    const filters = Filters.of(columnsOf([drama, drama, drama]));
    const none = { genres: [2], genreMatch: 'ANY', services: [], languages: [] } as const;
    const hiding = filters.hiding(Bitset.of(5, [0, 3]));
    expect([...hiding.candidates(none).toIndices()]).toEqual([2, 4]);
    expect([...hiding.candidates(none, [4]).toIndices()]).toEqual([2]);
    expect([...filters.candidates(none).toIndices()]).toEqual([0, 2, 3, 4]);
    expect([...hiding.withGenre(2).toIndices()]).toEqual([0, 2, 3, 4]);
    expect([...hiding.onService(0).toIndices()]).toEqual([0, 2, 3, 4]);
  });

  it('must pass each group of tags, and may each have labels of several columns', () => {
    const plain = { genres: [], services: [], language: '', runtime: 0, year: 0 };
    const columns = {
      ...columnsOf([plain, plain]),
      keywords: tag([['a'], ['b'], ['a', 'b'], []]),
      directors: tag([[], [], [], ['Ann']]),
    };
    const filters = Filters.of(columns);
    const ask = (...tags: TagFilter[]) => [
      ...filters.candidates({ genres: [], genreMatch: 'ANY', services: [], languages: [], tags }).toIndices(),
    ];
    const [a, b] = [0, 1].map((label): TagFilter => [{ column: 'keywords', labels: [label] }]);
    expect([ask(), ask(a), ask(b), ask(a, b)]).toEqual([[0, 1, 2, 3], [0, 2], [1, 2], [2]]);
    expect(ask([...a, { column: 'directors', labels: [0] }])).toEqual([0, 2, 3]);
    // Asked again, after more of them than are kept.
    for (let n = 0; n < 70; n++) ask([{ column: 'keywords', labels: Array(n + 2).fill(0) }]);
    expect([ask(a), ask(b), ask(a, b)]).toEqual([[0, 2], [1, 2], [2]]);
  });
});
