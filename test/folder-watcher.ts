import { MIGRATIONS } from '../src/app/migrations.ts';
import { openDatabase } from '../src/database/database.ts';
import { migrate } from '../src/database/migrate.ts';
import { ImportFolder } from '../src/library/import-folder/import-folder.ts';
import { SqlLibraryStore } from '../src/library/sql-library-store.ts';
import { fixtureSnapshot } from './fixture-release.ts';
import { NO_METRICS } from './recording-metrics.ts';

// A process of the tests that imports what is in the folder, until it is killed: folder-watcher.ts ROOT SETTINGS-OF-THE-DATABASE.
const [root = '', settings = ''] = process.argv.slice(2);
const database = openDatabase(JSON.parse(settings));
await migrate(database, MIGRATIONS);
const snapshot = await fixtureSnapshot();
const say = (_: object, message: string): void => void process.stdout.write(`${message}\n`);
const folder = new ImportFolder({
  root,
  library: new SqlLibraryStore(database),
  metrics: NO_METRICS,
  snapshot: () => snapshot,
  accountNamed: async () => 'ann',
  log: { info: say, warn: say, error: say },
  quietMs: 0,
  // Longer than the pauses between two signs of life of a process that imports.
  staleMs: 3_000,
});
say({}, 'watching');
for (;;) {
  await folder.look();
  await new Promise((resolve) => setTimeout(resolve, 20));
}
