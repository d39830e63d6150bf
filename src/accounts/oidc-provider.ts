import { setTimeout as after } from 'node:timers/promises';
import type { OidcClient } from './auth.ts';
import type { AccountsLog } from './auth-log.ts';
import { type ClientAuthentication, discover } from './oidc-discovery.ts';

const FIRST_RETRY_MS = 5_000;
const MAX_RETRY_MS = 300_000;

/**
 * Waits until a provider can be used. The auth library asks a provider for its addresses only once, without a timeout, and ignores the
 * provider for good when that fails. So the library gets a provider only after it has been checked, and the server starts without it.
 */
export class OidcProvider {
  readonly #stopped = new AbortController();

  /** Calls `found` once: before the promise settles when the provider can be used at once, otherwise when it can be used later. */
  static async watch(
    { discoveryUrl, retryMs = FIRST_RETRY_MS }: OidcClient,
    log: AccountsLog,
    found: (authentication: ClientAuthentication) => void,
  ): Promise<OidcProvider> {
    const provider = new OidcProvider();
    const first = await discover(discoveryUrl);
    if (first.usable) found(first.authentication);
    else {
      const { problem } = first;
      log.error({ discoveryUrl, problem }, 'the OpenID provider cannot be used; users cannot sign in through it until it can');
      void provider.#retry(discoveryUrl, log, found, retryMs);
    }
    return provider;
  }

  stop(): void {
    this.#stopped.abort();
  }

  async #retry(
    discoveryUrl: string,
    log: AccountsLog,
    found: (authentication: ClientAuthentication) => void,
    firstMs: number,
  ): Promise<void> {
    const { signal } = this.#stopped;
    for (let pause = firstMs; ; pause = Math.min(2 * pause, MAX_RETRY_MS)) {
      // The only rejection is the abort by `stop`.
      await after(pause, undefined, { signal, ref: false }).catch(() => undefined);
      if (signal.aborted) return;
      const discovery = await discover(discoveryUrl);
      if (!discovery.usable || signal.aborted) continue;
      found(discovery.authentication);
      log.info({ discoveryUrl }, 'the OpenID provider can be used');
      return;
    }
  }
}
