import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MovieTable, parseMovieId, toMovieId } from './movie-table.ts';

describe('the table of movies', () => {
  it('maps every id to its row and back, and finds no other id', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 50 })), (list) => {
        const ids = Int32Array.from(list).sort();
        const table = new MovieTable(ids);
        for (let id = -1; id <= 51; id++) {
          const row = ids.indexOf(id);
          expect(table.indexOf(id)).toBe(row < 0 ? undefined : row);
          expect(table.indexOf(String(id))).toBe(row < 0 ? undefined : row);
          if (row >= 0) expect(table.idOf(table.at(row))).toBe(id);
        }
      }),
    );
  });

  it.each([
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

  it.each([0, -1, 1.5, Number.NaN, 2_147_483_648])('takes %d for no id', (id) => {
    expect(toMovieId(id)).toBeUndefined();
  });
});
