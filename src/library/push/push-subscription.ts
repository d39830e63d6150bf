import { ECDH } from 'node:crypto';
import { isIP } from 'node:net';
import { InputError } from '../../input-error.ts';
import { type NewsLanguage, newsLanguage } from './news-language.ts';

/** Browsers of one viewer that get messages. A further one takes the place of the oldest. */
export const MAX_PUSH_SUBSCRIPTIONS = 10;
export const MAX_ENDPOINT_LENGTH = 1_000;
const AUTH_BYTES = 16;
const BASE64URL = /^[\w-]+={0,2}$/;
/** Names that no public host has. */
const LOCAL_NAMES = /(^|\.)(localhost|local|internal|lan|home\.arpa)$/;

/** A browser that gets messages: its address at a push service, and its keys. */
export interface PushSubscription {
  endpoint: string;
  p256dh: string;
  auth: string;
  language: NewsLanguage;
}

/** As a browser and its page send it. */
export interface PushSubscriptionInput {
  endpoint: string;
  p256dh: string;
  auth: string;
  language: string;
}

/** Throws an InputError that names the field when one is wrong. `localServices`: for tests with a push service of this machine. */
export function readSubscription(input: PushSubscriptionInput, localServices = false): PushSubscription {
  return {
    endpoint: readEndpoint(input.endpoint, localServices),
    p256dh: readPoint(input.p256dh),
    auth: readSecret(input.auth),
    language: newsLanguage(input.language),
  };
}

/** Messages go to the internet over TLS, never to this machine or its networks. Where the name leads is looked at for each message. */
function readEndpoint(text: string, localServices: boolean): string {
  const field = 'subscription.endpoint';
  if (text.length > MAX_ENDPOINT_LENGTH)
    throw new InputError(field, `has ${text.length} characters; at most ${MAX_ENDPOINT_LENGTH} are allowed`, { max: MAX_ENDPOINT_LENGTH });
  const url = URL.canParse(text) ? new URL(text) : undefined;
  // Browsers give the address in this form. Another one would be found under another name, and could be longer.
  if (url !== undefined && url.href !== text)
    throw new InputError(field, 'it must be written as browsers write it', { expected: url.href.slice(0, MAX_ENDPOINT_LENGTH) });
  if (url !== undefined && localServices) return url.href;
  const isPublic =
    url?.protocol === 'https:' &&
    url.port === '' &&
    url.username === '' &&
    url.password === '' &&
    url.hash === '' &&
    isPublicName(url.hostname);
  if (url === undefined || !isPublic) throw new InputError(field, 'it must be an https address of a public push service');
  return url.href;
}

function isPublicName(hostname: string): boolean {
  const name = hostname.replace(/\.$/, '');
  return name.includes('.') && !name.startsWith('[') && isIP(name) === 0 && !LOCAL_NAMES.test(name);
}

function readPoint(text: string): string {
  try {
    if (!BASE64URL.test(text)) throw new TypeError('no base64url');
    const point = ECDH.convertKey(text, 'prime256v1', 'base64url', 'base64url', 'uncompressed').toString();
    if (point === text.replace(/=+$/, '')) return point;
  } catch {
    // It is no point of the curve.
  }
  throw new InputError('subscription.p256dh', 'it must be an uncompressed point of P-256 in base64url');
}

function readSecret(text: string): string {
  const secret = BASE64URL.test(text) ? Buffer.from(text, 'base64url') : Buffer.alloc(0);
  if (secret.length !== AUTH_BYTES) throw new InputError('subscription.auth', `it must be ${AUTH_BYTES} bytes in base64url`);
  return secret.toString('base64url');
}
