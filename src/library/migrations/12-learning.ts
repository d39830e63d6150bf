import type { Migration } from '../../database/migrate.ts';

/** Whether models may learn from what the viewer does. Null: yes, as 1. */
export const learning: Migration = {
  name: '12-learning',
  async up({ schema }) {
    await schema.alterTable('cinematch_preferences').addColumn('learn_from', 'integer').execute();
  },
};
