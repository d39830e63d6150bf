import { z } from 'zod';
import { problemOfKeys } from '../web-push/web-push-keys.ts';
import type { WebPushSettings } from '../web-push/web-push-sender.ts';

const BASE64URL = /^[\w-]+={0,2}$/;
const CONTACT = /^(mailto:[^\s@]+@[^\s@]+|https:\/\/\S+)$/;
const key = () => z.string().trim().regex(BASE64URL, 'expected a key from "npm run db -- web-push-keys"').optional();

export const webPushVariables = {
  WEB_PUSH_PUBLIC_KEY: key(),
  WEB_PUSH_PRIVATE_KEY: key(),
  WEB_PUSH_CONTACT: z.string().trim().regex(CONTACT, 'expected e.g. mailto:owner@example.org or https://example.org').optional(),
};

type Variables = Partial<Record<keyof typeof webPushVariables | 'PUBLIC_URL', unknown>>;
type Refinement = readonly [(env: Variables) => boolean, { path: string[]; message: string; when(): boolean }];

/** Arguments for `refine`. */
export const WEB_PUSH_HAS_BOTH_KEYS: Refinement = [
  (env) => (env.WEB_PUSH_PUBLIC_KEY === undefined) === (env.WEB_PUSH_PRIVATE_KEY === undefined),
  { path: ['WEB_PUSH_PUBLIC_KEY'], message: 'set both WEB_PUSH_PUBLIC_KEY and WEB_PUSH_PRIVATE_KEY, or none', when: () => true },
];

/** Arguments for `refine`. */
export const WEB_PUSH_KEYS_BELONG_TOGETHER: Refinement = [
  ({ WEB_PUSH_PUBLIC_KEY: publicKey, WEB_PUSH_PRIVATE_KEY: privateKey }) =>
    publicKey === undefined ||
    privateKey === undefined ||
    problemOfKeys({ publicKey: String(publicKey), privateKey: String(privateKey) }) === undefined,
  { path: ['WEB_PUSH_PUBLIC_KEY'], message: 'the two keys are no pair; make one with "npm run db -- web-push-keys"', when: () => true },
];

/** Arguments for `refine`: push services want to know whom to reach. */
export const WEB_PUSH_HAS_CONTACT: Refinement = [
  (env) => env.WEB_PUSH_PUBLIC_KEY === undefined || contactOf(env) !== undefined,
  { path: ['WEB_PUSH_PUBLIC_KEY'], message: 'set WEB_PUSH_CONTACT too, or a PUBLIC_URL with https', when: () => true },
];

/** Undefined when the server sends no messages to browsers. */
export function webPushSettings(env: Variables): WebPushSettings | undefined {
  const { WEB_PUSH_PUBLIC_KEY: publicKey, WEB_PUSH_PRIVATE_KEY: privateKey } = env;
  const contact = contactOf(env);
  if (typeof publicKey !== 'string' || typeof privateKey !== 'string' || contact === undefined) return undefined;
  return { publicKey: publicKey.replace(/=+$/, ''), privateKey, contact };
}

function contactOf({ WEB_PUSH_CONTACT: contact, PUBLIC_URL: publicUrl }: Variables): string | undefined {
  if (typeof contact === 'string') return contact;
  return typeof publicUrl === 'string' && publicUrl.startsWith('https:') ? publicUrl : undefined;
}
