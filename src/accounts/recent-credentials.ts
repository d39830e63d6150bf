import { LRUCache } from 'lru-cache';
import type { Identity } from './identity.ts';

/** Credentials that were revoked on another server are believed for this long at most. */
const MAX_AGE_MS = 5_000;
const MAX_CREDENTIALS = 10_000;

/** The other threads of this process, which know credentials of their own. */
export interface CredentialSiblings {
  /** Makes the others forget. */
  forget(): void;
  /** Calls `listener` when another makes this thread forget. */
  onForget(listener: () => void): void;
}

/** What valid credentials say of their user. */
export interface ValidCredentials {
  identity: Identity;
  /** Milliseconds since 1970; Infinity for a key without end. */
  expiresAt: number;
}

/**
 * Sessions, bearer tokens and API keys that were valid a moment ago: most requests of a signed-in viewer then need no statement to know who
 * is asking. Everything that this server does to accounts forgets them all, so a revocation here takes effect at once.
 */
export class RecentCredentials {
  readonly #siblings: CredentialSiblings | undefined;
  readonly #known = new LRUCache<string, { identity: Identity; until: number }>({ max: MAX_CREDENTIALS });
  #generation = 0;

  constructor(siblings?: CredentialSiblings) {
    this.#siblings = siblings;
    siblings?.onForget(() => this.#forgetHere());
  }

  /** `text` is the cookie, token or key, of whose kind there is `via`. Null: `look` found nobody. */
  async find(via: Identity['via'] | 'proxy', text: string, look: () => Promise<ValidCredentials | null>): Promise<Identity | null> {
    const key = `${via} ${text}`;
    const known = this.#known.get(key);
    if (known !== undefined && Date.now() < known.until) return known.identity;
    const generation = this.#generation;
    const found = await look();
    if (found === null) return null;
    const { identity, expiresAt } = found;
    // A look-up that began before the last change may have read what was there before.
    if (generation === this.#generation) this.#known.set(key, { identity, until: Math.min(expiresAt, Date.now() + MAX_AGE_MS) });
    return identity;
  }

  forget(): void {
    this.#forgetHere();
    this.#siblings?.forget();
  }

  #forgetHere(): void {
    this.#generation++;
    this.#known.clear();
  }
}
