import type { Transaction } from 'kysely';
import type { MovieId } from '../catalog/movie-id.ts';
import type { HistoryItem, HistoryResult } from './library-store.ts';
import type { FeedbackTable, Tables, WatchlistTable } from './tables.ts';
import { rowOf } from './watchlist-rows.ts';

/** Rows in one statement. Both databases limit the number of values in a statement; this stays well below. */
const BATCH_SIZE = 1_000;

/** Merges an imported history into the library of a user. Runs in the caller's transaction, which makes it all or nothing. */
export async function mergeHistory(
  trx: Transaction<Tables>,
  userId: string,
  items: readonly HistoryItem[],
  now: Date,
): Promise<HistoryResult> {
  const watchlist = await mergeWatchlist(trx, userId, items, now);
  const feedback = await mergeFeedback(trx, userId, items, now);
  return { ...watchlist, ...feedback };
}

async function mergeWatchlist(trx: Transaction<Tables>, userId: string, items: readonly HistoryItem[], now: Date) {
  const entries = await trx.selectFrom('cinematch_watchlist').select(['movie_id', 'watched']).where('user_id', '=', userId).execute();
  const watchedBefore = new Map(entries.map((row) => [row.movie_id, row.watched === 1]));
  const added: WatchlistTable[] = [];
  const marked: { movieId: MovieId; at: number | null }[] = [];
  for (const { movie, listed, watched } of items) {
    if (listed === undefined && watched === undefined) continue;
    const before = watchedBefore.get(movie.movieId);
    if (before === undefined) added.push(rowOf(userId, movie, listed?.at ?? watched?.at ?? now, watched));
    else if (!before && watched !== undefined) marked.push({ movieId: movie.movieId, at: watched.at?.getTime() ?? null });
  }
  for (const rows of batches(added)) await trx.insertInto('cinematch_watchlist').values(rows).execute();
  for (const { movieId, at } of marked) {
    await trx
      .updateTable('cinematch_watchlist')
      .set({ watched: 1, watched_at: at })
      .where('user_id', '=', userId)
      .where('movie_id', '=', movieId)
      .execute();
  }
  return { addedToWatchlist: added.length, markedWatched: marked.length + added.filter(({ watched }) => watched === 1).length };
}

/** Feedback that is later than the file's stays. A row without a date counts as older than any stored feedback. */
async function mergeFeedback(trx: Transaction<Tables>, userId: string, items: readonly HistoryItem[], now: Date) {
  const stored = await trx.selectFrom('cinematch_feedback').selectAll().where('user_id', '=', userId).execute();
  const before = new Map(stored.map((row) => [row.movie_id, row]));
  const added: FeedbackTable[] = [];
  const replaced: MovieId[] = [];
  for (const { movie, feedback } of items) {
    if (feedback === undefined) continue;
    const known = before.get(movie.movieId);
    if (known !== undefined) {
      if (known.signal === feedback.signal || feedback.at === null || feedback.at.getTime() <= known.said_at) continue;
      replaced.push(movie.movieId);
    }
    added.push({ user_id: userId, movie_id: movie.movieId, signal: feedback.signal, said_at: (feedback.at ?? now).getTime() });
  }
  for (const ids of batches(replaced))
    await trx.deleteFrom('cinematch_feedback').where('user_id', '=', userId).where('movie_id', 'in', ids).execute();
  for (const rows of batches(added)) await trx.insertInto('cinematch_feedback').values(rows).execute();
  return {
    likes: added.filter(({ signal }) => signal === 'LIKE').length,
    dislikes: added.filter(({ signal }) => signal === 'DISLIKE').length,
  };
}

function batches<T>(list: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(list.length / BATCH_SIZE) }, (_, i) => list.slice(i * BATCH_SIZE, (i + 1) * BATCH_SIZE));
}
