/** The migrations of a new database, in their order. */
export const MIGRATION_NAMES: readonly string[] = [
  '2-own-table-names',
  '1-library',
  '3-administration',
  '4-history',
  '5-familiar',
  '6-movie-ids',
  '7-mail',
  '8-hooks',
  '9-operator-rules',
  '10-region',
  '11-groups',
  '12-learning',
  '13-watchlist-links',
  '14-push',
];

/** Those of a database that has the library already. */
export const LATER_MIGRATION_NAMES: readonly string[] = MIGRATION_NAMES.filter((name) => name !== '1-library');
