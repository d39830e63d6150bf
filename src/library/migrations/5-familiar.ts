import type { Migration } from '../../database/migrate.ts';

/** How well known the viewer wants recommendations to be. */
export const familiar: Migration = {
  name: '5-familiar',
  async up({ schema }) {
    await schema.alterTable('cinematch_preferences').addColumn('familiar', 'double precision').execute();
  },
};
