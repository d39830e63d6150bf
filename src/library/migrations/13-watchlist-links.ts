import type { Migration } from '../../database/migrate.ts';

/** Links by which viewers show their watchlist, one each. */
export const watchlistLinks: Migration = {
  name: '13-watchlist-links',
  async up({ schema }) {
    await schema
      .createTable('cinematch_watchlist_links')
      .addColumn('user_id', 'text', (column) => column.primaryKey().notNull())
      .addColumn('link_id', 'text', (column) => column.notNull().unique())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .execute();
  },
};
