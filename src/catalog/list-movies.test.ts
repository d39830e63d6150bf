import { describe, expect, it } from 'vitest';
import { FIXTURE_MOVIES } from '../../test/fixture-movies.ts';
import { releaseInMemory, shippedConfig } from '../../test/release-in-memory.ts';
import { snapshotOf } from '../recommendations/snapshot.ts';
import { collectionOf, listMovies, readMovieList } from './list-movies.ts';

const MOVIES: [title: string, year: number, collection: string][] = [
  ['Third', 1990, 'Alpha'],
  ['First', 1970, 'Alpha'],
  ['Alone', 1980, ''],
  ['Elsewhere', 1960, 'Beta'],
  ['Second', 1980, 'Alpha'],
];
const { catalog, filters, recommender } = snapshotOf(
  releaseInMemory(
    MOVIES.map(([title, year, collection], n) => ({ ...FIXTURE_MOVIES[0], movieId: n + 1, title, year, collection })),
    shippedConfig('default'),
  ),
);
const listed = { catalog, filters, popularity: recommender.popularity };

describe('a list of movies', () => {
  it('is a page of those that pass, and counts them all', () => {
    const list = readMovieList(listed, { yearMin: 1970 }, 'NEWEST');
    const pageAt = (offset: number, limit: number): [number, string[]] => {
      const { total, movies } = listMovies(listed, list, offset, limit);
      return [total, movies.map((index) => catalog.title(index))];
    };
    expect(pageAt(0, 1)).toEqual([4, ['Third']]);
    expect(pageAt(3, 5)).toEqual([4, ['First']]);
    expect(pageAt(4, 5)).toEqual([4, []]);
  });

  it('names the field of a filter that cannot be', () => {
    expect(() => readMovieList(listed, { genres: ['nothing'] }, 'NEWEST')).toThrow('filter.genres[0]: there is no genre "nothing"');
  });
});

describe('the collection of a movie', () => {
  const titles = (row: number, limit = 50): string[] =>
    collectionOf(listed, catalog.indexAt(row), limit).map((index) => catalog.title(index));

  it('has the movie itself, the oldest movie first, up to the limit', () => {
    for (const row of [0, 1, 4]) expect(titles(row)).toEqual(['First', 'Second', 'Third']);
    expect(titles(0, 2)).toEqual(['First', 'Second']);
    expect(titles(3)).toEqual(['Elsewhere']);
  });

  it('is empty without one', () => {
    expect(titles(2)).toEqual([]);
  });
});
