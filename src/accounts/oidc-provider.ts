import { setTimeout as after } from 'node:timers/promises';
import type { OidcClient } from './auth.ts';
import type { AccountsLog } from './auth-log.ts';

const SLOWEST_ANSWER_MS = 5_000;
const RETRY_MS = 15_000;

/**
 * Waits for a provider to be there. The auth library asks a provider for its addresses once, at the start, for as long as it takes,
 * and does without it for good when that fails: so it is told of one only when it answers, and our start waits for nobody.
 */
export class OidcProvider {
  readonly #stopped = new AbortController();

  /** `found` is called once: before this settles when the provider answers at once, else when it does. */
  static async watch({ discoveryUrl, retryMs = RETRY_MS }: OidcClient, log: AccountsLog, found: () => void): Promise<OidcProvider> {
    const provider = new OidcProvider();
    if (await answers(discoveryUrl)) found();
    else {
      log.error({ discoveryUrl }, 'the OpenID provider does not answer: nobody can sign in by it until it does');
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
      // The only rejection there is: stopped.
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
    const response = await fetch(discoveryUrl, { signal: AbortSignal.timeout(SLOWEST_ANSWER_MS) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
