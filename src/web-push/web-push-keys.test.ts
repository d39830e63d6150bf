import { expect, it } from 'vitest';
import { createWebPushKeys, problemOfKeys } from './web-push-keys.ts';

it('makes pairs of one length that belong together', () => {
  const pairs = Array.from({ length: 300 }, createWebPushKeys);
  expect(pairs.map((pair) => problemOfKeys(pair))).toEqual(Array(300).fill(undefined));
  expect(new Set(pairs.map(({ publicKey, privateKey }) => `${publicKey.length} ${privateKey.length}`))).toEqual(new Set(['87 43']));
});

it('says what is wrong with a pair', () => {
  const [one, other] = [createWebPushKeys(), createWebPushKeys()];
  expect(problemOfKeys({ ...one, publicKey: `${one.publicKey}=` })).toBeUndefined();
  expect(problemOfKeys({ ...one, publicKey: other.publicKey })).toBe('the public key does not belong to the private key');
  expect(problemOfKeys({ ...one, privateKey: one.privateKey.slice(0, -2) })).toBe('the private key must be 32 bytes in base64url');
  expect(problemOfKeys({ ...one, privateKey: Buffer.alloc(32).toString('base64url') })).toBe(
    'the private key is no number of the curve P-256',
  );
});
