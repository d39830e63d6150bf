import { sql } from 'kysely';
import type { Migration } from '../../database/migrate.ts';

/** Watchlist, feedback and preferences. */
export const library: Migration = {
  name: '1-library',
  async up({ schema }, kind) {
    // Both databases compare byte by byte: the order of a list must not depend on the server's locale.
    const sortable = kind === 'postgres' ? sql`text collate "C"` : sql`text`;
    await schema
      .createTable('cinematch_watchlist')
      .addColumn('user_id', 'text', (column) => column.notNull())
      .addColumn('movie_id', 'integer', (column) => column.notNull())
      .addColumn('title', 'text', (column) => column.notNull())
      .addColumn('sort_title', sortable, (column) => column.notNull())
      .addColumn('year', 'integer', (column) => column.notNull())
      .addColumn('added_at', 'bigint', (column) => column.notNull())
      .addColumn('watched', 'integer', (column) => column.notNull())
      .addColumn('watched_at', 'bigint')
      .addPrimaryKeyConstraint('cinematch_watchlist_key', ['user_id', 'movie_id'])
      .execute();
    await schema
      .createIndex('cinematch_watchlist_by_time')
      .on('cinematch_watchlist')
      .columns(['user_id', 'added_at', 'movie_id'])
      .execute();
    await schema
      .createTable('cinematch_feedback')
      .addColumn('user_id', 'text', (column) => column.notNull())
      .addColumn('movie_id', 'integer', (column) => column.notNull())
      .addColumn('signal', 'text', (column) => column.notNull())
      .addColumn('said_at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('cinematch_feedback_key', ['user_id', 'movie_id'])
      .execute();
    await schema
      .createTable('cinematch_preferences')
      .addColumn('user_id', 'text', (column) => column.notNull().primaryKey())
      .addColumn('preferred_genres', 'text', (column) => column.notNull())
      .addColumn('services', 'text', (column) => column.notNull())
      .addColumn('languages', 'text', (column) => column.notNull())
      .addColumn('runtime_min', 'integer')
      .addColumn('runtime_max', 'integer')
      .execute();
  },
};
