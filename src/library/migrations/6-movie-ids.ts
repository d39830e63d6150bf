import type { Migration } from '../../database/migrate.ts';

/** The ids of TMDb and IMDb of every movie that a library names. */
export const movieIds: Migration = {
  name: '6-movie-ids',
  async up({ schema }) {
    await schema
      .createTable('cinematch_movie_ids')
      .addColumn('movie_id', 'integer', (column) => column.primaryKey().notNull())
      .addColumn('tmdb_id', 'integer')
      .addColumn('imdb_id', 'bigint')
      .execute();
  },
};
