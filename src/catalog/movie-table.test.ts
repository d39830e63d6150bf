import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatMovieId, MovieTable, parseMovieId, toMovieId } from './movie-table.ts';

describe('the table of movies', () => {
  it('maps every id to its row and back, and finds no other id', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 50 })), (list) => {
        const ids = Int32Array.from(list).sort();
        const table = new MovieTable({ movieIds: ids, tmdbIds: new Uint32Array(ids.length), imdbIds: new Uint32Array(ids.length) });
        for (let id = -1; id <= 51; id++) {
          const row = ids.indexOf(id);
          expect(table.indexOf(id)).toBe(row < 0 ? undefined : row);
          expect(table.indexOf(String(id))).toBe(row < 0 ? undefined : row);
          if (row >= 0) expect(table.idOf(table.at(row))).toBe(id);
        }
      }),
    );
  });

  it('finds a movie by the ids of TMDb and IMDb, the lower row of two', () => {
    const table = new MovieTable({
      movieIds: Int32Array.of(-900, 3, 5, 8),
      tmdbIds: Uint32Array.of(900, 603, 0, 603),
      imdbIds: Uint32Array.of(0, 133_093, 4_294_967_295, 7),
    });
    expect([900, 603, 604, 0].map((id) => table.indexOfTmdb(id))).toEqual([0, 1, undefined, undefined]);
    expect([133_093, 4_294_967_295, 7, 0].map((id) => table.indexOfImdb(id))).toEqual([1, 2, 3, undefined]);
  });

  it('finds a movie that had only an id of TMDb under it when the movie has a MovieLens id', () => {
    const ids = { tmdbIds: Uint32Array.of(603), imdbIds: Uint32Array.of(0) };
    const before = new MovieTable({ movieIds: Int32Array.of(-603), ...ids });
    const after = new MovieTable({ movieIds: Int32Array.of(2571), ...ids });
    expect([before.indexOf('tmdb-603'), after.indexOf('tmdb-603'), after.indexOf(-603)]).toEqual([0, 0, 0]);
    expect([after.indexOf('2571'), after.indexOf('603'), after.indexOf('tmdb-2571')]).toEqual([0, undefined, undefined]);
    expect([before, after].map((table) => formatMovieId(table.idOf(table.at(0))))).toEqual(['tmdb-603', '2571']);
  });

  it.each([
    ['tmdb-603', -603],
    ['tmdb-2147483648', undefined],
    ['tmdb-0', undefined],
    ['tmdb--1', undefined],
    ['TMDB-603', undefined],
    ['tmdb-', undefined],
    ['1', 1],
    ['2147483647', 2_147_483_647],
    ['2147483648', undefined],
    ['0', undefined],
    ['-1', undefined],
    ['01', undefined],
    [' 1', undefined],
    ['1.0', undefined],
    ['1e3', undefined],
    ['', undefined],
    ['99999999999999999999', undefined],
  ])('reads %j as %j', (text, id) => {
    expect(parseMovieId(text)).toBe(id);
  });

  it.each([0, -2_147_483_648, 1.5, Number.NaN, 2_147_483_648])('takes %d for no id', (id) => {
    expect(toMovieId(id)).toBeUndefined();
  });
});
