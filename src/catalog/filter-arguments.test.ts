import { describe, expect, it } from 'vitest';
import { FIXTURE_MOVIES } from '../../test/fixture-movies.ts';
import { releaseInMemory, shippedConfig } from '../../test/release-in-memory.ts';
import { InputError } from '../input-error.ts';
import { Catalog } from './catalog.ts';
import { type FilterArguments, offersIn, readFamiliar, readFilter, readLabels } from './filter-arguments.ts';
import { readMovieSearch } from './search-movies.ts';

const catalog = Catalog.fromRelease(releaseInMemory(FIXTURE_MOVIES, shippedConfig('default')));
const NOTHING = { services: [], languages: [], runtimeMin: undefined, runtimeMax: undefined, yearMin: undefined, yearMax: undefined };

function errorOf(read: () => unknown): { path?: unknown; text: string } {
  try {
    read();
  } catch (error) {
    if (error instanceof InputError) return { path: error.path, text: error.message };
    throw error;
  }
  return { text: 'no error' };
}
const refused = (filter: FilterArguments): string => errorOf(() => readFilter(catalog, filter, 'filter')).text;

describe('the arguments of a filter', () => {
  it('restrict nothing when they are null, empty or left out', () => {
    expect(readFilter(catalog, {}, 'filter')).toEqual(NOTHING);
    const nulls = { services: null, languages: null, runtimeMin: null, runtimeMax: null, yearMin: null, yearMax: null };
    expect(readFilter(catalog, nulls, 'filter')).toEqual(NOTHING);
    expect(readFilter(catalog, { services: [], languages: [] }, 'filter')).toEqual(NOTHING);
  });

  it('are runtimes from 0 and years in order; equal bounds are in order', () => {
    expect(refused({ runtimeMin: 0, runtimeMax: 0, yearMin: 1999, yearMax: 1999 })).toBe('no error');
    expect(refused({ runtimeMin: -1 })).toContain('is -1; it must not be negative');
    expect(refused({ runtimeMax: -1 })).toContain('is -1; it must not be negative');
    expect(refused({ runtimeMin: 91, runtimeMax: 90 })).toContain('is 91, above runtimeMax, which is 90');
    expect(refused({ yearMin: 2000, yearMax: 1999 })).toContain('is 2000, above yearMax, which is 1999');
    expect(refused({ yearMin: -5 })).toBe('no error');
  });

  it('name labels in any spelling, each once, as ascending rows', () => {
    const [first, second] = catalog.genres.labels;
    const rows = readLabels([second.name, first.id.toUpperCase(), second.id], 'genre', catalog.genres, 'genres');
    expect(rows).toEqual([first.index, second.index].sort((a, b) => a - b));
    expect(catalog.genres.rowsOf([second.name, 'no genre', first.id])).toEqual(rows);
    expect(catalog.genres.rowsOf([])).toEqual([]);
    expect(readLabels(undefined, 'genre', catalog.genres, 'genres')).toEqual([]);
  });

  it('name at most a hundred labels', () => {
    const names = (length: number): string[] => Array(length).fill('Drama');
    expect(readLabels(names(100), 'genre', catalog.genres, 'genres')).toHaveLength(1);
    expect(errorOf(() => readLabels(names(101), 'genre', catalog.genres, 'genres')).text).toContain('has 101 entries; at most 100');
  });

  it('that name no label get the nearest ones', () => {
    const text = errorOf(() => readLabels(['Drama', 'Dramma'], 'genre', catalog.genres, 'prefs.genres')).text;
    expect(text).toMatch(/there is no genre "Dramma"; did you mean Drama( or \w+|, .+ or \w+)?\?/);
    const three = errorOf(() => readLabels(['xx'], 'language', catalog.languages, 'languages')).text;
    expect(three).toMatch(/did you mean \w+, \w+ or \w+\?$/);
    const none = Catalog.fromRelease(releaseInMemory([{ ...FIXTURE_MOVIES[0], services: [] }], shippedConfig('default')));
    expect(errorOf(() => readLabels(['x'], 'service', none.services, 'services')).text).toContain('the catalogue has no services');
  });
});

it('a search has at most 200 characters', () => {
  expect(readMovieSearch(catalog, 'x'.repeat(200), {}).text).toHaveLength(200);
  expect(errorOf(() => readMovieSearch(catalog, 'x'.repeat(201), {})).text).toContain('has 201 characters; at most 200 are allowed');
  expect(errorOf(() => readMovieSearch(catalog, 'x'.repeat(201), {})).path).toBe('query');
  expect(errorOf(() => readMovieSearch(catalog, 'x', { genres: ['Drama', 'Dramma'] })).path).toBe('filter.genres[1]');
  expect(errorOf(() => readMovieSearch(catalog, 'x', { services: ['Nexflix'] })).path).toBe('filter.services[0]');
  expect(errorOf(() => readMovieSearch(catalog, 'x', { languages: ['xx'] })).path).toBe('filter.languages[0]');
  expect(readMovieSearch(catalog, 'x', { genres: ['Drama'] }).filter).toMatchObject({ genreMatch: 'ANY', genres: [expect.any(Number)] });
});

it('the days of a filter by offers are there when they are stated, the first day of all included', () => {
  const read = { region: 'US', kinds: [], services: [], rows: [3] };
  expect(offersIn({ ...read, since: undefined, leftSince: undefined })).toEqual({ offers: [3] });
  expect(offersIn({ ...read, since: 0, leftSince: undefined })).toEqual({ offers: [3], offersSince: 0 });
  expect(offersIn({ ...read, since: undefined, leftSince: 0 })).toEqual({ offers: [3], offersLeftSince: 0 });
});

it('familiar goes from 0 to 1', () => {
  expect([null, undefined, 0, 0.5, 1].map((value) => readFamiliar(value, 'familiar'))).toEqual([undefined, undefined, 0, 0.5, 1]);
  for (const value of [-0.001, 1.001, Number.NaN])
    expect(errorOf(() => readFamiliar(value, 'prefs.familiar'))).toEqual({
      path: 'prefs.familiar',
      text: `prefs.familiar: is ${value}; it goes from 0 (hidden gems) to 1 (well known)`,
    });
});

it('tags are a part of the filter when there are some', () => {
  expect(readMovieSearch(catalog, 'x', { keywords: [] }).filter).not.toHaveProperty('tags');
  expect(readMovieSearch(catalog, 'x', { keywords: ['no such word'] }).filter.tags).toEqual([[{ column: 'keywords', labels: [] }]]);
});
