import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { MovieId } from '../catalog/movie-id.ts';
import type { Database } from '../database/database.ts';
import type { GroupStore } from './groups/shared-group.ts';
import { SqlGroupStore } from './groups/sql-group-store.ts';
import type { ChangeKind, HistoryStore } from './history-store.ts';
import type { HookStore } from './hooks/hook-store.ts';
import { SqlHookStore } from './hooks/sql-hook-store.ts';
import { recordImport, refuseKnownImport } from './import-journal.ts';
import { applyChanges, batches, KINDS, type LibraryChange, TABLES } from './library-changes.ts';
import { deleteInBatches, feedbackRows, newestFirst, rowsOfMovies, watchlistRows } from './library-rows.ts';
import {
  type FeedbackItem,
  type HistoryItem,
  type HistoryResult,
  LibraryFullError,
  type LibraryStore,
  MAX_LIST_LENGTH,
  type MergeOptions,
  NO_PREFERENCES,
  type Opinions,
  type SavedPreferences,
  type StoredRows,
  type WatchlistItem,
  type WatchlistPage,
  type WatchlistQuery,
} from './library-store.ts';
import { countChanges, HistoryMerge } from './merge-history.ts';
import type { MovieRecord } from './named-movie.ts';
import type { PushStore } from './push/push-store.ts';
import { SqlPushStore } from './push/sql-push-store.ts';
import { withoutRemoved } from './removed-rows.ts';
import { SIGNALS, type Signal } from './signal.ts';
import { SqlHistoryStore } from './sql-history-store.ts';
import type { Tables } from './tables.ts';
import { deleteUserRows, moveUserRows } from './user-rows.ts';
import { SqlWatchlistLinkStore } from './watchlist-link/sql-watchlist-link-store.ts';
import type { WatchlistLinkStore } from './watchlist-link/watchlist-link.ts';
import { afterCursor, countAll, itemOf, ORDERS, placeOf, rowOf } from './watchlist-rows.ts';

/** Rows of one transaction: a commit waits for the disk to write all of them, and on SQLite the server waits with it. */
const DELETED_AT_ONCE = 2_500;

/** The library on SQLite or PostgreSQL. */
export class SqlLibraryStore implements LibraryStore {
  readonly history: HistoryStore;
  readonly hooks: HookStore;
  readonly groups: GroupStore;
  readonly watchlistLinks: WatchlistLinkStore;
  readonly push: PushStore;
  readonly #database: Database<Tables>;

  constructor(database: Database<Tables>) {
    this.#database = database;
    this.history = new SqlHistoryStore(database);
    this.hooks = new SqlHookStore(database);
    this.groups = new SqlGroupStore(database);
    this.watchlistLinks = new SqlWatchlistLinkStore(database);
    this.push = new SqlPushStore(database);
  }

  addToWatchlist(userId: string, movie: MovieRecord, at: Date, max = MAX_LIST_LENGTH): Promise<WatchlistItem> {
    return this.#database.transaction(userId, async (trx) => {
      const known = await trx
        .selectFrom('cinematch_watchlist')
        .selectAll()
        .where('user_id', '=', userId)
        .where('movie_id', '=', movie.movieId)
        .executeTakeFirst();
      if (known !== undefined) return itemOf(known);
      await checkQuota(trx, 'cinematch_watchlist', userId, max);
      const row = rowOf(userId, movie, at, undefined);
      await trx.insertInto('cinematch_watchlist').values(row).execute();
      return itemOf(row);
    });
  }

  removeFromWatchlist(userId: string, movieIds: readonly MovieId[]): Promise<MovieId[]> {
    if (movieIds.length === 0) return Promise.resolve([]);
    return this.#database.transaction(userId, async (trx) => {
      const rows = await trx
        .deleteFrom('cinematch_watchlist')
        .where('user_id', '=', userId)
        .where('movie_id', 'in', [...movieIds])
        .returning('movie_id')
        .execute();
      const removed = new Set(rows.map((row) => row.movie_id));
      return [...new Set(movieIds)].filter((id) => removed.has(id));
    });
  }

  setWatched(userId: string, movieIds: readonly MovieId[], watched: boolean, at: Date): Promise<WatchlistItem[]> {
    if (movieIds.length === 0) return Promise.resolve([]);
    return this.#database.transaction(userId, async (trx) => {
      await trx
        .updateTable('cinematch_watchlist')
        .set(watched ? { watched: 1, watched_at: at.getTime() } : { watched: 0, watched_at: null })
        .where('user_id', '=', userId)
        .where('movie_id', 'in', [...movieIds])
        .where('watched', '=', watched ? 0 : 1)
        .execute();
      const rows = await trx
        .selectFrom('cinematch_watchlist')
        .selectAll()
        .where('user_id', '=', userId)
        .where('movie_id', 'in', [...movieIds])
        .execute();
      const items = new Map(rows.map((row) => [row.movie_id, itemOf(row)]));
      return [...new Set(movieIds)].map((id) => items.get(id)).filter((item) => item !== undefined);
    });
  }

  /** One transaction, so that the counts and the page describe the same state. */
  watchlist(userId: string, { status, sort, first, after }: WatchlistQuery): Promise<WatchlistPage> {
    const snapshot = this.#database.kysely.transaction().setAccessMode('read only').setIsolationLevel('repeatable read');
    return snapshot.execute(async (trx) => {
      let list = trx.selectFrom('cinematch_watchlist').where('user_id', '=', userId);
      if (status !== 'ALL') list = list.where('watched', '=', status === 'WATCHED' ? 1 : 0);
      const { count } = await list.select(countAll.as('count')).executeTakeFirstOrThrow();
      const rest = after === undefined ? list : list.where((eb) => afterCursor(eb, after));
      const { left } = after === undefined ? { left: count } : await rest.select(countAll.as('left')).executeTakeFirstOrThrow();
      let page = rest.selectAll();
      for (const [column, direction] of ORDERS[sort]) page = page.orderBy(column, direction);
      const rows = await page.limit(first).execute();
      return {
        items: rows.map((row) => ({ item: itemOf(row), place: placeOf(row, sort) })),
        totalCount: count,
        hasNextPage: left > rows.length,
        hasPreviousPage: left < count,
      };
    });
  }

  async watchlistEntriesOf(userId: string, movieIds: readonly MovieId[]): Promise<Map<MovieId, WatchlistItem>> {
    if (movieIds.length === 0) return new Map();
    const rows = await this.#database.kysely
      .selectFrom('cinematch_watchlist')
      .selectAll()
      .where('user_id', '=', userId)
      .where('movie_id', 'in', [...movieIds])
      .execute();
    return new Map(rows.map((row) => [row.movie_id, itemOf(row)]));
  }

  async wholeWatchlist(userId: string): Promise<WatchlistItem[]> {
    const rows = await watchlistRows(this.#database.kysely, userId);
    return newestFirst(rows, 'added_at', 'movie_id').map(itemOf);
  }

  async storedRows(userId: string): Promise<StoredRows> {
    const { kysely } = this.#database;
    const countOf = (table: (typeof TABLES)[ChangeKind]) =>
      kysely.selectFrom(table).where('user_id', '=', userId).select(countAll.as('count'));
    const row = await kysely.selectNoFrom(KINDS.map((kind) => countOf(TABLES[kind]).as(kind))).executeTakeFirstOrThrow();
    return { WATCHLIST: Number(row.WATCHLIST), FEEDBACK: Number(row.FEEDBACK), RATING: Number(row.RATING), PLAY: Number(row.PLAY) };
  }

  storedRowsOf(userId: string, list: ChangeKind): Promise<number> {
    return rowCount(this.#database.kysely, TABLES[list], userId);
  }

  setFeedback(userId: string, movieId: MovieId, signal: Signal | null, at: Date, max = MAX_LIST_LENGTH): Promise<void> {
    return this.#database.transaction(userId, async (trx) => {
      const own = trx.selectFrom('cinematch_feedback').where('user_id', '=', userId).where('movie_id', '=', movieId);
      const previous = await own.selectAll().executeTakeFirst();
      if (previous === undefined && signal === null) return;
      if (previous?.signal === signal) {
        // Said again by the viewer: no import and no rating changes it any more.
        await trx
          .updateTable('cinematch_feedback')
          .set({ import_id: null, from_stars: 0 })
          .where('user_id', '=', userId)
          .where('movie_id', '=', movieId)
          .execute();
        return;
      }
      if (previous !== undefined) {
        await trx.deleteFrom('cinematch_feedback').where('user_id', '=', userId).where('movie_id', '=', movieId).execute();
      } else await checkQuota(trx, 'cinematch_feedback', userId, max);
      if (signal === null) return;
      await trx
        .insertInto('cinematch_feedback')
        .values({ user_id: userId, movie_id: movieId, signal, said_at: at.getTime(), import_id: null, from_stars: 0 })
        .execute();
    });
  }

  async clearFeedback(userId: string): Promise<void> {
    await this.#database.transaction(userId, (trx) =>
      deleteInBatches(trx, 'cinematch_feedback', ['user_id', 'movie_id'], sql`user_id = ${userId}`),
    );
  }

  async feedbackOf(userId: string, movieIds: readonly MovieId[]): Promise<Map<MovieId, Signal>> {
    if (movieIds.length === 0) return new Map();
    const rows = await this.#database.kysely
      .selectFrom('cinematch_feedback')
      .selectAll()
      .where('user_id', '=', userId)
      .where('movie_id', 'in', [...movieIds])
      .execute();
    return new Map(rows.map((row) => [row.movie_id, signalOf(row.signal)]));
  }

  async latestFeedback(userId: string, signal: Signal, { first, offset }: { first: number; offset: number }): Promise<MovieId[]> {
    const rows = await this.#database.kysely
      .selectFrom('cinematch_feedback')
      .select('movie_id')
      .where('user_id', '=', userId)
      .where('signal', '=', signal)
      .orderBy('said_at', 'desc')
      .orderBy('movie_id', 'desc')
      .limit(first)
      .offset(offset)
      .execute();
    return rows.map((row) => row.movie_id);
  }

  async allFeedback(userId: string): Promise<FeedbackItem[]> {
    const rows = newestFirst(await feedbackRows(this.#database.kysely, userId), 'said_at', 'movie_id');
    return rows.map((row) => ({ movieId: row.movie_id, signal: signalOf(row.signal), feedbackAt: new Date(row.said_at) }));
  }

  async toWatch(userId: string, latest?: number): Promise<number[]> {
    const { kysely } = this.#database;
    let rows = kysely.selectFrom('cinematch_watchlist').select('movie_id').where('user_id', '=', userId).where('watched', '=', 0);
    if (latest !== undefined) rows = rows.orderBy('added_at', 'desc').orderBy('movie_id', 'desc').limit(latest);
    const { ids } = await kysely.selectFrom(rows.as('listed')).select(joinedIds).executeTakeFirstOrThrow();
    return idsIn(ids).sort((a, b) => a - b);
  }

  async opinions(userId: string, { below, first }: { below: number; first: number }): Promise<Opinions> {
    const { kysely } = this.#database;
    const noIds = sql<string | null>`cast(null as text)`.as('ids');
    const latest = (signal: Signal) =>
      kysely
        .selectFrom('cinematch_feedback')
        .select(['movie_id', 'signal', sql<number>`0`.as('half_stars'), 'said_at as at', noIds])
        .where('user_id', '=', userId)
        .where('signal', '=', signal)
        .orderBy('said_at', 'desc')
        .orderBy('movie_id', 'desc')
        .limit(first);
    const lowRatings = kysely
      .selectFrom('cinematch_ratings')
      .select(['movie_id', sql<string>`'RATED'`.as('signal'), 'half_stars', 'rated_at as at', noIds])
      .where('user_id', '=', userId)
      .where('half_stars', '<', below * 2)
      .orderBy('rated_at', 'desc')
      .orderBy('movie_id', 'desc')
      .limit(first);
    const watched = kysely.selectFrom('cinematch_watchlist').select('movie_id').where('user_id', '=', userId).where('watched', '=', 1);
    const seen = kysely.selectFrom('cinematch_feedback').select('movie_id').where('user_id', '=', userId).union(watched);
    const rows = await kysely
      .selectFrom(latest('LIKE').as('likes'))
      .selectAll()
      .unionAll(kysely.selectFrom(latest('DISLIKE').as('dislikes')).selectAll())
      .unionAll(kysely.selectFrom(lowRatings.as('low')).selectAll())
      .unionAll(
        kysely
          .selectFrom(seen.as('seen'))
          .select([
            sql<MovieId>`0`.as('movie_id'),
            sql<string>`'SEEN'`.as('signal'),
            sql<number>`0`.as('half_stars'),
            sql<number>`0`.as('at'),
            joinedIds,
          ]),
      )
      .execute();
    rows.sort((a, b) => b.at - a.at || b.movie_id - a.movie_id);
    const opinions: Opinions = { liked: [], disliked: [], lowRatings: [], seen: [] };
    for (const { movie_id: movieId, signal, half_stars, at, ids } of rows) {
      if (signal === 'SEEN') opinions.seen = idsIn(ids);
      else if (signal === 'RATED') opinions.lowRatings.push({ movieId, stars: half_stars / 2 });
      else if (signal === 'LIKE') opinions.liked.push({ movieId, at });
      else opinions.disliked.push(movieId);
    }
    return opinions;
  }

  async preferences(userId: string): Promise<SavedPreferences> {
    const row = await this.#database.kysely
      .selectFrom('cinematch_preferences')
      .selectAll()
      .where('user_id', '=', userId)
      .executeTakeFirst();
    if (row === undefined) return NO_PREFERENCES;
    return {
      preferredGenres: JSON.parse(row.preferred_genres),
      services: JSON.parse(row.services),
      languages: JSON.parse(row.languages),
      runtimeMin: row.runtime_min,
      runtimeMax: row.runtime_max,
      familiar: row.familiar,
      region: row.region,
      learnFromMe: row.learn_from !== 0,
    };
  }

  async setPreferences(userId: string, preferences: SavedPreferences): Promise<void> {
    const row = {
      preferred_genres: JSON.stringify(preferences.preferredGenres),
      services: JSON.stringify(preferences.services),
      languages: JSON.stringify(preferences.languages),
      runtime_min: preferences.runtimeMin,
      runtime_max: preferences.runtimeMax,
      familiar: preferences.familiar,
      region: preferences.region,
      learn_from: preferences.learnFromMe ? 1 : 0,
    };
    await this.#database.transaction(userId, (trx) =>
      trx
        .insertInto('cinematch_preferences')
        .values({ user_id: userId, ...row })
        .onConflict((conflict) => conflict.column('user_id').doUpdateSet(row))
        .execute(),
    );
  }

  async mergeHistory(userId: string, items: readonly HistoryItem[], now: Date, options: MergeOptions = {}): Promise<HistoryResult> {
    const { dryRun = false, max = MAX_LIST_LENGTH, origin, keepsRemovals = false, onWritten } = options;
    return this.#database.transaction(userId, async (trx) => {
      if (origin !== undefined && !dryRun) await refuseKnownImport(trx, userId, origin.importId);
      const movieIds = items.map(({ movie }) => movie.movieId);
      const merge = new HistoryMerge(await rowsOfMovies(trx, userId, movieIds), { userId, now, importId: origin?.importId ?? null });
      const all: LibraryChange[] = [];
      for (const part of batches(items)) {
        all.push(...merge.changesOf(part));
        await nextTurn();
      }
      const changes = keepsRemovals ? await withoutRemoved(trx, userId, all) : all;
      for (const kind of KINDS) {
        const own = changes.filter((change) => change.kind === kind);
        const grown = own.filter(({ before }) => before === undefined).length - own.filter(({ after }) => after === undefined).length;
        await checkQuota(trx, TABLES[kind], userId, max, grown);
      }
      if (!dryRun) {
        await applyChanges(trx, userId, changes, (count) => onWritten?.(count, changes.length));
        if (origin !== undefined) await recordImport(trx, userId, origin, { movieCount: items.length, changes, at: now });
      }
      return countChanges(changes);
    });
  }

  async deleteUser(userId: string): Promise<void> {
    const deleteSome = (trx: Transaction<Tables>): Promise<number> => deleteUserRows(trx, userId, DELETED_AT_ONCE);
    while ((await this.#database.transaction(userId, deleteSome)) >= DELETED_AT_ONCE);
  }

  moveUser(fromUserId: string, toUserId: string): Promise<number> {
    if (fromUserId === toUserId) return Promise.resolve(0);
    return this.#database.transaction(toUserId, (trx) => moveUserRows(trx, fromUserId, toUserId));
  }
}

async function checkQuota(
  trx: Transaction<Tables>,
  table: (typeof TABLES)[ChangeKind],
  userId: string,
  max: number,
  added = 1,
): Promise<void> {
  if ((await rowCount(trx, table, userId)) + added > max) throw new LibraryFullError(max);
}

async function rowCount(kysely: Kysely<Tables>, table: (typeof TABLES)[ChangeKind], userId: string): Promise<number> {
  const counted = kysely.selectFrom(table).where('user_id', '=', userId).select(countAll.as('count'));
  return Number((await counted.executeTakeFirstOrThrow()).count);
}

/** One text: 50,000 rows would take ten times as long to read. */
const joinedIds = sql<string | null>`string_agg(cast(movie_id as text), ',')`.as('ids');

function idsIn(joined: string | null): number[] {
  return joined === null ? [] : joined.split(',').map(Number);
}

function signalOf(text: string): Signal {
  const signal = SIGNALS.find((known) => known === text);
  if (signal === undefined) throw new Error(`the database holds an unknown feedback signal: ${text}`);
  return signal;
}
