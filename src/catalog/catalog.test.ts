import { describe, expect, it } from 'vitest';
import { FIXTURE_MOVIES } from '../../test/fixture-movies.ts';
import { movieIdOf } from '../../test/movie-ids.ts';
import { releaseInMemory, shippedConfig } from '../../test/release-in-memory.ts';
import type { CatalogRow } from '../engine/features/catalog-row.ts';
import { Bitset } from '../engine/linalg/bitset.ts';
import { Catalog } from './catalog.ts';
import { absentMovie, CatalogMovie } from './movie-facts.ts';

const NUMBERED = (prefix: string, length: number): string[] => Array.from({ length }, (_, n) => `${prefix} ${String(n).padStart(3, '0')}`);
const ROW: CatalogRow = {
  ...FIXTURE_MOVIES[0],
  movieId: 7,
  imdbId: 133_093,
  tmdbId: 603,
  title: 'The Matrix',
  year: 1999,
  runtime: 136,
  runtimeMissing: false,
  overview: 'A programmer.',
  genres: ['Action', 'Sci-Fi'],
  services: ['Netflix', 'Hulu'],
  directors: ['Lana Wachowski', 'Lilly Wachowski'],
  cast: ['Keanu Reeves'],
  keywords: ['simulation'],
  originalLanguage: 'en',
  certification: 'R',
  posterPath: '/abc.jpg',
  ratingAverage: 4.156,
  ratingCount: 12,
};
const UNKNOWN: CatalogRow = {
  ...ROW,
  movieId: 8,
  imdbId: null,
  tmdbId: null,
  year: null,
  runtime: null,
  runtimeMissing: true,
  overview: '',
  genres: [],
  services: [],
  directors: [],
  cast: [],
  keywords: [],
  originalLanguage: '',
  certification: '',
  posterPath: '',
  ratingAverage: null,
  ratingCount: 0,
};
const catalogOf = (...rows: CatalogRow[]): Catalog => Catalog.fromRelease(releaseInMemory(rows, shippedConfig('default')));

/** Every fact of a row, by the names of MovieFacts. */
function factsOf(catalog: Catalog, row: number) {
  const movie = new CatalogMovie(catalog, catalog.indexAt(row));
  const names = Object.getOwnPropertyNames(CatalogMovie.prototype).filter((name) => name !== 'constructor');
  return Object.fromEntries(names.map((name) => [name, Reflect.get(movie, name)]));
}

describe('the facts of a movie', () => {
  it('are those of its row', () => {
    const facts = factsOf(catalogOf(ROW, UNKNOWN), 0);
    expect(facts).toMatchObject({
      movieId: 7,
      id: '7',
      imdbId: 'tt0133093',
      tmdbId: 603,
      title: 'The Matrix',
      year: 1999,
      runtime: 136,
      overview: 'A programmer.',
      directors: ['Lana Wachowski', 'Lilly Wachowski'],
      cast: ['Keanu Reeves'],
      keywords: ['simulation'],
      originalLanguage: 'en',
      certification: 'R',
      posterPath: '/abc.jpg',
      ratingAverage: 4.16,
      ratingCount: 12,
    });
    expect(facts.genres.map(({ id }: { id: string }) => id)).toEqual(['action', 'sci-fi']);
    expect(facts.services.map(({ name }: { name: string }) => name)).toEqual(['Netflix', 'Hulu']);
  });

  it('are null or empty when they are unknown, as those of a movie that left the catalog', () => {
    const { index: _, ...departed } = absentMovie({ movieId: movieIdOf(8), title: 'The Matrix', year: null }, 'DEPARTED');
    expect({ ...factsOf(catalogOf(ROW, UNKNOWN), 1), absence: 'DEPARTED' }).toEqual(departed);
    expect(departed).toMatchObject({ id: '8', ratingCount: 0, genres: [], overview: null, posterPath: null });
    expect(absentMovie({ movieId: movieIdOf(8), title: 'x', year: 1999 }, 'HIDDEN')).toMatchObject({
      index: undefined,
      absence: 'HIDDEN',
      title: 'x',
      year: 1999,
    });
  });

  it('are bounded lists: the first entries, up to the greatest length', () => {
    const lists = (more: number): Partial<CatalogRow> => ({
      genres: NUMBERED('Genre', 20 + more),
      services: NUMBERED('Service', 50 + more),
      directors: NUMBERED('Director', 10 + more),
      cast: NUMBERED('Actor', 50 + more),
      keywords: NUMBERED('word', 200 + more),
    });
    const catalog = catalogOf({ ...ROW, movieId: 1, ...lists(0) }, { ...ROW, movieId: 2, ...lists(1) });
    const [fits, cut] = [factsOf(catalog, 0), factsOf(catalog, 1)];
    for (const [name, length] of [
      ['genres', 20],
      ['services', 50],
      ['directors', 10],
      ['cast', 50],
      ['keywords', 200],
    ] as const) {
      expect([fits[name].length, cut[name].length], name).toEqual([length, length]);
      expect(cut[name]).toEqual(name === 'genres' || name === 'services' ? expect.any(Array) : lists(1)[name]?.slice(0, length));
    }
  });

  it('are those that only newer artifacts have, up to their greatest length', () => {
    const people = (length: number): string[] => NUMBERED('ACTOR:1:Actor', length);
    const more = (length: (max: number) => number): Partial<CatalogRow> => ({
      alternativeTitles: NUMBERED('Title', length(50)),
      countries: NUMBERED('C', length(20)),
      companies: NUMBERED('Company', length(50)),
      spokenLanguages: NUMBERED('l', length(30)),
      people: people(length(60)),
    });
    const one: Partial<CatalogRow> = { collection: 'Matrix Collection', status: 'Released', originalTitle: 'Matrix', trailerKey: 'abc' };
    const catalog = catalogOf(
      { ...ROW, movieId: 1, ...one, ...more((max) => max) },
      { ...ROW, movieId: 2, ...more((max) => max + 1) },
      { ...ROW, movieId: 3, ...more(() => 0), collection: '', status: '', originalTitle: '', trailerKey: '' },
    );
    const [fits, cut, none] = [0, 1, 2].map((row) => factsOf(catalog, row));
    expect(fits).toMatchObject(one);
    for (const [name, length] of [
      ['alternativeTitles', 50],
      ['countries', 20],
      ['companies', 50],
      ['spokenLanguages', 30],
      ['credits', 60],
    ] as const)
      expect([fits[name].length, cut[name].length, none[name].length], name).toEqual([length, length, 0]);
    expect(fits.alternativeTitles).toEqual(NUMBERED('Title', 50));
    expect(fits.countries).toEqual(NUMBERED('C', 20));
    expect(fits.companies).toEqual(NUMBERED('Company', 50));
    expect(fits.spokenLanguages).toEqual(NUMBERED('l', 30));
    expect(fits.credits[59]).toEqual({ job: 'ACTOR', personId: 1, name: 'Actor 059' });
    expect(none).toMatchObject({ collection: null, status: null, originalTitle: null, trailerKey: null });
  });

  it('have an IMDb id of at least seven digits', () => {
    const catalog = catalogOf({ ...ROW, movieId: 1, imdbId: 1 }, { ...ROW, movieId: 2, imdbId: 12_345_678 });
    expect([0, 1].map((row) => catalog.imdbId(catalog.indexAt(row)))).toEqual(['tt0000001', 'tt12345678']);
  });
});

describe('a catalog that hides movies', () => {
  const whole = catalogOf(ROW, UNKNOWN, { ...ROW, movieId: 9, imdbId: 5, tmdbId: 6, services: ['Netflix', 'Mine'] });
  const hiding = whole.hiding(Bitset.of(3, [0]));

  it('answers as if it did not have them', () => {
    const found = (catalog: Catalog, id: number): unknown[] => [
      catalog.indexOf(id),
      catalog.indexOf(String(id)),
      catalog.isHidden(0),
      catalog.hides(movieIdOf(id)),
      catalog.indexOfTmdb(603),
      catalog.indexOfImdb(133_093),
      catalog.movieCount,
      catalog.size,
    ];
    expect(found(whole, 7)).toEqual([0, 0, false, false, 0, 0, 3, 3]);
    expect(found(hiding, 7)).toEqual([undefined, undefined, true, true, undefined, undefined, 2, 3]);
    expect([9, 10].map((id) => hiding.hides(movieIdOf(id)))).toEqual([false, false]);
    expect([hiding.indexOf(9), hiding.indexOfTmdb(6), hiding.indexOfImdb(5)]).toEqual([2, 2, 2]);
    expect(hiding.genres.find('action')?.movieCount).toBe(1);
    expect(hiding.services.find('hulu')?.movieCount).toBe(0);
    expect(hiding.languages.find('en')?.movieCount).toBe(1);
  });

  it('is the same catalog otherwise, and hides nothing else when it is asked again', () => {
    expect([hiding.version, hiding.dataset, hiding.builtAt, hiding.offers.defaultRegion]).toEqual(['test-1', 'test', new Date(0), 'US']);
    const other = Catalog.fromRelease(releaseInMemory([ROW], shippedConfig('default')), 'DE').hiding(new Bitset(1));
    expect([other.offers.defaultRegion, other.movieCount]).toEqual(['DE', 1]);
    expect(hiding.hiding(Bitset.of(3, [1])).indexOf(7)).toBe(0);
  });

  it('has the service of what the owner has first at each movie', () => {
    expect(whole.servicesOf(whole.indexAt(2)).map(({ name }) => name)).toEqual(['Mine', 'Netflix']);
  });
});
