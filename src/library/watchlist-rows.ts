import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import type { WatchlistItem, WatchlistPlace, WatchlistSort } from './library-store.ts';
import type { MovieRecord } from './named-movie.ts';
import type { Tables, WatchlistTable } from './tables.ts';

export function itemOf(row: WatchlistTable): WatchlistItem {
  return {
    movieId: row.movie_id,
    title: row.title,
    year: row.year === 0 ? null : row.year,
    addedAt: new Date(row.added_at),
    watched: row.watched === 1,
    watchedAt: row.watched_at === null ? null : new Date(row.watched_at),
  };
}

export function rowOf(userId: string, movie: MovieRecord, addedAt: Date, watched: { at: Date | null } | undefined): WatchlistTable {
  return {
    user_id: userId,
    movie_id: movie.movieId,
    title: movie.title,
    sort_title: movie.sortTitle,
    year: movie.year ?? 0,
    added_at: addedAt.getTime(),
    watched: watched === undefined ? 0 : 1,
    watched_at: watched?.at?.getTime() ?? null,
  };
}

export function placeOf(row: WatchlistTable, sort: WatchlistSort): WatchlistPlace {
  const number = sort === 'RECENTLY_ADDED' ? row.added_at : sort === 'YEAR' ? row.year : 0;
  return { sort, number, sortTitle: sort === 'RECENTLY_ADDED' ? '' : row.sort_title, movieId: row.movie_id };
}

type Column = 'added_at' | 'year' | 'sort_title' | 'movie_id';

/** Columns of each order. The movie id makes the order total, so that a page ends at exactly one place. */
export const ORDERS: Record<WatchlistSort, readonly [Column, 'asc' | 'desc'][]> = {
  RECENTLY_ADDED: [
    ['added_at', 'desc'],
    ['movie_id', 'desc'],
  ],
  TITLE: [
    ['sort_title', 'asc'],
    ['movie_id', 'asc'],
  ],
  YEAR: [
    ['year', 'desc'],
    ['sort_title', 'asc'],
    ['movie_id', 'asc'],
  ],
};

/** SQL condition: the row comes after `place` in its order. */
export function afterCursor(eb: ExpressionBuilder<Tables, 'cinematch_watchlist'>, place: WatchlistPlace): Expression<SqlBool> {
  const values: Record<Column, number | string> = {
    added_at: place.number,
    year: place.number,
    sort_title: place.sortTitle,
    movie_id: place.movieId,
  };
  const columns = ORDERS[place.sort];
  // (a, b, c) after (x, y, z): a after x, or a = x and b after y, or a = x and b = y and c after z.
  return eb.or(
    columns.map(([column, direction], i) =>
      eb.and([
        ...columns.slice(0, i).map(([before]) => eb(before, '=', values[before])),
        eb(column, direction === 'asc' ? '>' : '<', values[column]),
      ]),
    ),
  );
}

export const countAll = sql<number>`count(*)`;
