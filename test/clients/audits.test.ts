import { type AuditResult, serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixtureSnapshot } from '../fixture-release.ts';
import { type TestApp, testApp } from '../running-app.ts';

/** The audits of https://github.com/graphql/graphql-http, by the text of the GraphQL over HTTP specification. */
const AUDITS = serverAudits({
  url: 'http://the-url-is-replaced/graphql',
  fetchFn: () => Promise.reject(new Error('no audit is run here')),
});

/**
 * Audits that we do not pass. None is a MUST: they advise status 200 for requests that cannot be executed, when the caller accepts
 * application/json. We answer 400 whatever the caller accepts, as Apollo Server does, so that proxies and monitors see the refusal.
 */
const EXCEPTIONS = new Map([
  ['572B', 'a document that cannot be parsed'],
  ['FDE2', 'a document that does not validate'],
  ['7B9B', 'variables of a wrong type'],
]);

describe("graphql-http's audits of a server", () => {
  let app: TestApp;
  let results: Map<string, AuditResult>;

  beforeAll(async () => {
    const snapshot = await fixtureSnapshot();
    app = await testApp(() => snapshot);
    const url = `${await app.fastify.listen({ port: 0, host: '127.0.0.1' })}/graphql`;
    const audits = serverAudits({ url, fetchFn: fetch });
    results = new Map();
    for (const audit of audits) results.set(audit.id, await audit.fn());
  });

  afterAll(() => app?.shutDown(0));

  it('are as many as we know', () => {
    expect(AUDITS.length).toBeGreaterThanOrEqual(61);
    expect(results.size).toBe(AUDITS.length);
  });

  it.each(AUDITS.map(({ id, name }) => ({ id, name })))('$id: $name', ({ id }) => {
    const result = results.get(id);
    if (EXCEPTIONS.has(id)) expect(result?.status).toBe('warn');
    else expect(result).toMatchObject({ status: 'ok' });
  });
});
