import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from '../../test/fixture-release.ts';
import { movieIdOf } from '../../test/movie-ids.ts';
import { findPostgres, type RealPostgres, startPostgres } from '../../test/real-servers/postgres.ts';
import { type Database, type DatabaseSettings, openDatabase } from '../database/database.ts';
import { migrate } from '../database/migrate.ts';
import { groupStoreContract } from './groups/group-store.contract.ts';
import { historyStoreContract } from './history-store.contract.ts';
import { hookStoreContract } from './hooks/hook-store.contract.ts';
import { libraryStoreContract } from './library-store.contract.ts';
import type { HistoryItem } from './library-store.ts';
import { library } from './migrations/1-library.ts';
import { history } from './migrations/4-history.ts';
import { familiar } from './migrations/5-familiar.ts';
import { movieIds } from './migrations/6-movie-ids.ts';
import { hooks } from './migrations/8-hooks.ts';
import { region } from './migrations/10-region.ts';
import { groups } from './migrations/11-groups.ts';
import { learning } from './migrations/12-learning.ts';
import { watchlistLinks } from './migrations/13-watchlist-links.ts';
import { push } from './migrations/14-push.ts';
import { SqlLibraryStore } from './sql-library-store.ts';
import { storedMovieIdsContract } from './stored-movie-ids.contract.ts';
import { watchlistLinkStoreContract } from './watchlist-link/watchlist-link-store.contract.ts';

const program = findPostgres();
let folder: TemporaryFolder;
let postgres: RealPostgres | undefined;

beforeAll(async () => {
  folder = await temporaryFolder();
  if (program.path !== undefined) postgres = await startPostgres(program.path);
});
afterAll(async () => {
  await postgres?.stop();
  await folder.remove();
});

async function migrated(settings: DatabaseSettings): Promise<Database> {
  const database = openDatabase(settings);
  await migrate(database, [library, history, familiar, movieIds, hooks, region, groups, learning, watchlistLinks, push]);
  return database;
}

for (const [name, contract] of [
  ['library', libraryStoreContract],
  ['history', historyStoreContract],
  ['movie_ids', storedMovieIdsContract],
  ['hooks', hookStoreContract],
  ['groups', groupStoreContract],
  ['watchlist_links', watchlistLinkStoreContract],
] as const) {
  contract('SQLite', () => migrated({ kind: 'sqlite', file: join(folder.path, `${name}.sqlite`) }), false);
  contract(
    program.path === undefined ? `PostgreSQL (${program.hint})` : 'PostgreSQL',
    async () => migrated({ kind: 'postgres', url: (await postgres?.createDatabase(name)) ?? '', poolSize: 10 }),
    program.path === undefined,
  );
}

it('the library of a guest moves with a turn for others after each list', async () => {
  const database = await migrated({ kind: 'sqlite', file: join(folder.path, 'turns.sqlite') });
  const store = new SqlLibraryStore(database);
  const at = new Date(1_700_000_000_000);
  const movie = { movieId: movieIdOf(1), title: 'A film', sortTitle: 'a film', year: 2000 };
  const item: HistoryItem = { movie, listed: { at }, watched: { at }, feedback: { signal: 'LIKE', at }, plays: [at] };
  await store.mergeHistory('guest', [{ ...item, rating: { stars: 4, signal: 'LIKE', at } }], at);
  let turns = 0;
  let moves = true;
  const count = (): void => {
    turns++;
    if (moves) setImmediate(count);
  };
  setImmediate(count);
  await store.moveUser('guest', 'ann');
  moves = false;
  // Watchlist, feedback, ratings and plays.
  expect(turns).toBeGreaterThanOrEqual(4);
  expect(await store.storedRows('ann')).toEqual({ WATCHLIST: 1, FEEDBACK: 1, RATING: 1, PLAY: 1 });
  await database.close();
});
