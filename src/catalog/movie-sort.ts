import type { CatalogColumns } from '../engine/artifacts/catalog-columns.ts';
import type { Bitset } from '../engine/linalg/bitset.ts';
import { TopK } from '../engine/linalg/topk.ts';

export const MOVIE_SORTS = ['POPULAR', 'BEST_RATED', 'NEWEST', 'OLDEST', 'SHORTEST'] as const;

/** An order of movies that depends on nobody's profile. */
export type MovieSort = (typeof MOVIE_SORTS)[number];

/** Ratings of an average movie that are added to each, so that few ratings do not lead. */
const PRIOR_RATINGS = 50;
const PRIOR_STARS = 3.3;

/** Below every year and every runtime, and small enough that the popularity behind the point is kept. */
const UNKNOWN = -1_000_000;

/** What the sorts compare. `popularity` has one entry a movie, from 0 to 1. */
export interface SortedColumns extends Pick<CatalogColumns, 'years' | 'runtimes' | 'ratingAverages' | 'ratingCounts'> {
  popularity: Float32Array;
}

/** Rows of the candidates from place `offset` on, at most `limit`. Unknown values come last, equal ones by popularity, then by row. */
export function sortedRows(columns: SortedColumns, candidates: Bitset, sort: MovieSort, offset: number, limit: number): number[] {
  const rows = candidates.toIndices();
  const keyOf = keysBy(sort, columns);
  const best = new TopK(Math.min(offset + limit, rows.length));
  for (let i = 0; i < rows.length; i++) best.offer(rows[i], keyOf(rows[i]));
  return Array.from(best.drain().indices.subarray(offset));
}

/** Whole numbers from a column, and the popularity as the part behind the point. */
function keysBy(sort: MovieSort, { popularity, years, runtimes, ratingAverages, ratingCounts }: SortedColumns): (row: number) => number {
  const tie = (row: number): number => popularity[row] * 0.999;
  const unlessUnknown = (value: number, key: number, row: number): number => (value === 0 ? UNKNOWN : key) + tie(row);
  switch (sort) {
    case 'POPULAR':
      return (row) => popularity[row];
    case 'BEST_RATED':
      return (row) => {
        const count = ratingCounts[row];
        return count === 0 ? UNKNOWN + tie(row) : (ratingAverages[row] * count + PRIOR_STARS * PRIOR_RATINGS) / (count + PRIOR_RATINGS);
      };
    case 'NEWEST':
      return (row) => unlessUnknown(years[row], years[row], row);
    case 'OLDEST':
      return (row) => unlessUnknown(years[row], -years[row], row);
    case 'SHORTEST':
      return (row) => unlessUnknown(runtimes[row], -runtimes[row], row);
  }
}
