import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { SignJWT } from 'jose';
import { LRUCache } from 'lru-cache';
import { type BrowserKeys, encryptMessage } from './encrypt-message.ts';
import { lookupPublic } from './public-lookup.ts';
import { signingKey, type WebPushKeys } from './web-push-keys.ts';

export interface WebPushSettings extends WebPushKeys {
  /** Where a push service reaches the operator: an address of mail or of the web. */
  contact: string;
}

export interface PushAddress extends BrowserKeys {
  endpoint: string;
}

/**
 * What became of a message. `gone`: the browser takes no messages at this address any more. `later`: the push service is away or has enough.
 * `refused`: it does not take this message.
 */
export type PushOutcome =
  | { kind: 'sent' | 'gone' }
  | { kind: 'refused'; reason: string }
  | { kind: 'later'; reason: string; afterMs: number };

export interface SenderOptions {
  timeoutMs?: number;
  /** For tests: also push services of this machine, and without TLS. */
  localServices?: boolean;
}

const TIMEOUT_MS = 10_000;
/** A push service keeps a message so long for a browser that is off. */
const KEEP_SECONDS = 86_400;
const SIGNED_SECONDS = 12 * 3_600;
/** A signature is used again for half of its time. */
const REUSE_MS = (SIGNED_SECONDS * 1_000) / 2;
/** Push services that are known at once. There are a handful. */
const MAX_ORIGINS = 100;
const MAX_AFTER_MS = 86_400_000;
/** A message of the same topic replaces one that the browser did not get yet. */
const TOPIC = 'cinematch-news';

/** Sends messages to browsers through their push services (RFC 8030). */
export class WebPushSender {
  readonly #settings: WebPushSettings;
  readonly #options: SenderOptions;
  readonly #key: ReturnType<typeof signingKey>;
  readonly #signatures = new LRUCache<string, Promise<string>>({ max: MAX_ORIGINS, ttl: REUSE_MS });

  constructor(settings: WebPushSettings, options: SenderOptions = {}) {
    this.#settings = settings;
    this.#options = options;
    this.#key = signingKey(settings);
  }

  /** Never rejects for what a push service or the network does. */
  async send({ endpoint, ...keys }: PushAddress, message: string): Promise<PushOutcome> {
    const url = new URL(endpoint);
    const body = encryptMessage(message, keys);
    const headers = {
      authorization: `vapid t=${await this.#signature(url.origin)}, k=${this.#settings.publicKey}`,
      'content-encoding': 'aes128gcm',
      'content-type': 'application/octet-stream',
      'content-length': body.length,
      ttl: KEEP_SECONDS,
      topic: TOPIC,
      urgency: 'low',
    };
    try {
      const { status, retryAfter } = await this.#post(url, headers, body);
      return outcomeOf(status, retryAfter);
    } catch (error) {
      return { kind: 'later', reason: reasonOf(error), afterMs: 0 };
    }
  }

  #post(url: URL, headers: Record<string, string | number>, body: Buffer): Promise<{ status: number; retryAfter: string | undefined }> {
    const { timeoutMs = TIMEOUT_MS, localServices = false } = this.#options;
    const request = url.protocol === 'http:' && localServices ? requestHttp : requestHttps;
    return new Promise((resolve, reject) => {
      const sent = request(url, {
        method: 'POST',
        headers,
        agent: false,
        signal: AbortSignal.timeout(timeoutMs),
        ...(localServices ? {} : { lookup: lookupPublic }),
      });
      sent.on('error', reject);
      sent.on('response', (answer) => {
        // What it says is of no use, and may be long.
        answer.destroy();
        resolve({ status: answer.statusCode ?? 0, retryAfter: answer.headers['retry-after'] });
      });
      sent.end(body);
    });
  }

  /** The same for all messages to a push service. */
  #signature(origin: string): Promise<string> {
    const known = this.#signatures.get(origin);
    if (known !== undefined) return known;
    const made = new SignJWT()
      .setProtectedHeader({ typ: 'JWT', alg: 'ES256' })
      .setAudience(origin)
      .setExpirationTime(Math.floor(Date.now() / 1_000) + SIGNED_SECONDS)
      .setSubject(this.#settings.contact)
      .sign(this.#key);
    this.#signatures.set(origin, made);
    return made;
  }
}

function outcomeOf(status: number, retryAfter: string | undefined): PushOutcome {
  if (status >= 200 && status < 300) return { kind: 'sent' };
  if (status === 404 || status === 410) return { kind: 'gone' };
  const reason = `the push service answered ${status}`;
  if (status === 408 || status === 429 || status >= 500) return { kind: 'later', reason, afterMs: pauseOf(retryAfter) };
  return { kind: 'refused', reason };
}

/** Seconds or a date, as RFC 9110 has it. */
function pauseOf(retryAfter: string | undefined): number {
  if (retryAfter === undefined) return 0;
  const ms = /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1_000 : Date.parse(retryAfter) - Date.now();
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), MAX_AFTER_MS) : 0;
}

/** Without the address: whoever knows it could try to write to the browser. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'the push service cannot be reached';
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'the push service did not answer in time';
  return 'code' in error ? `the push service cannot be reached (${String(error.code)})` : 'the push service cannot be reached';
}
