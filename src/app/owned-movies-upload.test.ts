import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixtureSnapshot, type TemporaryFolder, temporaryFolder } from '../../test/fixture-release.ts';
import { type ViewerApp, viewerApp } from '../../test/viewer-app.ts';
import { readOwnedMovies } from '../engine/artifacts/owned-movies.ts';
import { MAX_OWNED_MOVIES } from './owned-movies-upload.ts';

describe('PUT /api/library', () => {
  let app: ViewerApp;
  let folder: TemporaryFolder;
  beforeAll(async () => {
    const snapshot = await fixtureSnapshot();
    folder = await temporaryFolder();
    app = await viewerApp(() => snapshot, { artifactsDirectory: folder.path });
  });
  afterAll(async () => {
    await app.shutDown(0);
    await folder.remove();
  });

  const OWNER = { 'x-test-user': 'ann', 'x-test-role': 'owner' };
  const put = async (payload: string, type = 'application/json', headers: Record<string, string> = OWNER) => {
    const response = await app.fastify.inject({
      method: 'PUT',
      url: '/api/library',
      headers: { ...headers, 'content-type': type },
      payload,
    });
    return { status: response.statusCode, body: response.json() };
  };
  const refusal = async (...request: Parameters<typeof put>): Promise<[number, string, string]> => {
    const { status, body } = await put(...request);
    return [status, body.errors[0].extensions.code, body.errors[0].message];
  };

  it('stores ids of TMDb and IMDb for the next refresh. Each list replaces the one before', async () => {
    expect(await put('[603, "tt0133093"]')).toEqual({ status: 200, body: { movies: 2, shownFrom: 'next refresh' } });
    expect(await readOwnedMovies(folder.path)).toEqual([
      { tmdbId: 603, imdbId: undefined },
      { tmdbId: undefined, imdbId: 'tt0133093' },
    ]);
    const table = 'Title;IMDb_ID;TMDb_ID\nAlien;78748;348\n"A ""B""";tt1;\n';
    expect(await put(table, 'text/csv; charset=utf-8')).toEqual({ status: 200, body: { movies: 2, shownFrom: 'next refresh' } });
    expect(await readOwnedMovies(folder.path)).toEqual([
      { tmdbId: 348, imdbId: 'tt0078748' },
      { tmdbId: undefined, imdbId: 'tt0000001' },
    ]);
    // Lists that come at the same time are written one over the other, each whole.
    const lists = ['[1,2]', '[3]', '[4]'];
    expect((await Promise.all(lists.map((list) => put(list)))).map(({ status }) => status)).toEqual([200, 200, 200]);
    expect([[1, 2], [3], [4]]).toContainEqual((await readOwnedMovies(folder.path))?.map(({ tmdbId }) => tmdbId));
    expect(await put('[]')).toEqual({ status: 200, body: { movies: 0, shownFrom: 'next refresh' } });
    expect(await readOwnedMovies(folder.path)).toEqual([]);
  });

  it.each<[string, Record<string, string>, number, string]>([
    ['nobody', {}, 401, 'UNAUTHENTICATED'],
    ['a member', { 'x-test-user': 'bob' }, 403, 'FORBIDDEN'],
    ['a key that only reads', { ...OWNER, 'x-test-scopes': 'read' }, 403, 'FORBIDDEN'],
  ])('refuses %s before it reads the body', async (_, headers, status, code) => {
    expect((await refusal('{', 'application/json', headers)).slice(0, 2)).toEqual([status, code]);
  });

  it('takes the key of an admin that writes', async () => {
    const headers = { 'x-test-user': 'eve', 'x-test-role': 'admin', 'x-test-scopes': 'write' };
    expect((await put('[1]', 'application/json', headers)).status).toBe(200);
  });

  it.each<[string, string, string, number, string]>([
    ['text', '[603', 'application/json', 400, 'The body is not JSON. It must be a JSON list of ids, such as [603, "tt0133093"], or CSV'],
    ['an object', '{"movies":[603]}', 'application/json', 400, 'The body is not a list.'],
    ['a wrong id', '[603,"603"]', 'application/json', 400, '[1]: "603" is no id; TMDb\'s ids are whole numbers from 1'],
    ['a null', '[null]', 'application/json', 400, '[0]: "null" is no id'],
    ['a fraction', '[1.5]', 'application/json', 400, '[0]: "1.5" is no id'],
    ['a list in the list', '[["tt0133093"]]', 'application/json', 400, '[0]: "[\\"tt0133093\\"]" is no id'],
    ['a table of titles', 'title,year\nAlien,1979\n', 'text/csv', 400, 'The table has the columns "title", "year".'],
    ['a row without an id', 'tmdb_id\n603\nx\n', 'text/csv', 400, 'record 3: "x," is no id'],
    ['an open quote', 'tmdb_id\n"603\n', 'text/csv', 400, 'The table cannot be read: a quoted field is not closed.'],
    ['another form', 'tmdb_id: 603', 'application/yaml', 415, ''],
    ['too many', `[${'1,'.repeat(MAX_OWNED_MOVIES)}1]`, 'application/json', 413, `at most ${MAX_OWNED_MOVIES} movies are taken`],
    ['too many rows', `tmdb_id\n${'1\n'.repeat(MAX_OWNED_MOVIES + 1)}`, 'text/csv', 413, `at most ${MAX_OWNED_MOVIES} movies are taken`],
  ])('refuses %s and keeps the list', async (_, payload, type, status, message) => {
    await put('[7]');
    const [found, , text] = await refusal(payload, type);
    expect([found, text]).toEqual([status, expect.stringContaining(message)]);
    expect(await readOwnedMovies(folder.path)).toEqual([{ tmdbId: 7, imdbId: undefined }]);
  });
});
