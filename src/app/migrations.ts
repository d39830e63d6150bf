import { migrateAccounts } from '../accounts/auth.ts';
import { administration } from '../accounts/migrations/1-administration.ts';
import { operatorRules } from '../accounts/migrations/9-operator-rules.ts';
import type { Migration } from '../database/migrate.ts';
import { ownTableNames } from '../database/own-tables.ts';
import { library } from '../library/migrations/1-library.ts';
import { history } from '../library/migrations/4-history.ts';
import { familiar } from '../library/migrations/5-familiar.ts';
import { movieIds } from '../library/migrations/6-movie-ids.ts';
import { hooks } from '../library/migrations/8-hooks.ts';
import { region } from '../library/migrations/10-region.ts';
import { groups } from '../library/migrations/11-groups.ts';
import { learning } from '../library/migrations/12-learning.ts';
import { watchlistLinks } from '../library/migrations/13-watchlist-links.ts';
import { push } from '../library/migrations/14-push.ts';
import { mail } from '../mail/migrations/7-mail.ts';

/** The migrations of every room with tables, in order. */
export const MIGRATIONS: readonly Migration[] = [
  ownTableNames,
  { name: 'accounts', everyTime: true, up: (trx, kind) => migrateAccounts({ kysely: trx, kind }) },
  library,
  administration,
  history,
  familiar,
  movieIds,
  mail,
  hooks,
  operatorRules,
  region,
  groups,
  learning,
  watchlistLinks,
  push,
];
