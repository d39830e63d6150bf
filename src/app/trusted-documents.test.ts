import { hash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fixtureSnapshot, type TemporaryFolder, temporaryFolder } from '../../test/fixture-release.ts';
import { type TestApp, type TestAppOptions, testApp } from '../../test/running-app.ts';
import { documentManifest } from '../../tools/document-manifest.ts';
import type { Snapshot } from '../recommendations/snapshot.ts';

const sha256 = (text: string): string => hash('sha256', text);
const TEXT = 'query ($id: ID!) { movie(id: $id) { id } }';
const LONG = `{ catalog { version } } #${'x'.repeat(30_000)}`;
const VARIABLES = { id: '1' };
const ANSWER = { data: { movie: { id: '1' } } };

describe('documents by their hash', () => {
  let folder: TemporaryFolder;
  let snapshot: Snapshot;
  let app: TestApp;
  beforeAll(async () => {
    snapshot = await fixtureSnapshot();
    folder = await temporaryFolder();
    await writeFile(join(folder.path, 'documents.json'), JSON.stringify({ [sha256(TEXT)]: TEXT, [sha256(LONG)]: LONG }));
  });
  afterAll(() => folder.remove());
  afterEach(() => app.shutDown(0));
  const start = async (options: TestAppOptions = {}): Promise<void> => {
    app = await testApp(() => snapshot, { clientDirectory: folder.path, ...options });
  };
  const post = async (payload: object) => {
    const response = await app.fastify.inject({ method: 'POST', url: '/graphql', payload });
    return { status: response.statusCode, ...response.json() };
  };
  const get = async (parameters: Record<string, string>) =>
    (await app.fastify.inject({ method: 'GET', url: `/graphql?${new URLSearchParams(parameters)}` })).json();
  const apq = (text: string) => ({ persistedQuery: { version: 1, sha256Hash: sha256(text) } });

  it('run when they are of the web app', async () => {
    await start();
    for (let n = 0; n < 3; n++) {
      expect(await post({ extensions: apq(TEXT), variables: VARIABLES })).toEqual({ status: 200, ...ANSWER });
      expect(await post({ documentId: `sha256:${sha256(TEXT)}`, variables: VARIABLES })).toEqual({ status: 200, ...ANSWER });
      const variables = JSON.stringify(VARIABLES);
      expect(await get({ extensions: JSON.stringify(apq(TEXT)), variables })).toEqual(ANSWER);
      expect(await get({ documentId: sha256(TEXT), variables })).toEqual(ANSWER);
    }
  });

  it('keep what else is asked for in extensions', async () => {
    await start();
    const { extensions } = await post({ extensions: { ...apq(TEXT), cost: true }, variables: VARIABLES });
    expect(extensions.cost.price).toBeGreaterThan(0);
    const asked = { documentId: sha256(TEXT), extensions: '{"cost":true}', variables: JSON.stringify(VARIABLES) };
    expect((await get(asked)).extensions.cost.price).toBeGreaterThan(0);
  });

  it('may be longer than 20 KB only when they are of the web app', async () => {
    await start();
    expect((await post({ documentId: sha256(LONG) })).data.catalog.version).toBe('fixture-1');
    expect((await post({ query: LONG })).errors[0].extensions.code).toBe('QUERY_TOO_LONG');
  });

  it('can be registered by anybody (automatic persisted queries)', async () => {
    await start();
    const query = '{ catalog { version } }';
    const unknown = await post({ extensions: apq(query) });
    expect(unknown.errors[0].extensions.code).toBe('PERSISTED_QUERY_NOT_FOUND');
    expect((await post({ query, extensions: apq(query) })).data.catalog.version).toBe('fixture-1');
    expect((await post({ extensions: apq(query) })).data.catalog.version).toBe('fixture-1');
    expect((await post({ query, extensions: apq('{ genres { id } }') })).status).toBe(400);
  });

  it('are answered as unknown in one form, however they are named', async () => {
    await start();
    for (const body of [{ documentId: 'sha256:00' }, { documentId: '' }, { extensions: apq('{ nothing }') }])
      expect((await post(body)).errors[0].extensions.code).toBe('PERSISTED_QUERY_NOT_FOUND');
    expect((await get({ documentId: 'x' })).errors[0].extensions.code).toBe('PERSISTED_QUERY_NOT_FOUND');
    expect((await post({ documentId: 7 })).status).toBe(400);
    expect((await get({ extensions: '{' })).errors[0].extensions.code).toBe('BAD_REQUEST');
  });

  it('are the only ones with TRUSTED_DOCUMENTS=only', async () => {
    await start({ trustedDocuments: 'only' });
    expect(await post({ documentId: sha256(TEXT), variables: VARIABLES })).toEqual({ status: 200, ...ANSWER });
    expect(await post({ query: TEXT, variables: VARIABLES })).toEqual({ status: 200, ...ANSWER });
    const other = '{ catalog { version } }';
    for (const body of [{ query: other }, { query: other, extensions: apq(other) }, { extensions: apq(other) }, { documentId: 'x' }, {}]) {
      const { status, errors } = await post(body);
      expect([status, errors[0].extensions.code]).toEqual([403, 'DOCUMENT_NOT_TRUSTED']);
    }
    expect((await get({ query: other })).errors[0].extensions.code).toBe('DOCUMENT_NOT_TRUSTED');
  });
});

describe('the manifest of the web app', () => {
  it('has each operation under the hash of its text', () => {
    const entries = Object.entries(documentManifest());
    expect(entries.length).toBeGreaterThan(25);
    for (const [key, text] of entries) expect(sha256(text)).toBe(key);
  });
});
