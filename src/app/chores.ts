import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Accounts } from '../accounts/accounts.ts';
import type { LibraryStore } from '../library/library-store.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { Snapshot } from '../recommendations/snapshot.ts';
import type { Mail } from './open-mail.ts';
import { WaitingHookEvents } from './waiting-hook-events.ts';
import { WatchedImports } from './watched-imports.ts';

interface ChoreParts {
  dataDirectory: string;
  accounts: Accounts;
  library: LibraryStore;
  snapshot(): Snapshot;
  /** Undefined when the server sends no mail. */
  mail: Mail | undefined;
  metrics: Metrics;
  log: Logger;
}

/** What one thread does for all beside requests, until `stop`: sends mail, reads the import folder, takes events that waited for a movie. */
export async function startChores({
  dataDirectory,
  accounts,
  library,
  snapshot,
  mail,
  metrics,
  log,
}: ChoreParts): Promise<{ stop(): Promise<void> }> {
  const delivery = await mail?.deliver(accounts.administration.post);
  const waitingEvents = new WaitingHookEvents(snapshot, library, log);
  const imports = new WatchedImports({
    root: join(dataDirectory, 'import'),
    library,
    metrics,
    snapshot,
    accountNamed: (name) => activeAccount(accounts, name),
    log,
  });
  return {
    async stop() {
      waitingEvents.stop();
      imports.stop();
      await delivery?.stop();
    },
  };
}

/** The id of the account with this e-mail address or id, unless it is disabled. */
async function activeAccount({ administration }: Accounts, name: string): Promise<string | undefined> {
  const { accounts } = administration;
  const found = (await accounts.findByEmail(name)) ?? (await accounts.find(name));
  return found?.disabled === false ? found.id : undefined;
}
