import type { Transaction } from 'kysely';
import type { Database } from '../../database/database.ts';
import { MAX_HOOK_USERS } from '../../list-caps.ts';
import type { MovieRecord } from '../named-movie.ts';
import type { HookTable, HookUserTable, Tables } from '../tables.ts';
import { countAll } from '../watchlist-rows.ts';
import { addEvent, eventOf, type FreshEvent, rowsOfEvents, settleEvent, takeEvent } from './event-rows.ts';
import { type EventOutcome, type Hook, type HookEvent, type HookStore, type HookUser, SERVER } from './hook-store.ts';
import { MEDIA_SOURCES, type MediaEvent, type MediaSource } from './media-event.ts';

/** Hooks on SQLite or PostgreSQL. */
export class SqlHookStore implements HookStore {
  readonly #database: Database<Tables>;

  constructor(database: Database<Tables>) {
    this.#database = database;
  }

  async create(owner: string, { tokenHash: token_hash, start, mediaUser: media_user, createdAt }: Hook & { tokenHash: string }) {
    const row = { token_hash, start, media_user, created_at: createdAt.getTime() };
    await this.#database.kysely
      .insertInto('cinematch_hooks')
      .values({ user_id: owner, ...row })
      .onConflict((conflict) => conflict.column('user_id').doUpdateSet(row))
      .execute();
  }

  async revoke(owner: string): Promise<boolean> {
    const { numDeletedRows } = await this.#database.kysely
      .deleteFrom('cinematch_hooks')
      .where('user_id', '=', owner)
      .executeTakeFirstOrThrow();
    return numDeletedRows > 0n;
  }

  async setMediaUser(owner: string, mediaUser: string | null): Promise<Hook | undefined> {
    const row = await this.#database.kysely
      .updateTable('cinematch_hooks')
      .set({ media_user: mediaUser })
      .where('user_id', '=', owner)
      .returningAll()
      .executeTakeFirst();
    return row && hookOf(row);
  }

  async find(owner: string): Promise<Hook | undefined> {
    const row = await this.#database.kysely.selectFrom('cinematch_hooks').selectAll().where('user_id', '=', owner).executeTakeFirst();
    return row && hookOf(row);
  }

  async findByToken(tokenHash: string): Promise<{ owner: string; hook: Hook } | undefined> {
    const { kysely } = this.#database;
    const row = await kysely.selectFrom('cinematch_hooks').selectAll().where('token_hash', '=', tokenHash).executeTakeFirst();
    return row && { owner: row.user_id, hook: hookOf(row) };
  }

  async users(): Promise<HookUser[]> {
    const { kysely } = this.#database;
    const rows = await kysely.selectFrom('cinematch_hook_users').selectAll().orderBy('source').orderBy('user_key').execute();
    const counts = await kysely
      .selectFrom('cinematch_hook_events')
      .select(['source', 'user_key', countAll.as('count')])
      .where('user_id', '=', SERVER)
      .where('outcome', '=', 'WAITING')
      .groupBy(['source', 'user_key'])
      .execute();
    const waiting = new Map(counts.map(({ source, user_key, count }) => [`${source} ${user_key}`, Number(count)]));
    const users = rows.map(({ source, user_key, name, user_id: userId, seen_at }): HookUser => {
      const count = userId === null ? (waiting.get(`${source} ${user_key}`) ?? 0) : 0;
      return { source: sourceOf(source), name, userId, seenAt: new Date(seen_at), waiting: count };
    });
    return users.sort((a, b) => Number(a.userId !== null) - Number(b.userId !== null)).slice(0, MAX_HOOK_USERS);
  }

  seeUser(source: MediaSource, name: string, at: Date): Promise<string | null> {
    const user_key = userKey(name);
    return this.#database.transaction(SERVER, async (trx) => {
      const own = trx.selectFrom('cinematch_hook_users').selectAll().where('source', '=', source).where('user_key', '=', user_key);
      const known = await own.executeTakeFirst();
      if (known !== undefined) {
        await trx
          .updateTable('cinematch_hook_users')
          .set({ seen_at: at.getTime() })
          .where('source', '=', source)
          .where('user_key', '=', user_key)
          .execute();
        return known.user_id;
      }
      await makeRoom(trx);
      await trx.insertInto('cinematch_hook_users').values({ source, user_key, name, user_id: null, seen_at: at.getTime() }).execute();
      return null;
    });
  }

  mapUser(source: MediaSource, name: string, userId: string | null): Promise<boolean> {
    const user_key = userKey(name);
    return this.#database.transaction(SERVER, async (trx) => {
      const { numUpdatedRows } = await trx
        .updateTable('cinematch_hook_users')
        .set({ user_id: userId })
        .where('source', '=', source)
        .where('user_key', '=', user_key)
        .executeTakeFirstOrThrow();
      if (userId !== null)
        await trx
          .updateTable('cinematch_hook_events')
          .set({ user_id: userId })
          .where('user_id', '=', SERVER)
          .where('source', '=', source)
          .where('user_key', '=', user_key)
          .execute();
      return numUpdatedRows > 0n;
    });
  }

  async namesOf(userId: string): Promise<{ source: MediaSource; name: string }[]> {
    const { kysely } = this.#database;
    const rows = await kysely.selectFrom('cinematch_hook_users').selectAll().where('user_id', '=', userId).orderBy('user_key').execute();
    return rows.map(({ source, name }: HookUserTable) => ({ source: sourceOf(source), name }));
  }

  take(userId: string, event: MediaEvent, movie: MovieRecord, at: Date): Promise<HookEvent> {
    return this.#database.transaction(userId, (trx) => takeEvent(trx, freshEvent(userId, event, at), movie));
  }

  note(userId: string, event: MediaEvent, outcome: EventOutcome, at: Date, detail = ''): Promise<HookEvent> {
    // Events of users without a profile share one owner and need not wait for each other.
    const lock = userId === SERVER ? `hook ${event.source} ${userKey(event.user)}` : userId;
    return this.#database.transaction(lock, (trx) => addEvent(trx, freshEvent(userId, event, at), { outcome, detail }));
  }

  async events(userId: string, first: number, offset: number): Promise<HookEvent[]> {
    const { kysely } = this.#database;
    const rows = await kysely
      .selectFrom('cinematch_hook_events')
      .selectAll()
      .where('user_id', '=', userId)
      .orderBy('received_at', 'desc')
      .orderBy('event_id', 'desc')
      .limit(first)
      .offset(offset)
      .execute();
    return rows.map(eventOf);
  }

  async waiting(first: number, after: string, userId?: string): Promise<(HookEvent & { userId: string })[]> {
    const rows = await rowsOfEvents(this.#database.kysely, { first, after, userId });
    return rows.map((row) => ({ userId: row.user_id, ...eventOf(row) }));
  }

  settle(userId: string, eventId: string, movie: MovieRecord): Promise<void> {
    return this.#database.transaction(userId, (trx) => settleEvent(trx, { userId, eventId, movie }));
  }
}

/** The same user, whatever the letters' case. */
export function userKey(name: string): string {
  return name.trim().toLowerCase();
}

function freshEvent(userId: string, event: MediaEvent, at: Date): FreshEvent {
  return { userId, userKey: userKey(event.user), event, at };
}

/** Removes the users without a profile that were not seen for the longest time, and what waited for them. */
async function makeRoom(trx: Transaction<Tables>): Promise<void> {
  const rows = await trx.selectFrom('cinematch_hook_users').selectAll().orderBy('seen_at').execute();
  const spare = rows.filter(({ user_id }) => user_id === null).slice(0, Math.max(0, rows.length + 1 - MAX_HOOK_USERS));
  for (const { source, user_key } of spare) {
    await trx
      .deleteFrom('cinematch_hook_users')
      .where(({ and }) => and({ source, user_key }))
      .execute();
    await trx
      .deleteFrom('cinematch_hook_events')
      .where(({ and }) => and({ source, user_key, user_id: SERVER }))
      .execute();
  }
}

function hookOf({ start, media_user: mediaUser, created_at }: HookTable): Hook {
  return { start, mediaUser, createdAt: new Date(created_at) };
}

function sourceOf(text: string): MediaSource {
  const source = MEDIA_SOURCES.find((one) => one === text);
  if (source === undefined) throw new Error(`the database holds an unknown media server: ${text}`);
  return source;
}
