import type { Migration } from '../../database/migrate.ts';

/** Groups that look for a movie together, by the id in their link. */
export const groups: Migration = {
  name: '11-groups',
  async up({ schema }) {
    await schema
      .createTable('cinematch_groups')
      .addColumn('group_id', 'text', (column) => column.primaryKey().notNull())
      .addColumn('user_id', 'text', (column) => column.notNull())
      .addColumn('version', 'integer', (column) => column.notNull())
      .addColumn('content', 'text', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('changed_at', 'bigint', (column) => column.notNull())
      .execute();
    await schema.createIndex('cinematch_groups_by_user').on('cinematch_groups').columns(['user_id', 'changed_at']).execute();
    await schema.createIndex('cinematch_groups_by_time').on('cinematch_groups').columns(['changed_at', 'group_id']).execute();
  },
};
