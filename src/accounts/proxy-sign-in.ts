import { APIError, createAuthEndpoint, isAPIError } from 'better-auth/api';
import { makeSignature } from 'better-auth/crypto';
import { handleOAuthUserInfo } from 'better-auth/oauth2';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { decodeProxyUser } from '../proxy-user.ts';
import type { AccountsLog } from './auth-log.ts';

/** The name of the forward-auth proxy among the ways to sign in. */
export const PROXY = 'proxy';
export const PROXY_SIGN_IN_PATH = '/sign-in/proxy';
/** A session of the proxy is made anew when it is over, so it is short. */
export const PROXY_SESSION_SECONDS = 86_400;
const MAX_SESSIONS = 10_000;
/** A person who was refused is looked at again after this time. */
const REFUSED_MS = 5_000;
/** handleOAuthUserInfo tells it by its text. */
const NOT_LINKED = 'account not linked';

const body = z.object({ id: z.string(), email: z.email(), name: z.string(), groups: z.array(z.string()) });

/** The auth library's part: finds or makes the account by the same rules as any provider, and opens a session. No caller reaches it. */
export function proxySignIn() {
  return {
    id: 'proxy-sign-in',
    endpoints: {
      signInProxy: createAuthEndpoint(PROXY_SIGN_IN_PATH, { method: 'POST', body, metadata: { SERVER_ONLY: true } }, async (context) => {
        const { id, email, name, groups } = context.body;
        const { data, error } = await handleOAuthUserInfo(context, {
          userInfo: { id, email, name, emailVerified: true },
          account: { providerId: PROXY, accountId: id },
          isTrustedProvider: true,
          source: { method: 'oauth', oauth: { providerId: PROXY, profile: { groups, email, email_verified: true } } },
        });
        if (data !== null) return context.json({ token: data.session.token });
        throw new APIError('FORBIDDEN', {
          code: error === NOT_LINKED ? 'account_not_linked' : 'PROXY_SIGN_IN_FAILED',
          message: error ?? 'the account cannot be used',
        });
      }),
    },
  };
}

interface ProxySessionsParts {
  signIn(user: z.infer<typeof body>): Promise<{ token: string }>;
  isValid(cookie: string): Promise<boolean>;
  cookieName: string;
  /** The cookie that keeps the auth library from prolonging a session, and from a cookie that lives for weeks. */
  notRememberedName: string;
  secret: string;
  log: AccountsLog;
}

export type ProxySession = { cookie: string } | { refusal: string };

/** The sessions of the people that the proxy names. The browser needs no cookie: each request has the header. */
export class ProxySessions {
  readonly #parts: ProxySessionsParts;
  /** By the whole text of the header: new groups are a new sign-in, which decides about the role. */
  readonly #sessions = new LRUCache<string, string>({ max: MAX_SESSIONS });
  readonly #refused = new LRUCache<string, { refusal: string; until: number }>({ max: MAX_SESSIONS });
  readonly #running = new Map<string, Promise<ProxySession>>();

  constructor(parts: ProxySessionsParts) {
    this.#parts = parts;
  }

  /** Requests of one person that come together open one session. */
  find(header: string): Promise<ProxySession> {
    const running = this.#running.get(header);
    if (running !== undefined) return running;
    const begun = this.#find(header).finally(() => this.#running.delete(header));
    this.#running.set(header, begun);
    return begun;
  }

  async #find(header: string): Promise<ProxySession> {
    const known = this.#sessions.get(header);
    if (known !== undefined && (await this.#parts.isValid(known))) return { cookie: known };
    const refused = this.#refused.get(header);
    if (refused !== undefined && Date.now() < refused.until) return { refusal: refused.refusal };
    const { signIn, cookieName, notRememberedName, log } = this.#parts;
    try {
      const user = body.safeParse(decodeProxyUser(header));
      if (!user.success) throw new APIError('FORBIDDEN', { code: 'PROXY_EMAIL_MISSING', message: 'the proxy sent no e-mail address' });
      const { token } = await signIn(user.data);
      const cookie = `${await this.#signedCookie(cookieName, token)}; ${await this.#signedCookie(notRememberedName, 'true')}`;
      this.#sessions.set(header, cookie);
      return { cookie };
    } catch (error) {
      if (!isAPIError(error) || error.statusCode >= 500) throw error;
      const refusal = typeof error.body?.code === 'string' ? error.body.code : 'PROXY_SIGN_IN_FAILED';
      this.#refused.set(header, { refusal, until: Date.now() + REFUSED_MS });
      log.warn({ refusal }, 'accounts: somebody whom the proxy named was refused');
      return { refusal };
    }
  }
  async #signedCookie(name: string, value: string): Promise<string> {
    return `${name}=${encodeURIComponent(`${value}.${await makeSignature(value, this.#parts.secret)}`)}`;
  }
}
