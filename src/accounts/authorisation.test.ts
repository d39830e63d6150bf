import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  getNamedType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AccountsApp, accountsApp, type Visitor } from '../../test/accounts-app.ts';
import { createSchema } from '../graphql/schema.ts';

const MATRIX = '2571';
const ALIEN = '1214';
const ALIENS = '1200';

/** The one who may see what is the owner's. */
const READER = 'a program that may only read';

const schema = createSchema();
const MUTATIONS = Object.values(schema.getMutationType()?.getFields() ?? {});
/** Every mutation there is, made up from the schema, about movies that the owner has said something of. */
const mutations = MUTATIONS.map((field): [string, string] => [field.name, `mutation { ${callOf(field)} }`]);
/** Every field of a viewer, and what a movie has of one. */
const viewerType = schema.getType('Viewer');
const viewerFields = isCompositeType(viewerType) && 'getFields' in viewerType ? Object.values(viewerType.getFields()) : [];
const READ = `{ viewer { ${viewerFields.map((field) => callOf(field)).join(' ')} }
  likes: viewer { likedMovies { id } dislikedMovies { id } watchlist { totalCount } preferences { languages } }
  movies(ids: ["${MATRIX}", "${ALIEN}", "${ALIENS}"]) { viewerFeedback watchlistEntry { watched } }
  recommendations(first: 100) { nodes { movie { id } } } }`;

describe('who may do what', () => {
  let server: AccountsApp;
  let owner: Visitor;
  let ownerId: string;
  /** Those who are not the owner, and how their requests are signed. */
  const others: Record<string, () => Promise<[Visitor, Record<string, string>]>> = {
    'someone signed out': async () => [server.visitor(), {}],
    'someone whose session ended': async () => [await withSession('expired'), {}],
    'someone whose session was revoked': async () => [await withSession('revoked'), {}],
    'a guest': async () => {
      const guest = server.visitor();
      await guest.beGuest();
      return [guest, {}];
    },
    'another user': async () => [await newUser(), {}],
    'another user with a token': async () => [server.visitor(), { authorization: `Bearer ${await (await newUser()).token()}` }],
    'another user with a key to write': async () => [
      server.visitor(),
      { 'x-api-key': (await (await newUser()).apiKey({ configId: 'write' })).key },
    ],
    'the page of another site in the browser of the owner': async () => [owner, { origin: 'https://evil.test' }],
    'someone with a wrong key in the browser of the owner': async () => [owner, { 'x-api-key': 'cm_wrong' }],
    'someone with a wrong token in the browser of the owner': async () => [owner, { authorization: 'Bearer a.b.c' }],
    [READER]: async () => [server.visitor(), { 'x-api-key': (await owner.apiKey()).key }],
  };
  /** The code that their mutations fail with; the others change what is their own. */
  const refusals: Record<string, string> = {
    'someone signed out': 'UNAUTHENTICATED',
    'someone whose session ended': 'UNAUTHENTICATED',
    'someone whose session was revoked': 'UNAUTHENTICATED',
    'the page of another site in the browser of the owner': 'UNAUTHENTICATED',
    'someone with a wrong key in the browser of the owner': 'UNAUTHENTICATED',
    'someone with a wrong token in the browser of the owner': 'UNAUTHENTICATED',
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
    else await sql`update session set "expiresAt" = ${new Date(0).toISOString()} where token = ${token}`.execute(server.database.kysely);
    return visitor;
  };
  const kept = async (): Promise<unknown[]> => {
    const tables = ['library_watchlist', 'library_feedback', 'library_preferences'];
    const rows = tables.map((table) => sql`select * from ${sql.table(table)} where user_id = ${ownerId}`.execute(server.database.kysely));
    return (await Promise.all(rows)).map((result) => result.rows);
  };

  it('knows every mutation and every field of a viewer', () => {
    expect(mutations.length).toBeGreaterThanOrEqual(6);
    expect(viewerFields.length).toBeGreaterThanOrEqual(7);
  });

  it('lets the owner see what is theirs', async () => {
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
    it('changes nothing of the owner’s, by any mutation', async () => {
      const [visitor, headers] = (await others[name]?.()) ?? [];
      if (visitor === undefined) throw new Error(`nobody is ${name}`);
      const before = await kept();
      for (const [mutation, document] of mutations) {
        const { body } = await visitor.graphql(document, {}, headers);
        const codes = (body.errors ?? []).map(({ extensions }: { extensions: { code: string } }) => extensions.code);
        if (refusals[name] !== undefined) expect(codes, mutation).toEqual([refusals[name]]);
        else expect(codes, mutation).not.toContain('INTERNAL_SERVER_ERROR');
        expect(await kept(), mutation).toEqual(before);
      }
    });

    if (name === READER) return;
    it('sees nothing of the owner’s', async () => {
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

    it.each(['/export.json', '/export.csv'])('gets nothing of the owner’s at %s', async (path) => {
      const [visitor, headers] = (await others[name]?.()) ?? [];
      const answer = await visitor?.get(path, headers);
      const text = JSON.stringify(answer?.body);
      for (const mark of [ownerId, 'owner@films.test', 'LIKE', 'sci-fi', ALIEN]) expect(text).not.toContain(mark);
      expect(answer?.status).toBe(refusals[name] === undefined ? 200 : 401);
    });
  });

  it('lets a program with a key that only reads see what the owner sees', async () => {
    const { body } = await server.visitor().graphql(READ, {}, { 'x-api-key': (await owner.apiKey()).key });
    expect(body).toEqual((await owner.graphql(READ)).body);
  });

  it('exports to the owner, and to the owner’s program', async () => {
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

  it('lets a program with a key to write, and a token, change what the owner may change', async () => {
    const clear = `mutation { setFeedback(movieId: "${MATRIX}", signal: NOT_INTERESTED) { viewerFeedback } }`;
    const back = `mutation { setFeedback(movieId: "${MATRIX}", signal: LIKE) { viewerFeedback } }`;
    const program = server.visitor();
    const withKey = await program.graphql(clear, {}, { 'x-api-key': (await owner.apiKey({ configId: 'write' })).key });
    expect(withKey.body).toEqual({ data: { setFeedback: { viewerFeedback: 'NOT_INTERESTED' } } });
    const withToken = await program.graphql(back, {}, { authorization: `Bearer ${await owner.token()}` });
    expect(withToken.body).toEqual({ data: { setFeedback: { viewerFeedback: 'LIKE' } } });
  });

  it('answers wrong keys and tokens with 401, and says so', async () => {
    for (const headers of [{ 'x-api-key': 'cm_wrong' }, { authorization: 'Bearer a.b.c' }]) {
      const answer = await server.visitor().graphql('{ viewer { id } }', {}, headers);
      expect(answer.status).toBe(401);
      expect(answer.body.errors[0]).toMatchObject({ extensions: { code: 'UNAUTHENTICATED' }, path: ['viewer'] });
    }
  });

  it('answers a key that asks more often than it may with 429 and when to come back', async () => {
    const strict = await accountsApp({ apiKeyRequestsPerMinute: 3 });
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

/** A call of the field, with some selection when it needs one. */
function callOf(field: GraphQLField<unknown, unknown>): string {
  const needed = field.args.filter(({ type, defaultValue }) => isNonNullType(type) && defaultValue === undefined);
  const call = needed.length === 0 ? field.name : `${field.name}(${needed.map(argumentOf).join(', ')})`;
  return isCompositeType(getNamedType(field.type)) ? `${call} { __typename }` : call;
}

function argumentOf({ name, type }: GraphQLArgument): string {
  return `${name}: ${literalOf(type)}`;
}

function literalOf(type: GraphQLInputType): string {
  if (isNonNullType(type)) return literalOf(type.ofType);
  if (isListType(type)) return type.ofType.toString().startsWith('ID') ? `["${MATRIX}", "${ALIEN}", "${ALIENS}"]` : '[]';
  if (isEnumType(type)) return type.getValues().at(-1)?.name ?? '';
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter((field) => isNonNullType(field.type));
    return `{ ${fields.map((field) => `${field.name}: ${literalOf(field.type)}`).join(', ')} }`;
  }
  return { ID: `"${MATRIX}"`, String: '"text"', Boolean: 'true', Int: '1', Float: '1' }[type.name] ?? '""';
}
