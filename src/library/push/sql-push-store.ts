import { sql, type Transaction } from 'kysely';
import type { Database } from '../../database/database.ts';
import { pagedRows } from '../library-rows.ts';
import type { PushLookTable, PushSubscriptionTable, Tables, WatchlistTable } from '../tables.ts';
import { type NewsLanguage, newsLanguage } from './news-language.ts';
import type {
  ClaimedLook,
  ClaimedMessage,
  FinishedLook,
  ListedMovie,
  NewSubscription,
  PushStore,
  StoredSubscription,
} from './push-store.ts';

const LOCK = 'cinematch-push';
const NEVER = 0;
const NO_MESSAGE = { message: null, attempts: 0, next_at: NEVER, expires_at: NEVER };

/** Subscriptions on SQLite or PostgreSQL. */
export class SqlPushStore implements PushStore {
  readonly #database: Database<Tables>;

  constructor(database: Database<Tables>) {
    this.#database = database;
  }

  async subscribe({ userId, sessionId, serverKey, ...browser }: NewSubscription, at: Date, max: number): Promise<void> {
    await this.#database.transaction(LOCK, async (trx) => {
      // What was seen before the viewer had any browser is of no use.
      await deleteLooks(trx);
      const row = { ...browser, user_id: userId, session_id: sessionId, server_key: serverKey };
      await trx
        .insertInto('cinematch_push_subscriptions')
        .values({ ...row, ...NO_MESSAGE, created_at: at.getTime() })
        .onConflict((conflict) =>
          conflict.column('endpoint').doUpdateSet((eb) => ({
            ...row,
            created_at: at.getTime(),
            // A message of somebody else, who used the browser before, is not for this viewer.
            message: eb
              .case()
              .when('cinematch_push_subscriptions.user_id', '=', userId)
              .then(eb.ref('cinematch_push_subscriptions.message'))
              .else(null)
              .end(),
          })),
        )
        .execute();
      const rows = await trx
        .selectFrom('cinematch_push_subscriptions')
        .select('endpoint')
        .where('user_id', '=', userId)
        .orderBy('created_at', 'desc')
        .orderBy('endpoint')
        .execute();
      const others = rows.map(({ endpoint }) => endpoint).filter((endpoint) => endpoint !== browser.endpoint);
      for (const endpoint of others.slice(max - 1))
        await trx.deleteFrom('cinematch_push_subscriptions').where('endpoint', '=', endpoint).execute();
      await trx
        .insertInto('cinematch_push_looks')
        .values({ user_id: userId, version: null, day: 0, told: '[]', looked_at: NEVER, next_at: NEVER })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    });
  }

  async unsubscribe(userId: string, endpoint: string): Promise<boolean> {
    return this.#database.transaction(LOCK, async (trx) => {
      const { numDeletedRows } = await trx
        .deleteFrom('cinematch_push_subscriptions')
        .where('user_id', '=', userId)
        .where('endpoint', '=', endpoint)
        .executeTakeFirstOrThrow();
      await deleteLooks(trx);
      return numDeletedRows === 1n;
    });
  }

  async find(userId: string, endpoint: string, serverKey: string): Promise<StoredSubscription | undefined> {
    const row = await this.#database.kysely
      .selectFrom('cinematch_push_subscriptions')
      .selectAll()
      .where('user_id', '=', userId)
      .where('endpoint', '=', endpoint)
      .where('server_key', '=', serverKey)
      .executeTakeFirst();
    return row && storedOf(row);
  }

  async ofUser(userId: string): Promise<(StoredSubscription & { endpoint: string })[]> {
    const rows = await this.#database.kysely
      .selectFrom('cinematch_push_subscriptions')
      .selectAll()
      .where('user_id', '=', userId)
      .orderBy('created_at')
      .orderBy('endpoint')
      .execute();
    return rows.map((row) => ({ ...storedOf(row), endpoint: row.endpoint }));
  }

  async sweep(serverKey: string, now: number): Promise<void> {
    await this.#database.transaction(LOCK, async (trx) => {
      await sql`delete from cinematch_push_subscriptions where session_id is not null and session_id not in (${sessionsAt(now)})`.execute(
        trx,
      );
      await trx.deleteFrom('cinematch_push_subscriptions').where('server_key', '!=', serverKey).execute();
      await deleteLooks(trx);
      await trx
        .updateTable('cinematch_push_subscriptions')
        .set(NO_MESSAGE)
        .where('message', 'is not', null)
        .where('expires_at', '<=', now)
        .execute();
    });
  }

  claimLooks(version: string, limit: number, now: number, leaseMs: number): Promise<ClaimedLook[]> {
    return this.#database.transaction(LOCK, async (trx) => {
      const due = await trx
        .selectFrom('cinematch_push_looks')
        .selectAll()
        .where(({ or, eb }) => or([eb('version', 'is', null), eb('version', '!=', version)]))
        .where('next_at', '<=', now)
        .orderBy('next_at')
        .orderBy('user_id')
        .limit(limit)
        .execute();
      const claim = now + leaseMs;
      for (const { user_id } of due)
        await trx.updateTable('cinematch_push_looks').set({ next_at: claim }).where('user_id', '=', user_id).execute();
      return due.map((row) => ({ userId: row.user_id, last: lastOf(row), claim }));
    });
  }

  async listed(userId: string): Promise<ListedMovie[]> {
    const own = this.#database.kysely
      .selectFrom('cinematch_watchlist')
      .select(['movie_id', 'added_at'])
      .where('user_id', '=', userId)
      .where('watched', '=', 0);
    const rows = await pagedRows<'movie_id', Pick<WatchlistTable, 'movie_id' | 'added_at'>>('movie_id', (after, first) => {
      const list = own.orderBy('movie_id').limit(first);
      return (after === undefined ? list : list.where('movie_id', '>', after)).execute();
    });
    const listed = rows.map((row) => ({ movieId: row.movie_id, addedAt: Number(row.added_at) }));
    return listed.sort((a, b) => b.addedAt - a.addedAt || a.movieId - b.movieId);
  }

  async finishLook(
    { userId, claim }: ClaimedLook,
    { version, day, told, at, nextAt }: FinishedLook,
    messageIn: (language: NewsLanguage) => string | undefined,
    expiresAt: number,
  ): Promise<void> {
    await this.#database.transaction(LOCK, async (trx) => {
      const { numUpdatedRows } = await trx
        .updateTable('cinematch_push_looks')
        .set({ version, day, told: JSON.stringify(told), looked_at: at, next_at: nextAt })
        .where('user_id', '=', userId)
        .where('next_at', '=', claim)
        .executeTakeFirstOrThrow();
      if (numUpdatedRows === 0n) return;
      const browsers = trx.selectFrom('cinematch_push_subscriptions').select(['endpoint', 'language']).where('user_id', '=', userId);
      for (const { endpoint, language } of await browsers.execute()) {
        const message = messageIn(newsLanguage(language));
        if (message === undefined) continue;
        await trx
          .updateTable('cinematch_push_subscriptions')
          .set({ message, attempts: 0, next_at: at, expires_at: expiresAt })
          .where('endpoint', '=', endpoint)
          .execute();
      }
    });
  }

  claimMessages(limit: number, now: number, leaseMs: number): Promise<ClaimedMessage[]> {
    return this.#database.transaction(LOCK, async (trx) => {
      const due = await trx
        .selectFrom('cinematch_push_subscriptions')
        .selectAll()
        .where('message', 'is not', null)
        .where('next_at', '<=', now)
        .where('expires_at', '>', now)
        // A run of many messages takes long. Who signs out meanwhile gets none.
        .where(sql<boolean>`(session_id is null or session_id in (${sessionsAt(now)}))`)
        .orderBy('next_at')
        .orderBy('endpoint')
        .limit(limit)
        .execute();
      const claim = now + leaseMs;
      for (const { endpoint, attempts } of due)
        await trx
          .updateTable('cinematch_push_subscriptions')
          .set({ next_at: claim, attempts: attempts + 1 })
          .where('endpoint', '=', endpoint)
          .execute();
      return due.flatMap(({ endpoint, p256dh, auth, language, message, attempts }) =>
        message === null ? [] : [{ endpoint, p256dh, auth, language: newsLanguage(language), message, attempts: attempts + 1, claim }],
      );
    });
  }

  drop(message: ClaimedMessage): Promise<void> {
    return this.#set(message, NO_MESSAGE);
  }

  postpone(message: ClaimedMessage, until: number, attempts: number): Promise<void> {
    return this.#set(message, { next_at: until, attempts });
  }

  async forget({ endpoint, claim }: ClaimedMessage): Promise<void> {
    await this.#database.transaction(LOCK, async (trx) => {
      await trx.deleteFrom('cinematch_push_subscriptions').where('endpoint', '=', endpoint).where('next_at', '=', claim).execute();
      await deleteLooks(trx);
    });
  }

  async #set({ endpoint, claim }: ClaimedMessage, fields: Partial<PushSubscriptionTable>): Promise<void> {
    await this.#database.kysely
      .updateTable('cinematch_push_subscriptions')
      .set(fields)
      .where('endpoint', '=', endpoint)
      .where('next_at', '=', claim)
      .execute();
  }
}

/** The sessions that have not ended. */
function sessionsAt(now: number) {
  return sql`select id from cinematch_session where ${sql.ref('expiresAt')} > ${new Date(now).toISOString()}`;
}

/** Looks for viewers without a browser. */
async function deleteLooks(trx: Transaction<Tables>): Promise<void> {
  await trx
    .deleteFrom('cinematch_push_looks')
    .where('user_id', 'not in', trx.selectFrom('cinematch_push_subscriptions').select('user_id'))
    .execute();
}

function storedOf({ language, created_at }: PushSubscriptionTable): StoredSubscription {
  return { language: newsLanguage(language), createdAt: new Date(Number(created_at)) };
}

function lastOf({ version, day, told, looked_at }: PushLookTable): ClaimedLook['last'] {
  return version === null ? undefined : { day, told: JSON.parse(told), at: Number(looked_at) };
}
