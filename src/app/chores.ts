import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Accounts } from '../accounts/accounts.ts';
import type { Environment } from '../environment/environment.ts';
import type { LibraryStore } from '../library/library-store.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { Snapshot } from '../recommendations/snapshot.ts';
import { operatorText } from '../service-error.ts';
import { WebPushSender } from '../web-push/web-push-sender.ts';
import type { Mail } from './open-mail.ts';
import { PushNews } from './push-news.ts';
import { WaitingHookEvents } from './waiting-hook-events.ts';
import { WatchedImports } from './watched-imports.ts';

interface ChoreParts {
  environment: Pick<Environment, 'dataDirectory' | 'webPush'>;
  accounts: Accounts;
  library: LibraryStore;
  snapshots: { readonly current: Snapshot };
  operatorRules: { readonly current: Snapshot };
  /** Undefined when the server sends no mail. */
  mail: Mail | undefined;
  metrics: Metrics;
  log: Logger;
}

/** What one thread does for all beside requests, until `stop`: sends mail and messages to browsers, reads the import folder, takes events that waited for a movie. */
export async function startChores({
  environment: { dataDirectory, webPush },
  accounts,
  library,
  snapshots,
  operatorRules,
  mail,
  metrics,
  log,
}: ChoreParts): Promise<{ stop(): Promise<void> }> {
  const snapshot = (): Snapshot => snapshots.current;
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
  const pushNews =
    webPush &&
    new PushNews({
      library,
      sender: new WebPushSender(webPush),
      serverKey: webPush.publicKey,
      snapshot: () => operatorRules.current,
      isDisabled: async (userId) => (await accounts.administration.accounts.find(userId))?.disabled === true,
      log,
    });
  // Without keys nothing is sent, and no subscription is kept.
  if (webPush === undefined)
    await library.push
      .sweep('', Date.now())
      .catch((error: unknown) => log.warn({ reason: operatorText(error) }, 'subscriptions to messages stay'));
  return {
    async stop() {
      waitingEvents.stop();
      imports.stop();
      await pushNews?.stop();
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
