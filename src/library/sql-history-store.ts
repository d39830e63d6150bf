import { sql, type Transaction } from 'kysely';
import type { MovieId } from '../catalog/movie-id.ts';
import type { Database } from '../database/database.ts';
import { MAX_IMPORTS } from '../list-caps.ts';
import type {
  HistoryStore,
  ImportChange,
  ImportRecord,
  PlayItem,
  PlayQuery,
  PlaySort,
  RatingItem,
  RatingQuery,
  RatingSort,
  SortedPage,
} from './history-store.ts';
import { changeText, importRecord, undoImport } from './import-journal.ts';
import { newestFirst, playRows, ratingRows } from './library-rows.ts';
import { LibraryFullError, MAX_LIST_LENGTH } from './library-store.ts';
import { PlayTimes, playRow, UNKNOWN_TIME } from './merge-history.ts';
import type { MovieRecord } from './named-movie.ts';
import type { Signal } from './signal.ts';
import { type SortColumns, sortedPage } from './sorted-page.ts';
import type { PlayTable, RatingTable, Tables } from './tables.ts';
import { countAll } from './watchlist-rows.ts';

/** The movie id or the play id makes each order total. */
const RATING_ORDERS: Record<RatingSort, SortColumns> = {
  RECENTLY_RATED: [
    ['rated_at', 'desc'],
    ['movie_id', 'desc'],
  ],
  STARS: [
    ['half_stars', 'desc'],
    ['rated_at', 'desc'],
    ['movie_id', 'desc'],
  ],
  TITLE: [
    ['sort_title', 'asc'],
    ['movie_id', 'asc'],
  ],
};
const PLAY_ORDERS: Record<PlaySort, SortColumns> = {
  RECENTLY_PLAYED: [
    ['played_at', 'desc'],
    ['play_id', 'desc'],
  ],
  TITLE: [
    ['sort_title', 'asc'],
    ['movie_id', 'asc'],
    ['played_at', 'desc'],
    ['play_id', 'desc'],
  ],
};
/** The changes of one import have the numbers from 0 on. The last number is found at once, however many they are. */
const numberedChanges = sql<number>`coalesce(max(change.number) + 1, 0)`;

/** Ratings, plays and imports on SQLite or PostgreSQL. */
export class SqlHistoryStore implements HistoryStore {
  readonly #database: Database<Tables>;

  constructor(database: Database<Tables>) {
    this.#database = database;
  }

  rate(userId: string, movie: MovieRecord, stars: number | null, signal: Signal | null, at: Date, max = MAX_LIST_LENGTH): Promise<void> {
    const { movieId, title, sortTitle: sort_title, year } = movie;
    return this.#database.transaction(userId, async (trx) => {
      const known = await trx
        .selectFrom('cinematch_ratings')
        .selectAll()
        .where('user_id', '=', userId)
        .where('movie_id', '=', movieId)
        .executeTakeFirst();
      const half_stars = stars === null ? undefined : Math.round(stars * 2);
      if (known?.half_stars === half_stars && (known === undefined || known.import_id === null)) return;
      await trx.deleteFrom('cinematch_ratings').where('user_id', '=', userId).where('movie_id', '=', movieId).execute();
      if (half_stars !== undefined) {
        if (known === undefined) await checkRoom(trx, 'cinematch_ratings', userId, max);
        const row = { user_id: userId, movie_id: movieId, title, sort_title, year: year ?? 0, half_stars };
        await trx
          .insertInto('cinematch_ratings')
          .values({ ...row, rated_at: at.getTime(), import_id: null })
          .execute();
      }
      await followRating(trx, userId, movieId, signal, at);
    });
  }

  async ratingsOf(userId: string, movieIds: readonly MovieId[]): Promise<Map<MovieId, RatingItem>> {
    if (movieIds.length === 0) return new Map();
    const rows = await this.#database.kysely
      .selectFrom('cinematch_ratings')
      .selectAll()
      .where('user_id', '=', userId)
      .where('movie_id', 'in', [...movieIds])
      .execute();
    return new Map(rows.map((row) => [row.movie_id, ratingOf(row)]));
  }

  ratings(userId: string, { sort, starsMin, starsMax, ...page }: RatingQuery): Promise<SortedPage<RatingItem>> {
    return this.#snapshot((trx) => {
      let list = trx.selectFrom('cinematch_ratings').selectAll().where('user_id', '=', userId);
      if (starsMin !== undefined) list = list.where('half_stars', '>=', Math.ceil(starsMin * 2));
      if (starsMax !== undefined) list = list.where('half_stars', '<=', Math.floor(starsMax * 2));
      return sortedPage(list, RATING_ORDERS[sort], page, ratingOf);
    });
  }

  async allRatings(userId: string): Promise<RatingItem[]> {
    const rows = await ratingRows(this.#database.kysely, userId);
    return newestFirst(rows, 'rated_at', 'movie_id').map(ratingOf);
  }

  addPlay(userId: string, movie: MovieRecord, at: Date | null, max = MAX_LIST_LENGTH): Promise<PlayItem> {
    return this.#database.transaction(userId, async (trx) => {
      const rows = await trx
        .selectFrom('cinematch_plays')
        .selectAll()
        .where('user_id', '=', userId)
        .where('movie_id', '=', movie.movieId)
        .execute();
      const time = at?.getTime() ?? UNKNOWN_TIME;
      const known = time === UNKNOWN_TIME ? undefined : rows.find(({ played_at }) => new PlayTimes([played_at]).has(time));
      if (known !== undefined) return playOf(known);
      await checkRoom(trx, 'cinematch_plays', userId, max);
      const row = playRow(userId, movie, time, null);
      await trx.insertInto('cinematch_plays').values(row).execute();
      return playOf(row);
    });
  }

  removePlay(userId: string, playId: string): Promise<PlayItem | undefined> {
    return this.#database.transaction(userId, async (trx) => {
      const row = await trx
        .deleteFrom('cinematch_plays')
        .where('user_id', '=', userId)
        .where('play_id', '=', playId)
        .returningAll()
        .executeTakeFirst();
      return row === undefined ? undefined : playOf(row);
    });
  }

  async playsOf(userId: string, movieIds: readonly MovieId[], first: number): Promise<Map<MovieId, PlayItem[]>> {
    if (movieIds.length === 0) return new Map();
    const rows = await this.#database.kysely
      .with('numbered', (db) =>
        db
          .selectFrom('cinematch_plays')
          .selectAll()
          .select(({ fn }) =>
            fn
              .agg<number>('row_number')
              .over((over) => over.partitionBy('movie_id').orderBy('played_at', 'desc').orderBy('play_id', 'desc'))
              .as('number'),
          )
          .where('user_id', '=', userId)
          .where('movie_id', 'in', [...movieIds]),
      )
      .selectFrom('numbered')
      .selectAll()
      .where('number', '<=', first)
      .orderBy('number')
      .execute();
    const plays = new Map<MovieId, PlayItem[]>();
    for (const row of rows) plays.set(row.movie_id, [...(plays.get(row.movie_id) ?? []), playOf(row)]);
    return plays;
  }

  plays(userId: string, { sort, from, until, ...page }: PlayQuery): Promise<SortedPage<PlayItem>> {
    return this.#snapshot((trx) => {
      let list = trx.selectFrom('cinematch_plays').selectAll().where('user_id', '=', userId);
      if (from !== undefined) list = list.where('played_at', '>=', from.getTime());
      if (until !== undefined) list = list.where('played_at', '<', until.getTime()).where('played_at', '!=', UNKNOWN_TIME);
      return sortedPage(list, PLAY_ORDERS[sort], page, playOf);
    });
  }

  async allPlays(userId: string): Promise<PlayItem[]> {
    const rows = await playRows(this.#database.kysely, userId);
    // Ids of plays are random. By movie, two exports of one history are equal.
    return newestFirst(rows, 'played_at', 'movie_id').map(playOf);
  }

  async imports(userId: string): Promise<ImportRecord[]> {
    const rows = await this.#database.kysely
      .selectFrom('cinematch_imports')
      .selectAll()
      .select((eb) =>
        eb
          .selectFrom('cinematch_import_changes as change')
          .whereRef('change.user_id', '=', 'cinematch_imports.user_id')
          .whereRef('change.import_id', '=', 'cinematch_imports.import_id')
          .select(numberedChanges.as('count'))
          .as('change_count'),
      )
      .where('user_id', '=', userId)
      .orderBy('imported_at', 'desc')
      .orderBy('import_id')
      .limit(MAX_IMPORTS)
      .execute();
    return rows.map((row) => importRecord(row, Number(row.change_count)));
  }

  async undoSize(userId: string, importId: string): Promise<number> {
    const { count } = await this.#database.kysely
      .selectFrom('cinematch_import_changes as change')
      .innerJoin('cinematch_imports as own', (join) =>
        join.onRef('own.user_id', '=', 'change.user_id').onRef('own.import_id', '=', 'change.import_id'),
      )
      .where('change.user_id', '=', userId)
      .where('change.import_id', '=', importId)
      .where('own.undone_at', 'is', null)
      .select(numberedChanges.as('count'))
      .executeTakeFirstOrThrow();
    return Number(count);
  }

  async importChanges(userId: string, importId: string, first: number, offset: number): Promise<ImportChange[]> {
    const { kysely } = this.#database;
    const rows = await kysely
      .selectFrom('cinematch_import_changes')
      .selectAll()
      .where('user_id', '=', userId)
      .where('import_id', '=', importId)
      // Those of an import that was undone are kept, and are no changes any longer.
      .where('import_id', 'in', (eb) =>
        eb.selectFrom('cinematch_imports').select('import_id').where('user_id', '=', userId).where('undone_at', 'is', null),
      )
      .where('number', '>=', offset)
      .orderBy('number')
      .limit(first)
      .execute();
    return rows.map(changeText);
  }

  undoImport(userId: string, importId: string, at: Date): Promise<ImportRecord | undefined> {
    return this.#database.transaction(userId, (trx) => undoImport(trx, userId, importId, at));
  }

  /** One transaction, so that the counts and the page describe the same state. */
  #snapshot<T>(read: (trx: Transaction<Tables>) => Promise<T>): Promise<T> {
    return this.#database.kysely.transaction().setAccessMode('read only').setIsolationLevel('repeatable read').execute(read);
  }
}

/** Feedback that came from a rating becomes what the new rating says. Other feedback stays. */
async function followRating(trx: Transaction<Tables>, userId: string, movie_id: MovieId, signal: Signal | null, at: Date): Promise<void> {
  const own = trx.selectFrom('cinematch_feedback').selectAll().where('user_id', '=', userId).where('movie_id', '=', movie_id);
  const known = await own.executeTakeFirst();
  if (known !== undefined && known.from_stars === 0) return;
  if (known !== undefined)
    await trx.deleteFrom('cinematch_feedback').where('user_id', '=', userId).where('movie_id', '=', movie_id).execute();
  if (signal === null) return;
  const row = { user_id: userId, movie_id, signal, said_at: at.getTime(), import_id: null, from_stars: 1 };
  await trx.insertInto('cinematch_feedback').values(row).execute();
}

async function checkRoom(
  trx: Transaction<Tables>,
  table: 'cinematch_ratings' | 'cinematch_plays',
  userId: string,
  max: number,
): Promise<void> {
  const { count } = await trx.selectFrom(table).where('user_id', '=', userId).select(countAll.as('count')).executeTakeFirstOrThrow();
  if (count >= max) throw new LibraryFullError(max);
}

function ratingOf({ movie_id, title, year, half_stars, rated_at }: RatingTable): RatingItem {
  return { movieId: movie_id, title, year: year || null, stars: half_stars / 2, ratedAt: dateOf(rated_at) };
}

function playOf({ play_id, movie_id, title, year, played_at }: PlayTable): PlayItem {
  return { playId: play_id, movieId: movie_id, title, year: year || null, playedAt: dateOf(played_at) };
}

function dateOf(time: number): Date | null {
  return time === UNKNOWN_TIME ? null : new Date(time);
}
