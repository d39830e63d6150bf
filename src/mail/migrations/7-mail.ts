import type { Migration } from '../../database/migrate.ts';

/** Mail that waits, and that was sent in the last hour. */
export const mail: Migration = {
  name: '7-mail',
  async up(trx) {
    await trx.schema
      .createTable('cinematch_mail')
      .addColumn('id', 'text', (column) => column.primaryKey().notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('address', 'text', (column) => column.notNull())
      .addColumn('language', 'text', (column) => column.notNull())
      .addColumn('sealed', 'text')
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('attempts', 'integer', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('next_at', 'bigint', (column) => column.notNull())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .addColumn('sent_at', 'bigint')
      .execute();
    await trx.schema.createIndex('cinematch_mail_next').on('cinematch_mail').columns(['state', 'next_at']).execute();
    await trx.schema.createIndex('cinematch_mail_address').on('cinematch_mail').columns(['address', 'created_at']).execute();
  },
};
