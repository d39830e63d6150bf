import { sql } from 'kysely';
import type { Migration } from '../../database/migrate.ts';

/** Ratings in stars, dates of watching, and imports with what they changed. */
export const history: Migration = {
  name: '4-history',
  async up({ schema }, kind) {
    const sortable = kind === 'postgres' ? sql`text collate "C"` : sql`text`;
    await schema
      .createTable('cinematch_ratings')
      .addColumn('user_id', 'text', (column) => column.notNull())
      .addColumn('movie_id', 'integer', (column) => column.notNull())
      .addColumn('title', 'text', (column) => column.notNull())
      .addColumn('sort_title', sortable, (column) => column.notNull())
      .addColumn('year', 'integer', (column) => column.notNull())
      .addColumn('half_stars', 'integer', (column) => column.notNull())
      .addColumn('rated_at', 'bigint', (column) => column.notNull())
      .addColumn('import_id', 'text')
      .addPrimaryKeyConstraint('cinematch_ratings_key', ['user_id', 'movie_id'])
      .execute();
    await schema
      .createTable('cinematch_plays')
      .addColumn('user_id', 'text', (column) => column.notNull())
      .addColumn('play_id', sortable, (column) => column.notNull())
      .addColumn('movie_id', 'integer', (column) => column.notNull())
      .addColumn('title', 'text', (column) => column.notNull())
      .addColumn('sort_title', sortable, (column) => column.notNull())
      .addColumn('year', 'integer', (column) => column.notNull())
      .addColumn('played_at', 'bigint', (column) => column.notNull())
      .addColumn('import_id', 'text')
      .addPrimaryKeyConstraint('cinematch_plays_key', ['user_id', 'play_id'])
      .execute();
    for (const [name, ...columns] of [
      ['cinematch_plays_by_movie', 'user_id', 'movie_id'],
      ['cinematch_plays_by_time', 'user_id', 'played_at', 'play_id'],
    ])
      await schema.createIndex(name).on('cinematch_plays').columns(columns).execute();
    await schema
      .createTable('cinematch_imports')
      .addColumn('user_id', 'text', (column) => column.notNull())
      .addColumn('import_id', 'text', (column) => column.notNull())
      .addColumn('imported_at', 'bigint', (column) => column.notNull())
      .addColumn('files', 'text', (column) => column.notNull())
      .addColumn('row_count', 'integer', (column) => column.notNull())
      .addColumn('movie_count', 'integer', (column) => column.notNull())
      .addColumn('undone_at', 'bigint')
      .addPrimaryKeyConstraint('cinematch_imports_key', ['user_id', 'import_id'])
      .execute();
    await schema
      .createTable('cinematch_import_changes')
      .addColumn('user_id', 'text', (column) => column.notNull())
      .addColumn('import_id', 'text', (column) => column.notNull())
      .addColumn('number', 'integer', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('before', 'text')
      .addColumn('after', 'text')
      .addPrimaryKeyConstraint('cinematch_import_changes_key', ['user_id', 'import_id', 'number'])
      .execute();
    // Feedback from before has no known origin: it counts as given by the viewer.
    await schema.alterTable('cinematch_feedback').addColumn('import_id', 'text').execute();
    await schema
      .alterTable('cinematch_feedback')
      .addColumn('from_stars', 'integer', (column) => column.notNull().defaultTo(0))
      .execute();
  },
};
