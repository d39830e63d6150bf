import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fixtureSnapshot } from '../../test/fixture-release.ts';
import { recordingMetrics } from '../../test/recording-metrics.ts';
import type { TestAppOptions } from '../../test/running-app.ts';
import { type ViewerApp, viewerApp } from '../../test/viewer-app.ts';
import { Catalog } from '../catalog/catalog.ts';
import type { Snapshot } from '../recommendations/snapshot.ts';
import { preferredEncoding } from './encoded-body.ts';
import { ReadyAnswer, ReadyAnswers } from './ready-answers.ts';

const RECOMMENDATIONS = '{ recommendations(first: 20) { totalCount nodes { explanation movie { id title overview } } } }';

describe('ready answers', () => {
  let snapshot: Snapshot;
  let otherVersion: Snapshot;
  let ready: ReadyAnswers;
  let app: ViewerApp;
  beforeAll(async () => {
    snapshot = await fixtureSnapshot();
    const { catalog } = snapshot;
    const about = { version: 'other', dataset: catalog.dataset, builtAt: catalog.builtAt.toISOString() };
    otherVersion = { ...snapshot, catalog: new Catalog(about, catalog.columns) };
  });
  const start = async (options: TestAppOptions = {}): Promise<void> => {
    ready = new ReadyAnswers({ maxBytes: 1_048_576, version: () => snapshot.catalog.version });
    app = await viewerApp(() => snapshot, { readyAnswers: ready, ...options });
  };
  afterEach(() => app.shutDown(0));

  const post = (query: string, headers: Record<string, string> = {}) =>
    app.fastify.inject({ method: 'POST', url: '/graphql', headers, payload: { query } });
  const get = (query: string, headers: Record<string, string> = {}) =>
    app.fastify.inject({ method: 'GET', url: `/graphql?query=${encodeURIComponent(query)}`, headers });

  it('are given from the third time on, byte for byte', async () => {
    await start();
    const answers = [];
    for (let n = 0; n < 4; n++) answers.push(await post(RECOMMENDATIONS));
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
    expect(new Set(answers.map(({ headers }) => headers.etag)).size).toBe(1);
    expect(ready.hits).toBe(2);
    const names = answers.map(({ headers }) => Object.keys(headers).sort().join());
    expect(new Set(names).size).toBe(1);
  });

  it('are kept for a request of 16,384 characters, and for none that is longer', async () => {
    const fixed = `{ catalog { version } } #`;
    for (const [more, hits] of [
      [0, 1],
      [1, 0],
    ] as const) {
      await start();
      const body = (padding: number): string => JSON.stringify({ query: fixed + 'x'.repeat(padding) });
      const payload = body(16_384 - body(0).length + more);
      for (let n = 0; n < 3; n++) {
        const answer = await app.fastify.inject({
          method: 'POST',
          url: '/graphql',
          headers: { 'content-type': 'application/json' },
          payload,
        });
        expect(answer.statusCode).toBe(200);
      }
      expect(ready.hits).toBe(hits);
      if (more === 0) await app.shutDown(0);
    }
  });

  it('are not kept for a request that came once', async () => {
    await start();
    await post(RECOMMENDATIONS);
    expect(ready.entries).toBe(0);
  });

  it.each([
    ['a field of the viewer', '{ movie(id: "1") { id viewerFeedback } }'],
    ['the watchlist entry of a movie', '{ movie(id: "1") { watchlistEntry { watched } } }'],
    ['the viewer', '{ viewer { id } }'],
    ['state of the server', '{ signInProviders { id } }'],
    ['an error', '{ movie(id: "1") { posterUrl(width: 0) } }'],
    ['a document that is refused', '{ nothing }'],
    ['a mutation', 'mutation { addToWatchlist(movieId: "1") { watched } }'],
  ])('are never made of %s', async (_name, query) => {
    await start();
    for (let n = 0; n < 3; n++) {
      const { headers } = await post(query);
      expect([headers['cache-control'], headers.etag]).toEqual(['private, no-store', undefined]);
    }
    expect([ready.entries, ready.hits]).toEqual([0, 0]);
  });

  it('are never made of an answer that tells its price, which says what the caller spent', async () => {
    await start();
    const payload = { query: '{ catalog { version } }', extensions: { cost: true } };
    for (let n = 0; n < 3; n++) {
      const { headers, body } = await app.fastify.inject({ method: 'POST', url: '/graphql', payload });
      expect(body).toContain('"cost"');
      expect(headers['cache-control']).toBe('private, no-store');
    }
    expect([ready.entries, ready.hits]).toEqual([0, 0]);
  });

  it('are not given to a caller with credentials', async () => {
    await start();
    const { headers, ask } = app.viewer();
    for (let n = 0; n < 3; n++) await post(RECOMMENDATIONS);
    const first: { recommendations: { nodes: { movie: { id: string } }[] } } = await ask(RECOMMENDATIONS);
    const { id } = first.recommendations.nodes[0].movie;
    await ask(`mutation { setFeedback(movieId: "${id}", signal: NOT_INTERESTED) { id } }`);
    const hits = ready.hits;
    const own = await post(RECOMMENDATIONS, headers);
    expect(own.body).not.toContain(`"id":"${id}"`);
    expect(own.headers['cache-control']).toBe('private, no-store');
    expect((await post(RECOMMENDATIONS)).body).toContain(`"id":"${id}"`);
    expect(ready.hits).toBe(hits + 1);
  });

  it('go with the catalog version', async () => {
    const before = snapshot;
    await start();
    for (let n = 0; n < 3; n++) await post('{ catalog { version } }');
    expect(ready.entries).toBe(1);
    snapshot = otherVersion;
    expect((await post('{ catalog { version } }')).json().data.catalog.version).toBe('other');
    snapshot = before;
    expect((await post('{ catalog { version } }')).json().data.catalog.version).toBe(before.catalog.version);
    expect(ready.hits).toBe(1);
  });

  it('honour accept', async () => {
    await start();
    const accept = 'application/graphql-response+json';
    for (let n = 0; n < 3; n++) {
      expect((await post(RECOMMENDATIONS)).headers['content-type']).toContain('application/json');
      expect((await post(RECOMMENDATIONS, { accept })).headers['content-type']).toContain(accept);
    }
  });

  it('honour accept-encoding, and name each form by a tag of its own', async () => {
    await start();
    const plain = await post(RECOMMENDATIONS);
    for (let n = 0; n < 3; n++) {
      const br = await post(RECOMMENDATIONS, { 'accept-encoding': 'gzip, br' });
      expect(br.headers['content-encoding']).toBe('br');
      expect(brotliDecompressSync(br.rawPayload).toString()).toBe(plain.body);
      const gzip = await post(RECOMMENDATIONS, { 'accept-encoding': 'gzip' });
      expect(gzip.headers['content-encoding']).toBe('gzip');
      expect(gunzipSync(gzip.rawPayload).toString()).toBe(plain.body);
      expect(new Set([br, gzip, plain].map(({ headers }) => headers.etag)).size).toBe(3);
    }
  });

  it('by GET may be kept by a cache in front, and only the anonymous ones', async () => {
    await start();
    for (let n = 0; n < 3; n++) {
      const { headers } = await get(RECOMMENDATIONS);
      expect(headers['cache-control']).toBe('public, max-age=60');
      expect(headers.vary).toBe('accept, accept-encoding, x-test-user');
    }
    expect((await get(RECOMMENDATIONS, app.viewer().headers)).headers['cache-control']).toBe('private, no-store');
    expect((await get('{ viewer { id } }')).headers['cache-control']).toBe('private, no-store');
  });

  it('keep the vary of CORS', async () => {
    await start({ corsOrigins: ['https://films.example'] });
    for (let n = 0; n < 3; n++) {
      const { headers } = await get(RECOMMENDATIONS, { origin: 'https://films.example' });
      expect(headers.vary).toBe('Origin, accept, accept-encoding, x-test-user');
      expect(headers['access-control-allow-origin']).toBe('https://films.example');
    }
  });

  it('are 304 for a caller that has them', async () => {
    await start();
    for (const send of [get, post])
      for (let n = 0; n < 3; n++) {
        const { headers } = await send(RECOMMENDATIONS);
        const again = await send(RECOMMENDATIONS, { 'if-none-match': `"other", W/${headers.etag}` });
        expect([again.statusCode, again.body, again.headers.etag]).toEqual([304, '', headers.etag]);
        expect((await send(RECOMMENDATIONS, { 'if-none-match': '"other"' })).statusCode).toBe(200);
      }
  });

  it('are the same for HEAD as for GET, without the body, and 304 for "*" at any place', async () => {
    await start();
    const url = `/graphql?query=${encodeURIComponent(RECOMMENDATIONS)}`;
    const [first] = [await get(RECOMMENDATIONS), await get(RECOMMENDATIONS)];
    const head = await app.fastify.inject({ method: 'HEAD', url });
    expect([head.statusCode, head.body, head.headers.etag, head.headers['cache-control']]).toEqual([
      200,
      '',
      first.headers.etag,
      'public, max-age=60',
    ]);
    expect(ready.hits).toBe(1);
    for (const tags of ['*', '"other", *', `"other" , ${first.headers.etag}`])
      expect((await get(RECOMMENDATIONS, { 'if-none-match': tags })).statusCode, tags).toBe(304);
    expect((await get(RECOMMENDATIONS, { 'if-none-match': `x${first.headers.etag}` })).statusCode).toBe(200);
  });

  it('count in the metrics and the log as any operation', async () => {
    const metrics = recordingMetrics();
    await start({ metrics });
    for (let n = 0; n < 4; n++) await post(RECOMMENDATIONS);
    expect(metrics.of('operation').map(([operation, code]) => `${operation} ${code}`)).toEqual(Array(4).fill('recommendations OK'));
    expect(app.logged.filter(({ msg }) => msg === 'answered')).toHaveLength(4);
  });

  it('are bounded in bytes', async () => {
    await start();
    const small = new ReadyAnswers({ maxBytes: 100_000, version: () => '1' });
    const answer = (): ReadyAnswer => new ReadyAnswer('application/json', 'x'.repeat(10_000), 'movie');
    small.get('');
    for (let n = 0; n < 100; n++) for (let twice = 0; twice < 2; twice++) small.offer(`key ${n}`, '1', answer());
    expect(small.entries).toBeGreaterThan(5);
    expect(small.bytes).toBeLessThanOrEqual(100_000);
    expect(small.get('key 99')).toBeDefined();
    small.offer('late', 'before', answer());
    small.offer('late', 'before', answer());
    expect(small.get('late')).toBeUndefined();
  });
});

describe('the encoding of an answer', () => {
  it.each([
    [undefined, undefined],
    ['', undefined],
    ['identity', undefined],
    ['gzip, deflate, br', 'br'],
    ['gzip;q=1.0, br;q=0.5', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['*', 'br'],
    ['*;q=0.1, gzip', 'gzip'],
    ['gzip;q=0', undefined],
    ['deflate', undefined],
  ])('for %s is %s', (header, encoding) => {
    expect(preferredEncoding(header)).toBe(encoding);
  });
});

describe('the store of ready answers', () => {
  const TEXT = 'x'.repeat(1_000);
  const answer = (): ReadyAnswer => new ReadyAnswer('application/json', TEXT, 'Q');

  it('weighs the bytes of every form, two for each character of the key, and 500', async () => {
    const store = new ReadyAnswers({ maxBytes: 100_000, version: () => '1' });
    const made = answer();
    for (let n = 0; n < 2; n++) store.offer('key', '1', made);
    expect([store.entries, store.bytes]).toEqual([1, 1_000 + 2 * 3 + 500]);
    const form = await store.encoded('key', made, 'br');
    expect(store.bytes).toBe(1_000 + form.length + 2 * 3 + 500);
    // The form of an answer that is kept no longer counts for nobody.
    await store.encoded('key', answer(), 'gzip');
    expect(store.bytes).toBe(1_000 + form.length + 2 * 3 + 500);
  });

  it('keeps an answer that fills it, and none that is larger', () => {
    for (const [maxBytes, entries] of [
      [1_506, 1],
      [1_505, 0],
      [0, 0],
    ] as const) {
      const store = new ReadyAnswers({ maxBytes, version: () => '1' });
      for (let n = 0; n < 2; n++) store.offer('key', '1', answer());
      expect(store.entries).toBe(entries);
    }
  });

  it('takes no answer of another version, and drops all when the version changes', () => {
    let version = '1';
    const store = new ReadyAnswers({ maxBytes: 100_000, version: () => version });
    for (let n = 0; n < 3; n++) store.offer('key', '0', answer());
    expect(store.get('key')).toBeUndefined();
    for (let n = 0; n < 2; n++) store.offer('key', '1', answer());
    expect([store.get('key')?.operation, store.hits]).toEqual(['Q', 1]);
    version = '2';
    expect([store.get('key'), store.entries, store.hits]).toEqual([undefined, 0, 1]);
  });
});
