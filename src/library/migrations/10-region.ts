import type { Migration } from '../../database/migrate.ts';

/** The country in which the viewer watches. */
export const region: Migration = {
  name: '10-region',
  async up({ schema }) {
    await schema.alterTable('cinematch_preferences').addColumn('region', 'text').execute();
  },
};
