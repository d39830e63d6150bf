import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixtureSnapshot } from '../../test/fixture-release.ts';
import { emptyLibrary, refusal, send } from '../../test/running-app.ts';
import { type ViewerApp, viewerApp } from '../../test/viewer-app.ts';
import type { LibraryStore } from '../library/library-store.ts';
import type { Snapshot } from '../recommendations/snapshot.ts';

const IMPORT = 'mutation ($text: String!) { importHistory(text: $text, source: LETTERBOXD_WATCHED) { rowCount } }';
/** It takes some hundred milliseconds. */
const LONG = `Name,Year\n${Array.from({ length: 50_000 }, (_, n) => `Movie ${n},1999`).join('\n')}\n`;
/** Longer than the import would take. */
const AFTERWARDS_MS = 2_000;

describe('a request that is over', () => {
  let snapshot: Snapshot;
  let app: ViewerApp;
  let merges = 0;
  const counting = async (): Promise<LibraryStore> => {
    const library = await emptyLibrary();
    const mergeHistory = library.mergeHistory.bind(library);
    library.mergeHistory = (...args) => {
      merges++;
      return mergeHistory(...args);
    };
    return library;
  };
  beforeAll(async () => {
    snapshot = await fixtureSnapshot();
    app = await viewerApp(() => snapshot, { library: await counting() });
  });
  afterAll(() => app.shutDown(0));

  it('does not go on when the caller went away', async () => {
    const url = await app.fastify.listen({ port: 0, host: '127.0.0.1' });
    const request = (signal: AbortSignal): Promise<Response> =>
      fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...app.viewer().headers },
        body: JSON.stringify({ query: IMPORT, variables: { text: LONG } }),
        signal,
      });
    expect(await (await request(AbortSignal.timeout(20_000))).json()).toEqual({ data: { importHistory: { rowCount: 50_000 } } });
    expect(merges).toBe(1);
    await expect(request(AbortSignal.timeout(60))).rejects.toThrow();
    await wait(AFTERWARDS_MS);
    expect(merges).toBe(1);
  });

  it('does not go on after its time', async () => {
    const before = merges;
    const hasty = await viewerApp(() => snapshot, { library: await counting(), requestTimeoutMs: 40 });
    const error = await hasty.viewer().refusal(IMPORT, { text: LONG });
    expect(error).toMatchObject({ status: 503, extensions: { code: 'TIMEOUT' } });
    await wait(AFTERWARDS_MS);
    expect(merges).toBe(before);
    await hasty.shutDown(0);
  });
});

describe('a body', () => {
  let app: ViewerApp;
  beforeAll(async () => {
    const snapshot = await fixtureSnapshot();
    app = await viewerApp(() => snapshot);
  });
  afterAll(() => app.shutDown(0));

  it('has a query of at most 20,480 characters', async () => {
    const query = (length: number): string => '{ catalog { version } } #'.padEnd(length, 'x');
    expect((await send(app, query(20_480))).status).toBe(200);
    expect(await refusal(app, query(20_481))).toMatchObject({ status: 400, extensions: { code: 'QUERY_TOO_LONG' } });
  });

  it('is larger than the body limit only for an import', async () => {
    const { headers } = app.viewer();
    const movie = 'query ($id: ID!) { movie(id: $id) { id } }';
    expect((await send(app, movie, { id: 'x'.repeat(102_400) }, headers)).status).toBe(200);
    const error = await refusal(app, movie, { id: 'x'.repeat(102_401) }, headers);
    expect(error).toMatchObject({ status: 413, extensions: { code: 'PAYLOAD_TOO_LARGE' } });
    const text = `Name\n${'Alien\n'.repeat(20_000)}`;
    expect(await app.viewer().ask(IMPORT, { text })).toEqual({ importHistory: { rowCount: 20_000 } });
  });

  it('has at most 20,000 JSON values', async () => {
    const movies = 'query ($ids: [ID!]!) { movies(ids: $ids) { id } }';
    const ids = (n: number) => Array(n).fill(1);
    // The object, its two members, the variables and the list are values too.
    expect((await refusal(app, movies, { ids: ids(19_995) }, app.viewer().headers)).extensions.code).toBe('BAD_USER_INPUT');
    expect((await refusal(app, movies, { ids: ids(19_997) }, app.viewer().headers)).status).toBe(413);
  });

  it('with many wrong variables is answered with the first', async () => {
    const variables = { prefs: Object.fromEntries(Array.from({ length: 4_500 }, (_, n) => [`f${n}`, n])) };
    const error = await refusal(app, 'query ($prefs: PreferencesInput) { recommendations(prefs: $prefs) { totalCount } }', variables);
    expect(error).toMatchObject({ status: 400, extensions: { code: 'BAD_USER_INPUT' } });
    expect(error.message.length).toBeLessThanOrEqual(500);
  });
});
