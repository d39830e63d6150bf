import Fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { CredentialError } from '../accounts/credential-error.ts';
import type { Identity } from '../accounts/identity.ts';
import { errorReplies } from '../http/error-replies.ts';
import { graphqlRoute } from '../http/graphql-route.ts';
import { ReadyAnswers } from '../http/ready-answers.ts';
import { requestIdentity, routeIdentity } from './authentication.ts';

const ANN: Identity = {
  userId: 'ann',
  name: 'Ann',
  email: null,
  emailVerified: false,
  isGuest: false,
  role: 'member' as const,
  scopes: new Set(['read']),
  via: 'session',
};

describe('authentication', () => {
  /** A GraphQL route that answers the user id, for bodies of 100 bytes or, from signed-in users, 1,000 bytes. */
  const appWith = async (authenticate: () => Promise<Identity | null>) => {
    const app = Fastify();
    const identityOf = requestIdentity(authenticate);
    await app.register(errorReplies, { pages: undefined });
    await app.register(graphqlRoute, {
      execute: async (request) => ({
        status: 200,
        headers: [],
        contentType: 'text/plain',
        body: String((await identityOf(request))?.userId),
        shared: undefined,
      }),
      authenticate: routeIdentity(identityOf),
      credentialHeaders: [],
      parseJson: (_request, text, done) => done(null, JSON.parse(text)),
      ready: new ReadyAnswers({ maxBytes: 0, version: () => '1' }),
      onReadyAnswer: () => undefined,
      playground: undefined,
      bodyLimitBytes: 100,
      importLimitBytes: 1_000,
    });
    return (bytes: number) => app.inject({ method: 'POST', url: '/graphql', payload: { query: 'x'.repeat(bytes) } });
  };

  it('is done once a request, also for a body over the usual limit', async () => {
    let calls = 0;
    const post = await appWith(async () => {
      calls++;
      return ANN;
    });
    expect((await post(500)).body).toBe('ann');
    expect(calls).toBe(1);
    expect((await post(10)).body).toBe('ann');
    expect(calls).toBe(2);
  });

  it('allows no large body without valid credentials', async () => {
    const signedOut = await appWith(async () => null);
    expect((await signedOut(500)).statusCode).toBe(413);
    const invalid = await appWith(() => Promise.reject(new CredentialError('UNAUTHENTICATED', 'The API key is not valid.')));
    expect((await invalid(500)).statusCode).toBe(413);
  });

  it('becomes 401, or 429 with the time to wait, in routes', async () => {
    const request = { headers: {} } as Parameters<ReturnType<typeof routeIdentity>>[0];
    const failing = (error: CredentialError) => routeIdentity(requestIdentity(() => Promise.reject(error)))(request);
    await expect(failing(new CredentialError('UNAUTHENTICATED', 'no'))).rejects.toMatchObject({ statusCode: 401, code: 'UNAUTHENTICATED' });
    await expect(failing(new CredentialError('RATE_LIMITED', 'later', 30))).rejects.toMatchObject({
      statusCode: 429,
      code: 'RATE_LIMITED',
      headers: { 'retry-after': '30' },
    });
  });

  it('hides defects', async () => {
    const post = await appWith(() => Promise.reject(new Error('the database is on fire')));
    const response = await post(500);
    expect(response.statusCode).toBe(500);
    expect(response.body).not.toContain('fire');
  });
});
