import type { Transaction } from 'kysely';
import type { HistoryItem, HistoryResult } from './library-store.ts';
import type { FeedbackTable, Tables, WatchlistTable } from './tables.ts';
import { rowOf } from './watchlist-rows.ts';

/** Rows of one INSERT: well below the number of values that either database takes in a statement. */
const ROWS_AT_ONCE = 1_000;

/** Merges an imported history into what the viewer keeps; the caller's transaction makes it all or nothing. */
export async function mergeHistory(
  trx: Transaction<Tables>,
  userId: string,
  items: readonly HistoryItem[],
  now: Date,
): Promise<HistoryResult> {
  const list = await mergeWatchlist(trx, userId, items, now);
  const said = await mergeFeedback(trx, userId, items, now);
  return { ...list, ...said };
}

async function mergeWatchlist(trx: Transaction<Tables>, userId: string, items: readonly HistoryItem[], now: Date) {
  const kept = await trx.selectFrom('library_watchlist').select(['movie_id', 'watched']).where('user_id', '=', userId).execute();
  const watchedBefore = new Map(kept.map((row) => [row.movie_id, row.watched === 1]));
  const added: WatchlistTable[] = [];
  const marked: { movieId: number; at: number | null }[] = [];
  for (const { movie, listed, watched } of items) {
    if (listed === undefined && watched === undefined) continue;
    const before = watchedBefore.get(movie.movieId);
    if (before === undefined) added.push(rowOf(userId, movie, listed?.at ?? watched?.at ?? now, watched));
    else if (!before && watched !== undefined) marked.push({ movieId: movie.movieId, at: watched.at?.getTime() ?? null });
  }
  for (const rows of batches(added)) await trx.insertInto('library_watchlist').values(rows).execute();
  for (const { movieId, at } of marked) {
    await trx
      .updateTable('library_watchlist')
      .set({ watched: 1, watched_at: at })
      .where('user_id', '=', userId)
      .where('movie_id', '=', movieId)
      .execute();
  }
  return { addedToWatchlist: added.length, markedWatched: marked.length + added.filter(({ watched }) => watched === 1).length };
}

/** What was said here later than in the file stays; a row without a date counts as older than anything said here. */
async function mergeFeedback(trx: Transaction<Tables>, userId: string, items: readonly HistoryItem[], now: Date) {
  const kept = await trx.selectFrom('library_feedback').selectAll().where('user_id', '=', userId).execute();
  const before = new Map(kept.map((row) => [row.movie_id, row]));
  const said: FeedbackTable[] = [];
  const replaced: number[] = [];
  for (const { movie, feedback } of items) {
    if (feedback === undefined) continue;
    const known = before.get(movie.movieId);
    if (known !== undefined) {
      if (known.signal === feedback.signal || feedback.at === null || feedback.at.getTime() <= known.said_at) continue;
      replaced.push(movie.movieId);
    }
    said.push({ user_id: userId, movie_id: movie.movieId, signal: feedback.signal, said_at: (feedback.at ?? now).getTime() });
  }
  for (const ids of batches(replaced))
    await trx.deleteFrom('library_feedback').where('user_id', '=', userId).where('movie_id', 'in', ids).execute();
  for (const rows of batches(said)) await trx.insertInto('library_feedback').values(rows).execute();
  return {
    likes: said.filter(({ signal }) => signal === 'LIKE').length,
    dislikes: said.filter(({ signal }) => signal === 'DISLIKE').length,
  };
}

function batches<T>(list: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(list.length / ROWS_AT_ONCE) }, (_, i) => list.slice(i * ROWS_AT_ONCE, (i + 1) * ROWS_AT_ONCE));
}
