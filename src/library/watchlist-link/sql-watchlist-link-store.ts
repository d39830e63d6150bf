import type { Database } from '../../database/database.ts';
import type { Tables, WatchlistLinkTable } from '../tables.ts';
import type { WatchlistLink, WatchlistLinkStore } from './watchlist-link.ts';

/** Links on SQLite or PostgreSQL. */
export class SqlWatchlistLinkStore implements WatchlistLinkStore {
  readonly #database: Database<Tables>;

  constructor(database: Database<Tables>) {
    this.#database = database;
  }

  async put(userId: string, { id, name, createdAt }: WatchlistLink): Promise<WatchlistLink> {
    const row = await this.#database.kysely
      .insertInto('cinematch_watchlist_links')
      .values({ user_id: userId, link_id: id, name, created_at: createdAt.getTime() })
      .onConflict((conflict) => conflict.column('user_id').doUpdateSet({ name }))
      .returningAll()
      .executeTakeFirstOrThrow();
    return linkOf(row);
  }

  async delete(userId: string): Promise<boolean> {
    const { numDeletedRows } = await this.#database.kysely
      .deleteFrom('cinematch_watchlist_links')
      .where('user_id', '=', userId)
      .executeTakeFirstOrThrow();
    return numDeletedRows === 1n;
  }

  async ofUser(userId: string): Promise<WatchlistLink | undefined> {
    const row = await this.#database.kysely
      .selectFrom('cinematch_watchlist_links')
      .selectAll()
      .where('user_id', '=', userId)
      .executeTakeFirst();
    return row && linkOf(row);
  }

  async find(id: string): Promise<(WatchlistLink & { userId: string }) | undefined> {
    const row = await this.#database.kysely
      .selectFrom('cinematch_watchlist_links')
      .selectAll()
      .where('link_id', '=', id)
      .executeTakeFirst();
    return row && { ...linkOf(row), userId: row.user_id };
  }
}

function linkOf({ link_id: id, name, created_at: createdAt }: WatchlistLinkTable): WatchlistLink {
  return { id, name, createdAt: new Date(createdAt) };
}
