import { createCipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto';

/** What a browser gave with its subscription, in base64url. */
export interface BrowserKeys {
  p256dh: string;
  auth: string;
}

/** What is new for each message. Tests give that of the RFC. */
export interface MessageSecrets {
  salt: Buffer;
  privateKey: Buffer;
}

/** Every message is as long as the longest, so that its length tells a push service nothing. */
export const MAX_MESSAGE_BYTES = 2_048;
const RECORD_BYTES = 4_096;
const END_OF_MESSAGE = 2;

/**
 * The body of a push message (RFC 8291): one record of `aes128gcm` (RFC 8188) with its header. Only the browser of the keys can read it.
 * Throws a RangeError when the message has more than `paddedTo` bytes.
 */
export function encryptMessage(
  message: string,
  { p256dh, auth }: BrowserKeys,
  secrets?: MessageSecrets,
  paddedTo = MAX_MESSAGE_BYTES,
): Buffer {
  const text = Buffer.from(message);
  if (text.length > paddedTo) throw new RangeError(`a push message has ${text.length} bytes; at most ${paddedTo} fit`);
  const own = createECDH('prime256v1');
  if (secrets === undefined) own.generateKeys();
  else own.setPrivateKey(secrets.privateKey);
  const salt = secrets?.salt ?? randomBytes(16);
  const ownKey = own.getPublicKey();
  const browserKey = Buffer.from(p256dh, 'base64url');
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), browserKey, ownKey]);
  const secret = hkdfSync('sha256', own.computeSecret(browserKey), Buffer.from(auth, 'base64url'), info, 32);
  const key = hkdfSync('sha256', Buffer.from(secret), salt, 'Content-Encoding: aes128gcm\0', 16);
  const nonce = hkdfSync('sha256', Buffer.from(secret), salt, 'Content-Encoding: nonce\0', 12);
  const cipher = createCipheriv('aes-128-gcm', Buffer.from(key), Buffer.from(nonce));
  const padding = Buffer.alloc(paddedTo - text.length + 1);
  padding[0] = END_OF_MESSAGE;
  const header = Buffer.alloc(5);
  header.writeUInt32BE(RECORD_BYTES);
  header.writeUInt8(ownKey.length, 4);
  return Buffer.concat([salt, header, ownKey, cipher.update(text), cipher.update(padding), cipher.final(), cipher.getAuthTag()]);
}
