import type { Migration } from '../../database/migrate.ts';

/** Browsers that get messages, and what was looked at last for each viewer who has one. */
export const push: Migration = {
  name: '14-push',
  async up({ schema }) {
    await schema
      .createTable('cinematch_push_subscriptions')
      .addColumn('endpoint', 'text', (column) => column.primaryKey().notNull())
      .addColumn('user_id', 'text', (column) => column.notNull())
      .addColumn('session_id', 'text')
      .addColumn('p256dh', 'text', (column) => column.notNull())
      .addColumn('auth', 'text', (column) => column.notNull())
      .addColumn('language', 'text', (column) => column.notNull())
      .addColumn('server_key', 'text', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('message', 'text')
      .addColumn('attempts', 'integer', (column) => column.notNull())
      .addColumn('next_at', 'bigint', (column) => column.notNull())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .execute();
    await schema.createIndex('cinematch_push_user').on('cinematch_push_subscriptions').column('user_id').execute();
    await schema.createIndex('cinematch_push_next').on('cinematch_push_subscriptions').column('next_at').execute();
    await schema
      .createTable('cinematch_push_looks')
      .addColumn('user_id', 'text', (column) => column.primaryKey().notNull())
      .addColumn('version', 'text')
      .addColumn('day', 'integer', (column) => column.notNull())
      .addColumn('told', 'text', (column) => column.notNull())
      .addColumn('looked_at', 'bigint', (column) => column.notNull())
      .addColumn('next_at', 'bigint', (column) => column.notNull())
      .execute();
  },
};
