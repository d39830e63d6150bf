import type { Migration } from '../../database/migrate.ts';

/** Hooks of media servers, their users, and what they reported. */
export const hooks: Migration = {
  name: '8-hooks',
  async up({ schema }) {
    await schema
      .createTable('cinematch_hooks')
      .addColumn('user_id', 'text', (column) => column.primaryKey().notNull())
      .addColumn('token_hash', 'text', (column) => column.notNull().unique())
      .addColumn('start', 'text', (column) => column.notNull())
      .addColumn('media_user', 'text')
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .execute();
    await schema
      .createTable('cinematch_hook_users')
      .addColumn('source', 'text', (column) => column.notNull())
      .addColumn('user_key', 'text', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('user_id', 'text')
      .addColumn('seen_at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('cinematch_hook_users_key', ['source', 'user_key'])
      .execute();
    await schema
      .createTable('cinematch_hook_events')
      .addColumn('user_id', 'text', (column) => column.notNull())
      .addColumn('event_id', 'text', (column) => column.notNull())
      .addColumn('event_key', 'text')
      .addColumn('source', 'text', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('media_user', 'text', (column) => column.notNull())
      .addColumn('user_key', 'text', (column) => column.notNull())
      .addColumn('title', 'text', (column) => column.notNull())
      .addColumn('year', 'integer', (column) => column.notNull())
      .addColumn('imdb_id', 'integer')
      .addColumn('tmdb_id', 'integer')
      .addColumn('movie_id', 'integer')
      .addColumn('says', 'text', (column) => column.notNull())
      .addColumn('happened_at', 'bigint', (column) => column.notNull())
      .addColumn('received_at', 'bigint', (column) => column.notNull())
      .addColumn('deliveries', 'integer', (column) => column.notNull())
      .addColumn('outcome', 'text', (column) => column.notNull())
      .addColumn('detail', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('cinematch_hook_events_key', ['user_id', 'event_id'])
      .execute();
    for (const [name, ...columns] of [
      ['cinematch_hook_events_by_time', 'user_id', 'received_at', 'event_id'],
      ['cinematch_hook_events_by_key', 'user_id', 'event_key'],
      ['cinematch_hook_events_by_movie', 'user_id', 'movie_id'],
      ['cinematch_hook_events_by_outcome', 'outcome', 'user_id', 'event_id'],
    ])
      await schema.createIndex(name).on('cinematch_hook_events').columns(columns).execute();
  },
};
