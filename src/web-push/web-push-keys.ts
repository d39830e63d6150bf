import { createECDH, createPrivateKey, type KeyObject } from 'node:crypto';

const CURVE = 'prime256v1';
const PUBLIC_BYTES = 65;
const PRIVATE_BYTES = 32;

/** The pair by which push services know this server (VAPID, RFC 8292). Both are base64url: a point of P-256, and its number. */
export interface WebPushKeys {
  publicKey: string;
  privateKey: string;
}

export function createWebPushKeys(): WebPushKeys {
  const pair = createECDH(CURVE);
  const publicKey = pair.generateKeys('base64url');
  // A number with leading zeros is written shorter.
  const privateKey = Buffer.concat([Buffer.alloc(PRIVATE_BYTES), pair.getPrivateKey()]).subarray(-PRIVATE_BYTES);
  return { publicKey, privateKey: privateKey.toString('base64url') };
}

/** What is wrong with a pair, for the operator; undefined when it is good. */
export function problemOfKeys({ publicKey, privateKey }: WebPushKeys): string | undefined {
  if (Buffer.from(privateKey, 'base64url').length !== PRIVATE_BYTES) return 'the private key must be 32 bytes in base64url';
  const pair = createECDH(CURVE);
  try {
    pair.setPrivateKey(privateKey, 'base64url');
  } catch {
    return 'the private key is no number of the curve P-256';
  }
  return pair.getPublicKey('base64url') === publicKey.replace(/=+$/, '') ? undefined : 'the public key does not belong to the private key';
}

/** For signing. */
export function signingKey({ publicKey, privateKey }: WebPushKeys): KeyObject {
  const point = Buffer.from(publicKey, 'base64url');
  const x = point.subarray(1, PRIVATE_BYTES + 1).toString('base64url');
  const y = point.subarray(PRIVATE_BYTES + 1, PUBLIC_BYTES).toString('base64url');
  return createPrivateKey({ key: { kty: 'EC', crv: 'P-256', x, y, d: privateKey }, format: 'jwk' });
}
