import { createLocalJWKSet, generateKeyPair, importJWK, type JWTPayload, jwtVerify, SignJWT, UnsecuredJWT } from 'jose';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AccountsApp, accountsApp, PUBLIC_URL, signingKey, type Visitor } from '../../test/accounts-app.ts';
import { CredentialError } from './credential-error.ts';

const NO_GOOD_TOKEN = new CredentialError('UNAUTHENTICATED', 'The bearer token is not good, or no longer.');

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
    // As another service would: with the public keys alone.
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
  const whoHas = (token: string, visitor = server.visitor()) => visitor.authenticate({ authorization: `Bearer ${token}` });

  it('can be checked by other services with the published keys, for a quarter of an hour', () => {
    expect(payload).toMatchObject({ sub: userId, name: 'Ann', email: 'ann@films.test', iss: PUBLIC_URL, aud: PUBLIC_URL });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(900);
  });

  it('publish nothing of the private key', async () => {
    const [published, ...others] = (await server.visitor().get('/api/auth/jwks')).body.keys;
    expect(others).toEqual([]);
    expect(Object.keys(published).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'x']);
  });

  it('say who is asking', async () => {
    const identity = { userId, name: 'Ann', email: 'ann@films.test', isGuest: false, scopes: new Set(['read', 'write']), via: 'jwt' };
    expect(await whoHas(await ann.token())).toEqual(identity);
    expect(await whoHas(await signed(payload))).toEqual(identity);
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
    ['of another user than its session', () => signed({ ...payload, sub: 'somebody else' })],
    ['of no session', () => signed(without('sid'))],
    ['of a session that never was', () => signed({ ...payload, sid: 'x' })],
    ['not signed', () => new UnsecuredJWT(payload).encode()],
    ['not signed, though it names our key', async () => unsigned({ alg: 'none', kid }, payload)],
    ['signed by another key that it names ours', async () => signed(payload, {}, (await generateKeyPair('EdDSA')).privateKey)],
    ['signed by a key of its own', async () => signed(payload, { kid: 'own' }, (await generateKeyPair('EdDSA')).privateKey)],
    ['signed with the public key as a password', async () => signed(payload, { alg: 'HS256' }, await publicBytes(server))],
    ['tampered with', async () => tampered(await ann.token())],
    ['no token', () => 'abc'],
  ])('count for nothing when %s', async (_name, token) => {
    await expect(whoHas(await token())).rejects.toEqual(NO_GOOD_TOKEN);
    // Nor does the cookie beside it speak for them then: who sends a token means it.
    await expect(whoHas(await token(), ann)).rejects.toEqual(NO_GOOD_TOKEN);
  });

  it('end with the session they were made for', async () => {
    const bea = server.visitor();
    await bea.signUp('Bea');
    const token = await bea.token();
    expect(await whoHas(token)).toMatchObject({ name: 'Bea' });
    await bea.post('/api/auth/sign-out');
    await expect(whoHas(token)).rejects.toEqual(NO_GOOD_TOKEN);
    await bea.signIn('Bea');
    const later = await bea.token();
    await sql`update session set "expiresAt" = ${new Date(0).toISOString()} where "userId" = ${(await bea.authenticate())?.userId}`.execute(
      server.database.kysely,
    );
    await expect(whoHas(later)).rejects.toEqual(NO_GOOD_TOKEN);
  });

  it('are given to guests without an address', async () => {
    const guest = server.visitor();
    const guestId = await guest.beGuest();
    const token = await guest.token();
    expect(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())).toMatchObject({ sub: guestId, name: 'Guest' });
    expect(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).not.toContain('email');
    expect(await whoHas(token)).toMatchObject({ userId: guestId, email: null, isGuest: true });
  });

  it('are given to who is signed in alone', async () => {
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
