import { isCompositeType } from 'graphql';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AccountsApp, accountsApp, type Visitor } from '../../test/accounts-app.ts';
import { ALIEN, ALIENS, callOf, MATRIX } from '../../test/calls.ts';
import { createSchema } from '../graphql/schema.ts';

/** The only one of the others that may read the owner's data. */
const READER = 'a program that may only read';

const schema = createSchema();
const MUTATIONS = Object.values(schema.getMutationType()?.getFields() ?? {});
/** Every mutation of the schema, with arguments about movies in the library of the owner. The table of roles.test.ts says whom each answers. */
const mutations = MUTATIONS.map((field): [string, string] => [field.name, `mutation { ${callOf(field)} }`]);
/** Every field of a viewer, and the viewer's fields of a movie. */
const viewerType = schema.getType('Viewer');
const viewerFields = isCompositeType(viewerType) && 'getFields' in viewerType ? Object.values(viewerType.getFields()) : [];
const READ = `{ viewer { ${viewerFields.map((field) => callOf(field)).join(' ')} }
  likes: viewer { likedMovies { id } dislikedMovies { id } watchlist { totalCount } preferences { languages } }
  movies(ids: ["${MATRIX}", "${ALIEN}", "${ALIENS}"]) { viewerFeedback watchlistEntry { watched } }
  recommendations(first: 100) { nodes { movie { id } } } }`;

describe('authorization', () => {
  let server: AccountsApp;
  let owner: Visitor;
  let ownerId: string;
  /** Callers that are not the owner, with the headers of their requests. */
  const others: Record<string, () => Promise<[Visitor, Record<string, string>]>> = {
    'a signed-out caller': async () => [server.visitor(), {}],
    'a caller with an expired session': async () => [await withSession('expired'), {}],
    'a caller with a revoked session': async () => [await withSession('revoked'), {}],
    'a guest': async () => {
      const guest = server.visitor();
      await guest.beGuest();
      return [guest, {}];
    },
    'another user': async () => [await newUser(), {}],
    'another user with a token': async () => [server.visitor(), { authorization: `Bearer ${await (await newUser()).token()}` }],
    'another user with a write key': async () => [
      server.visitor(),
      { 'x-api-key': (await (await newUser()).apiKey({ configId: 'write' })).key },
    ],
    'a page of another site in the browser of the owner': async () => [owner, { origin: 'https://evil.test' }],
    'a caller with an invalid key in the browser of the owner': async () => [owner, { 'x-api-key': 'cm_wrong' }],
    'a caller with an invalid token in the browser of the owner': async () => [owner, { authorization: 'Bearer a.b.c' }],
    [READER]: async () => [server.visitor(), { 'x-api-key': (await owner.apiKey()).key }],
  };
  /** The error code of their mutations. The mutations of the others change their own data. */
  const refusals: Record<string, string> = {
    'a signed-out caller': 'UNAUTHENTICATED',
    'a caller with an expired session': 'UNAUTHENTICATED',
    'a caller with a revoked session': 'UNAUTHENTICATED',
    'a page of another site in the browser of the owner': 'UNAUTHENTICATED',
    'a caller with an invalid key in the browser of the owner': 'UNAUTHENTICATED',
    'a caller with an invalid token in the browser of the owner': 'UNAUTHENTICATED',
    [READER]: 'FORBIDDEN',
  };

  beforeAll(async () => {
    server = await accountsApp();
    owner = server.visitor();
    ownerId = await owner.signUp('Owner');
    for (const [id, signal] of [
      [MATRIX, 'LIKE'],
      [ALIENS, 'DISLIKE'],
    ]) {
      await owner.graphql('mutation ($id: ID!, $signal: FeedbackSignal!) { setFeedback(movieId: $id, signal: $signal) { id } }', {
        id,
        signal,
      });
    }
    await owner.graphql('mutation ($id: ID!) { addToWatchlist(movieId: $id) { watched } }', { id: ALIEN });
    const preferences = { preferredGenres: ['sci-fi'], services: [], languages: ['en'] };
    await owner.graphql('mutation ($preferences: StoredPreferencesInput!) { updatePreferences(preferences: $preferences) { id } }', {
      preferences,
    });
  });
  afterAll(() => server.stop());

  let users = 0;
  const newUser = async (): Promise<Visitor> => {
    const visitor = server.visitor();
    await visitor.signUp(`User${++users}`);
    return visitor;
  };
  const withSession = async (state: 'expired' | 'revoked'): Promise<Visitor> => {
    const visitor = server.visitor();
    await visitor.signIn('Owner');
    const { token } = (await visitor.get('/api/auth/get-session')).body.session;
    if (state === 'revoked') await owner.post('/api/auth/revoke-session', { token });
    else
      await sql`update cinematch_session set "expiresAt" = ${new Date(0).toISOString()} where token = ${token}`.execute(
        server.database.kysely,
      );
    return visitor;
  };
  const ownerRows = async (): Promise<unknown[]> => {
    const tables = ['cinematch_watchlist', 'cinematch_feedback', 'cinematch_preferences'];
    const rows = tables.map((table) => sql`select * from ${sql.table(table)} where user_id = ${ownerId}`.execute(server.database.kysely));
    return (await Promise.all(rows)).map((result) => result.rows);
  };

  it('lets the owner read the own data', async () => {
    const { body } = await owner.graphql(READ);
    expect(body.errors).toBeUndefined();
    expect(body.data).toMatchObject({
      viewer: { id: ownerId, email: 'owner@films.test' },
      likes: {
        likedMovies: [{ id: MATRIX }],
        dislikedMovies: [{ id: ALIENS }],
        watchlist: { totalCount: 1 },
        preferences: { languages: ['en'] },
      },
      movies: [
        { viewerFeedback: 'LIKE', watchlistEntry: null },
        { viewerFeedback: null, watchlistEntry: { watched: false } },
        { viewerFeedback: 'DISLIKE', watchlistEntry: null },
      ],
    });
    expect(JSON.stringify(body.data.recommendations)).not.toMatch(/"(2571|1200)"/);
  });

  describe.each(Object.keys(others))('%s', (name) => {
    it('cannot change the data of the owner by any mutation', async () => {
      const [visitor, headers] = (await others[name]?.()) ?? [];
      if (visitor === undefined) throw new Error(`unknown caller: ${name}`);
      const before = await ownerRows();
      for (const [mutation, document] of mutations) {
        const { body } = await visitor.graphql(document, {}, headers);
        const codes = (body.errors ?? []).map(({ extensions }: { extensions: { code: string } }) => extensions.code);
        if (refusals[name] !== undefined) expect(codes, mutation).toEqual([refusals[name]]);
        else expect(codes, mutation).not.toContain('INTERNAL_SERVER_ERROR');
        expect(await ownerRows(), mutation).toEqual(before);
      }
    });

    if (name === READER) return;
    it('cannot read the data of the owner', async () => {
      const [visitor, headers] = (await others[name]?.()) ?? [];
      const answer = await visitor?.graphql(READ, {}, headers);
      const text = JSON.stringify(answer?.body);
      expect(text).not.toContain(ownerId);
      expect(text).not.toContain('owner@films.test');
      const { data, errors } = answer?.body ?? {};
      if (errors !== undefined) {
        expect(new Set(errors.map(({ extensions }: { extensions: { code: string } }) => extensions.code))).toEqual(
          new Set(['UNAUTHENTICATED']),
        );
        return;
      }
      const nothing = { likedMovies: [], dislikedMovies: [], watchlist: { totalCount: 0 }, preferences: { languages: [] } };
      if (data.viewer === null) expect(data.likes).toBeNull();
      else expect(data.likes).toEqual(nothing);
      expect(data.movies).toEqual(Array.from({ length: 3 }, () => ({ viewerFeedback: null, watchlistEntry: null })));
    });

    it.each(['/export.json', '/export.csv'])('cannot export the data of the owner by %s', async (path) => {
      const [visitor, headers] = (await others[name]?.()) ?? [];
      const answer = await visitor?.get(path, headers);
      const text = JSON.stringify(answer?.body);
      for (const mark of [ownerId, 'owner@films.test', 'LIKE', 'sci-fi', ALIEN]) expect(text).not.toContain(mark);
      expect(answer?.status).toBe(refusals[name] === undefined ? 200 : 401);
    });
  });

  it('lets a program with a read key read the same data as the owner', async () => {
    const { body } = await server.visitor().graphql(READ, {}, { 'x-api-key': (await owner.apiKey()).key });
    expect(body).toEqual((await owner.graphql(READ)).body);
  });

  it('exports to the owner and to a program of the owner', async () => {
    const { key } = await owner.apiKey();
    for (const [visitor, headers] of [
      [owner, {}],
      [server.visitor(), { 'x-api-key': key }],
    ] as const) {
      const { status, body } = await visitor.get('/export.json', headers);
      expect(status).toBe(200);
      expect(JSON.stringify(body)).toContain('owner@films.test');
      expect(body.feedback.map(({ movieId, signal }: { movieId: string; signal: string }) => [movieId, signal]).sort()).toEqual([
        [ALIENS, 'DISLIKE'],
        [MATRIX, 'LIKE'],
      ]);
    }
  });

  it('lets a program with a write key or a token change the data of the owner', async () => {
    const clear = `mutation { setFeedback(movieId: "${MATRIX}", signal: NOT_INTERESTED) { viewerFeedback } }`;
    const back = `mutation { setFeedback(movieId: "${MATRIX}", signal: LIKE) { viewerFeedback } }`;
    const program = server.visitor();
    const withKey = await program.graphql(clear, {}, { 'x-api-key': (await owner.apiKey({ configId: 'write' })).key });
    expect(withKey.body).toEqual({ data: { setFeedback: { viewerFeedback: 'NOT_INTERESTED' } } });
    const withToken = await program.graphql(back, {}, { authorization: `Bearer ${await owner.token()}` });
    expect(withToken.body).toEqual({ data: { setFeedback: { viewerFeedback: 'LIKE' } } });
  });

  it('answers invalid keys and tokens with 401 and UNAUTHENTICATED', async () => {
    for (const headers of [{ 'x-api-key': 'cm_wrong' }, { authorization: 'Bearer a.b.c' }]) {
      const answer = await server.visitor().graphql('{ viewer { id } }', {}, headers);
      expect(answer.status).toBe(401);
      expect(answer.body.errors[0]).toMatchObject({ extensions: { code: 'UNAUTHENTICATED' }, path: ['viewer'] });
    }
  });

  it('answers a key above its limit with 429 and a retry time', async () => {
    const strict = await accountsApp({ requestsPerKey: 3 });
    const ann = strict.visitor();
    await ann.signUp('Ann');
    const [{ key }, other] = [await ann.apiKey(), await ann.apiKey()];
    const ask = (by: string) => strict.visitor().graphql('{ viewer { name } }', {}, { 'x-api-key': by });
    const statuses = (await Promise.all(Array.from({ length: 8 }, () => ask(key)))).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 200, 200, 429, 429, 429, 429, 429]);
    const refused = await ask(key);
    expect(refused.body.errors[0].extensions.code).toBe('RATE_LIMITED');
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(50);
    expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(60);
    expect((await ask(other.key)).status).toBe(200);
    await strict.stop();
  });

  it('asks the database nothing of who sends no credentials', async () => {
    const statements = () => server.metrics.of('databaseStatement').length;
    const before = statements();
    await server.visitor().graphql(READ);
    expect(statements()).toBe(before);
  });
});
