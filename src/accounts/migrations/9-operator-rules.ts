import type { Migration } from '../../database/migrate.ts';

/** Movies that the operator hides or pins, and genres and services that the operator boosts or damps. */
export const operatorRules: Migration = {
  name: '9-operator-rules',
  async up({ schema }) {
    await schema
      .createTable('cinematch_rule')
      .addColumn('id', 'text', (column) => column.primaryKey().notNull())
      .addColumn('effect', 'text', (column) => column.notNull())
      .addColumn('movie_id', 'integer')
      .addColumn('genre', 'text')
      .addColumn('service', 'text')
      .addColumn('strength', 'double precision', (column) => column.notNull())
      .addColumn('subject', 'text', (column) => column.notNull())
      .addColumn('reason', 'text', (column) => column.notNull())
      .addColumn('created_by', 'text', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .execute();
  },
};
