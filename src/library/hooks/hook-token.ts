import { hash, randomBytes } from 'node:crypto';

/** 256 bits: nobody guesses one. */
const TOKEN_BYTES = 32;
const TOKEN = /^cmh_[\w-]{43}$/;
const START_LENGTH = 8;

/** A token is returned once. The database has its hash and its first letters. */
export function createToken(): { token: string; tokenHash: string; start: string } {
  const token = `cmh_${randomBytes(TOKEN_BYTES).toString('base64url')}`;
  return { token, tokenHash: hash('sha256', token), start: token.slice(0, START_LENGTH) };
}

/** Undefined for a text that can be no token. */
export function hashOfToken(text: string): string | undefined {
  return TOKEN.test(text) ? hash('sha256', text) : undefined;
}
