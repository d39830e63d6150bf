import { describe, expect, it } from 'vitest';
import { Bitset } from '../engine/linalg/bitset.ts';
import { type MovieSort, type SortedColumns, sortedRows } from './movie-sort.ts';

const COLUMNS: SortedColumns = {
  years: Int16Array.of(1999, 0, 2001, 1999, 0, 0),
  runtimes: Uint16Array.of(90, 120, 0, 90, 0, 121),
  ratingAverages: Float32Array.of(5, 4, 3, 0, 3.4, 1),
  ratingCounts: Uint32Array.of(1, 500, 500, 0, 5, 0),
  popularity: Float32Array.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6),
};
const sorted = (sort: MovieSort, offset = 0, limit = 10, left: readonly number[] = []): number[] => {
  const rows = new Bitset(6);
  for (let row = 0; row < 6; row++) if (!left.includes(row)) rows.add(row);
  return sortedRows(COLUMNS, rows, sort, offset, limit);
};

describe('the order of a list', () => {
  it.each<[MovieSort, number[]]>([
    ['POPULAR', [5, 4, 3, 2, 1, 0]],
    // One rating of 5 stars leads less than many of 4; without any rating a movie comes last.
    ['BEST_RATED', [1, 0, 4, 2, 5, 3]],
    // Equal and unknown values come by popularity, the unknown ones last.
    ['NEWEST', [2, 3, 0, 5, 4, 1]],
    ['OLDEST', [3, 0, 2, 5, 4, 1]],
    ['SHORTEST', [3, 0, 1, 5, 4, 2]],
  ])('%s is %j', (sort, rows) => {
    expect(sorted(sort)).toEqual(rows);
    expect([sorted(sort, 2, 3), sorted(sort, 5, 3), sorted(sort, 6, 3), sorted(sort, 0, 0)]).toEqual([
      rows.slice(2, 5),
      rows.slice(5),
      [],
      [],
    ]);
    expect(sorted(sort, 0, 10, [rows[0], rows[3]])).toEqual(rows.filter((_, place) => place !== 0 && place !== 3));
  });

  it('adds fifty ratings of 3.3 stars to those of a movie', () => {
    const of = (average: number, count: number, other: number): number[] =>
      sortedRows(
        { ...COLUMNS, ratingAverages: Float32Array.of(average, other), ratingCounts: Uint32Array.of(count, 1_000_000) },
        Bitset.full(2),
        'BEST_RATED',
        0,
        2,
      );
    // Fifty ratings of 4.3 are worth 3.8.
    expect([of(4.3, 50, 3.79), of(4.3, 50, 3.81)]).toEqual([
      [0, 1],
      [1, 0],
    ]);
    expect([of(4.3, 49, 3.797), of(4.3, 51, 3.803)]).toEqual([
      [1, 0],
      [0, 1],
    ]);
  });
});
