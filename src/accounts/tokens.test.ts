import { createLocalJWKSet, generateKeyPair, importJWK, type JWTPayload, jwtVerify, SignJWT, UnsecuredJWT } from 'jose';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AccountsApp, accountsApp, PUBLIC_URL, signingKey, type Visitor } from '../../test/accounts-app.ts';
import { CredentialError } from './credential-error.ts';

const INVALID_TOKEN = new CredentialError('UNAUTHENTICATED', 'The bearer token is invalid or expired.');

describe('bearer tokens', () => {
  let server: AccountsApp;
  let ann: Visitor;
  let userId: string;
  let payload: JWTPayload;
  let kid: string;
  let key: CryptoKey;

  beforeAll(async () => {
    server = await accountsApp();
    ann = server.visitor();
    userId = await ann.signUp('Ann');
    const jwks = (await server.visitor().get('/api/auth/jwks')).body;
    // Another service has only the public keys.
    ({ payload } = await jwtVerify(await ann.token(), createLocalJWKSet(jwks), { issuer: PUBLIC_URL, audience: PUBLIC_URL }));
    const signing = await signingKey(server.database);
    kid = signing.kid;
    const imported = await importJWK(signing.jwk, 'EdDSA');
    if (imported instanceof Uint8Array) throw new Error('expected a private key');
    key = imported;
  });
  afterAll(() => server.stop());

  const signed = (claims: JWTPayload, header: { alg?: string; kid?: string } = {}, by: CryptoKey | Uint8Array = key) =>
    new SignJWT(claims).setProtectedHeader({ alg: 'EdDSA', kid, ...header }).sign(by);
  const identityOf = (token: string, visitor = server.visitor()) => visitor.authenticate({ authorization: `Bearer ${token}` });

  it('can be checked by other services with the published keys, and are valid for 15 minutes', () => {
    expect(payload).toMatchObject({ sub: userId, name: 'Ann', email: 'ann@films.test', iss: PUBLIC_URL, aud: PUBLIC_URL });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(900);
  });

  it('publish no part of the private key', async () => {
    const [published, ...others] = (await server.visitor().get('/api/auth/jwks')).body.keys;
    expect(others).toEqual([]);
    expect(Object.keys(published).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'x']);
  });

  it('identify the user', async () => {
    const identity = {
      userId,
      name: 'Ann',
      email: 'ann@films.test',
      emailVerified: false,
      isGuest: false,
      role: 'owner',
      scopes: new Set(['read', 'write']),
      via: 'jwt',
      sessionId: expect.any(String),
    };
    expect(await identityOf(await ann.token())).toEqual(identity);
    expect(await identityOf(await signed(payload))).toEqual(identity);
    expect(await server.visitor().authenticate({ authorization: `bearer  ${await ann.token()} ` })).toEqual(identity);
  });

  const without = (claim: string): JWTPayload => Object.fromEntries(Object.entries(payload).filter(([name]) => name !== claim));
  const now = (): number => Math.floor(Date.now() / 1_000);
  it.each<[string, () => Promise<string> | string]>([
    ['expired', () => signed({ ...payload, iat: now() - 1_000, exp: now() - 100 })],
    ['not valid yet', () => signed({ ...payload, nbf: now() + 100 })],
    ['of another issuer', () => signed({ ...payload, iss: 'http://other.test' })],
    ['without an issuer', () => signed(without('iss'))],
    ['for another audience', () => signed({ ...payload, aud: 'http://other.test' })],
    ['without an audience', () => signed(without('aud'))],
    ['of another user than the one of its session', () => signed({ ...payload, sub: 'somebody else' })],
    ['without a session', () => signed(without('sid'))],
    ['of an unknown session', () => signed({ ...payload, sid: 'x' })],
    ['not signed', () => new UnsecuredJWT(payload).encode()],
    ['not signed, with the id of the server’s key', async () => unsigned({ alg: 'none', kid }, payload)],
    ['signed by another key with the id of the server’s key', async () => signed(payload, {}, (await generateKeyPair('EdDSA')).privateKey)],
    ['signed by an unknown key', async () => signed(payload, { kid: 'own' }, (await generateKeyPair('EdDSA')).privateKey)],
    ['signed with the public key as a password', async () => signed(payload, { alg: 'HS256' }, await publicBytes(server))],
    ['changed after signing', async () => tampered(await ann.token())],
    ['not a JWT', () => 'abc'],
  ])('are refused when %s', async (_name, token) => {
    await expect(identityOf(await token())).rejects.toEqual(INVALID_TOKEN);
    // A valid cookie beside the token does not help.
    await expect(identityOf(await token(), ann)).rejects.toEqual(INVALID_TOKEN);
  });

  it('end with their session', async () => {
    const bea = server.visitor();
    await bea.signUp('Bea');
    const token = await bea.token();
    expect(await identityOf(token)).toMatchObject({ name: 'Bea' });
    await bea.post('/api/auth/sign-out');
    await expect(identityOf(token)).rejects.toEqual(INVALID_TOKEN);
    await bea.signIn('Bea');
    const later = await bea.token();
    await sql`update cinematch_session set "expiresAt" = ${new Date(0).toISOString()} where "userId" = ${(await bea.authenticate())?.userId}`.execute(
      server.database.kysely,
    );
    await expect(identityOf(later)).rejects.toEqual(INVALID_TOKEN);
  });

  it('of guests hold no e-mail address', async () => {
    const guest = server.visitor();
    const guestId = await guest.beGuest();
    const token = await guest.token();
    expect(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())).toMatchObject({ sub: guestId, name: 'Guest' });
    expect(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).not.toContain('email');
    expect(await identityOf(token)).toMatchObject({ userId: guestId, email: null, isGuest: true });
  });

  it('are issued for a session only', async () => {
    expect((await server.visitor().get('/api/auth/token')).status).toBe(401);
    expect((await server.visitor().get('/api/auth/token', { authorization: `Bearer ${await ann.token()}` })).status).toBe(401);
  });
});

function unsigned(header: object, claims: object): string {
  return `${[header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.`;
}

function tampered(token: string): string {
  const [header, claims = '', signature] = token.split('.');
  const changed = { ...JSON.parse(Buffer.from(claims, 'base64url').toString()), name: 'Admin' };
  return [header, Buffer.from(JSON.stringify(changed)).toString('base64url'), signature].join('.');
}

async function publicBytes(server: AccountsApp): Promise<Uint8Array> {
  const [{ x }] = (await server.visitor().get('/api/auth/jwks')).body.keys;
  return new Uint8Array(Buffer.from(x, 'base64url'));
}
