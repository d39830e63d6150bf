import { describe, expect, it } from 'vitest';
import { createWebPushKeys } from '../web-push/web-push-keys.ts';
import { parseEnvironment } from './environment.ts';

const KEYS = createWebPushKeys();
const PAIR = { WEB_PUSH_PUBLIC_KEY: KEYS.publicKey, WEB_PUSH_PRIVATE_KEY: KEYS.privateKey };
const CONTACT = { WEB_PUSH_CONTACT: 'mailto:owner@films.example' };
const problemOf = (environment: Record<string, string>): string => {
  try {
    parseEnvironment(environment);
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

describe('the settings of messages to browsers', () => {
  it('are none without keys', () => {
    expect([parseEnvironment({}).webPush, parseEnvironment(CONTACT).webPush]).toEqual([undefined, undefined]);
  });

  it('are a pair and a contact, which may be the address of the server', () => {
    expect(parseEnvironment({ ...PAIR, ...CONTACT }).webPush).toEqual({ ...KEYS, contact: 'mailto:owner@films.example' });
    expect(parseEnvironment({ ...PAIR, PUBLIC_URL: 'https://films.example' }).webPush?.contact).toBe('https://films.example');
    expect(parseEnvironment({ ...PAIR, ...CONTACT, WEB_PUSH_PUBLIC_KEY: `${KEYS.publicKey}=` }).webPush?.publicKey).toBe(KEYS.publicKey);
  });

  it.each([
    [
      'one key alone',
      { WEB_PUSH_PUBLIC_KEY: KEYS.publicKey, ...CONTACT },
      /set both WEB_PUSH_PUBLIC_KEY and WEB_PUSH_PRIVATE_KEY, or none/,
    ],
    ['the other alone', { WEB_PUSH_PRIVATE_KEY: KEYS.privateKey }, /set both WEB_PUSH_PUBLIC_KEY and WEB_PUSH_PRIVATE_KEY, or none/],
    ['keys of two pairs', { ...PAIR, ...CONTACT, WEB_PUSH_PUBLIC_KEY: createWebPushKeys().publicKey }, /the two keys are no pair/],
    ['keys without contact', PAIR, /set WEB_PUSH_CONTACT too, or a PUBLIC_URL with https/],
    ['keys with a contact that nobody reaches', { ...PAIR, PUBLIC_URL: 'http://films.example' }, /set WEB_PUSH_CONTACT too/],
    ['a contact without scheme', { ...PAIR, WEB_PUSH_CONTACT: 'owner@films.example' }, /expected e\.g\. mailto:/],
    ['no key', { ...PAIR, ...CONTACT, WEB_PUSH_PRIVATE_KEY: 'a secret' }, /WEB_PUSH_PRIVATE_KEY=\*\*\*: expected a key/],
  ])('refuse %s', (_what, environment, message) => {
    expect(problemOf(environment)).toMatch(message);
    expect(problemOf(environment)).not.toContain(KEYS.privateKey);
  });
});
