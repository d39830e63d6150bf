import { setTimeout as after } from 'node:timers/promises';
import type { OidcClient } from './auth.ts';
import type { AccountsLog } from './auth-log.ts';

const ANSWER_TIMEOUT_MS = 5_000;
const RETRY_MS = 15_000;

/**
 * Waits until a provider answers. The auth library asks a provider for its addresses only once, without a timeout, and ignores the
 * provider for good when that fails. So the library gets a provider only after it has answered, and the server starts without it.
 */
export class OidcProvider {
  readonly #stopped = new AbortController();

  /** Calls `found` once: before the promise settles when the provider answers at once, otherwise when it answers later. */
  static async watch({ discoveryUrl, retryMs = RETRY_MS }: OidcClient, log: AccountsLog, found: () => void): Promise<OidcProvider> {
    const provider = new OidcProvider();
    if (await answers(discoveryUrl)) found();
    else {
      log.error({ discoveryUrl }, 'the OpenID provider does not answer; users cannot sign in through it until it does');
      void provider.#retry(discoveryUrl, log, found, retryMs);
    }
    return provider;
  }

  stop(): void {
    this.#stopped.abort();
  }

  async #retry(discoveryUrl: string, log: AccountsLog, found: () => void, retryMs: number): Promise<void> {
    const { signal } = this.#stopped;
    while (!signal.aborted) {
      // The only rejection is the abort by `stop`.
      await after(retryMs, undefined, { signal, ref: false }).catch(() => undefined);
      if (signal.aborted || !(await answers(discoveryUrl))) continue;
      found();
      log.info({ discoveryUrl }, 'the OpenID provider answers');
      return;
    }
  }
}

async function answers(discoveryUrl: string): Promise<boolean> {
  try {
    const response = await fetch(discoveryUrl, { signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
