import { LRUCache } from 'lru-cache';
import type { AccountUser } from './account-tables.ts';

/** A session that ended on another server is believed for this long at most. */
const MAX_AGE_MS = 5_000;
const MAX_SESSIONS = 10_000;

/** What a valid session says of its user. */
export interface SessionUser extends Omit<AccountUser, 'isAnonymous' | 'role' | 'banned'> {
  isAnonymous?: boolean | number | null | undefined;
  role?: string | null | undefined;
  banned?: boolean | number | null | undefined;
}

export interface ValidSession {
  user: SessionUser;
  expiresAt: Date;
}

/**
 * Sessions that were valid a moment ago, by the value of their cookie: most requests of a signed-in viewer then need no statement to know
 * who is asking. Everything that this server does to accounts forgets them all, so a revocation here takes effect at once.
 */
export class RecentSessions {
  readonly #sessions = new LRUCache<string, { session: ValidSession; until: number }>({ max: MAX_SESSIONS });
  #generation = 0;

  async find(cookie: string, look: () => Promise<ValidSession | null>): Promise<ValidSession | null> {
    const known = this.#sessions.get(cookie);
    if (known !== undefined && Date.now() < known.until) return known.session;
    const generation = this.#generation;
    const session = await look();
    // A look-up that began before the last change may have read what was there before.
    if (session === null || generation !== this.#generation) return session;
    this.#sessions.set(cookie, { session, until: Math.min(session.expiresAt.getTime(), Date.now() + MAX_AGE_MS) });
    return session;
  }

  forget(): void {
    this.#generation++;
    this.#sessions.clear();
  }
}
