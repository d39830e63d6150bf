import { admin } from 'better-auth/plugins';
import { type GraphQLField, type GraphQLNamedType, getNamedType, isObjectType } from 'graphql';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Audience, CALLERS, type Caller, documentsOf, FIELDS, REFUSALS } from '../../test/access-table.ts';
import { type AccountsApp, accountsApp, PUBLIC_URL, type Visitor } from '../../test/accounts-app.ts';
import { routeNames } from '../../test/route-names.ts';
import { createSchema } from '../graphql/schema.ts';

const schema = createSchema();
const DOCUMENTS = documentsOf(schema);
const fieldsOf = (type: GraphQLNamedType | null | undefined): GraphQLField<unknown, unknown>[] =>
  isObjectType(type) ? Object.values(type.getFields()) : [];

/** Whom a route answers: everybody alike with one status, every account, accounts in a browser, admins, or admins and their keys. */
type RouteAudience = number | 'accounts' | 'browsers' | 'admins' | 'adminPrograms';
/** Every route with a path to ask for. A route without a row fails the test. */
const ROUTES: Record<string, [path: string, audience: RouteAudience]> = {
  'GET /': ['/', 200],
  'GET /api/auth/*': ['/api/auth/list-sessions', 'browsers'],
  'GET /audit.csv': ['/audit.csv', 'admins'],
  'GET /export.csv': ['/export.csv', 'accounts'],
  'GET /export.json': ['/export.json', 'accounts'],
  'GET /graphql': ['/graphql?query=%7B__typename%7D', 200],
  'GET /health': ['/health', 200],
  'GET /manifest.webmanifest': ['/manifest.webmanifest', 200],
  // METRICS_TOKEN alone opens it, to no account.
  'GET /metrics': ['/metrics', 401],
  'GET /posters/:size/:file': ['/posters/w342/none.jpg', 404],
  'GET /ready': ['/ready', 200],
  'GET /robots.txt': ['/robots.txt', 200],
  'GET /sitemap-:file(^[1-9]\\d{0,4}).xml': ['/sitemap-1.xml', 200],
  'GET /sitemap.xml': ['/sitemap.xml', 200],
  'POST /api/auth/*': ['/api/auth/revoke-other-sessions', 'browsers'],
  // A token in the path opens it, to no account.
  'POST /hooks/:token': ['/hooks/none', 404],
  'POST /graphql': ['/graphql', 400],
  'PUT /api/library': ['/api/library', 'adminPrograms'],
};
const OF_SERVER = ['cinematch_user', 'cinematch_setting', 'cinematch_invitation', 'cinematch_audit', 'cinematch_rule'];
const OF_OWNER = ['cinematch_watchlist', 'cinematch_feedback', 'cinematch_preferences'];
/** Routes of the auth library's admin plugin. They are off for everybody. */
const PLUGIN_ROUTES = Object.values(admin().endpoints).map(({ path }) => path);

const OTHER_SITE: Caller = 'a page of another site in the browser of the owner';
/** Callers that have the cookie of a session. */
const BROWSERS: readonly Caller[] = ['a guest', 'a member', 'the owner', 'an admin'];
const STATUS: Record<Exclude<RouteAudience, number>, (name: Caller, route: string) => number> = {
  accounts: (name) => (isSignedOut(name) ? 401 : 200),
  admins: (name) => ({ UNAUTHENTICATED: 401, FORBIDDEN: 403 })[refusalOf('admins', name) ?? ''] ?? 200,
  // Whoever may store a list is told that the body is none.
  adminPrograms: (name) => (name === 'a write key of the owner' ? 400 : STATUS.admins(name, '') === 200 ? 400 : STATUS.admins(name, '')),
  browsers(name, route) {
    // The browser keeps the answer to a GET from the other site: no header allows the site to read it.
    if (name === OTHER_SITE) return route.startsWith('GET') ? 200 : 403;
    return BROWSERS.includes(name) ? 200 : 401;
  },
};

function refusalOf(audience: Audience, caller: Caller): string | undefined {
  const refusals: Partial<Record<Caller, string>> = REFUSALS[audience];
  return refusals[caller];
}

function isSignedOut(caller: Caller): boolean {
  return refusalOf('writers', caller) === 'UNAUTHENTICATED';
}

describe('roles', () => {
  let server: AccountsApp;
  const callers = new Map<Caller, { visitor: Visitor; headers: Record<string, string> }>();
  let ownerId: string;
  beforeAll(async () => {
    server = await accountsApp({}, undefined, {
      publicUrl: PUBLIC_URL,
      sitemap: true,
      metricsPage: { page: { contentType: 'text/plain', text: async () => '' }, token: 'the token of the metrics' },
      // No poster is ever fetched: none is of the catalog.
      posterRoute: { posters: undefined as never, sizes: new Set(['w342']), isPoster: () => false },
    });
    const person = async (name: string): Promise<[Visitor, string]> => {
      const visitor = server.visitor();
      return [visitor, await visitor.signUp(name)];
    };
    const [owner, id] = await person('Owner');
    ownerId = id;
    const [admin, adminId] = await person('Admin');
    const [disabled, disabledId] = await person('Disabled');
    const [member] = await person('Member');
    const guest = server.visitor();
    await guest.beGuest();
    for (const userId of [adminId, disabledId])
      await owner.graphql('mutation ($userId: ID!) { setAccountRole(userId: $userId, role: ADMIN) { id } }', { userId });
    await owner.graphql('mutation ($userId: ID!) { disableAccount(userId: $userId) { id } }', { userId: disabledId });
    await owner.graphql('mutation { setFeedback(movieId: 2571, signal: LIKE) { id } addToWatchlist(movieId: 1214) { watched } }');
    const known: Record<Caller, [visitor: Visitor, headers?: Record<string, string>]> = {
      nobody: [server.visitor()],
      'a guest': [guest],
      'a member': [member],
      'a member with a token': [server.visitor(), { authorization: `Bearer ${await member.token()}` }],
      'a disabled admin': [disabled],
      'a read key of the owner': [server.visitor(), { 'x-api-key': (await owner.apiKey()).key }],
      'a write key of the owner': [server.visitor(), { 'x-api-key': (await owner.apiKey({ configId: 'write' })).key }],
      [OTHER_SITE]: [owner, { origin: 'https://evil.test' }],
      'an admin': [admin],
      'the owner': [owner],
    };
    for (const name of CALLERS) callers.set(name, { visitor: known[name][0], headers: known[name][1] ?? {} });
  });
  afterAll(() => server.stop());

  const caller = (name: Caller) => {
    const found = callers.get(name);
    if (found === undefined) throw new Error(`unknown caller: ${name}`);
    return found;
  };
  const answerTo = async (name: Caller, document: string): Promise<{ codes: string[]; data: unknown }> => {
    const { visitor, headers } = caller(name);
    const { errors = [], data } = (await visitor.graphql(document, {}, headers)).body;
    return { codes: errors.map(({ extensions }: { extensions: { code: string } }) => extensions.code), data };
  };
  const rows = async (tables: readonly string[]): Promise<string> => {
    const read = tables.map((table) => sql`select * from ${sql.table(table)} order by 1`.execute(server.database.kysely));
    return JSON.stringify((await Promise.all(read)).map((result) => result.rows));
  };

  it('have a row for every field that decides or computes, and for no other', () => {
    expect([...DOCUMENTS.keys()].toSorted()).toEqual(Object.keys(FIELDS).toSorted());
  });

  describe.each(CALLERS)('%s', (name) => {
    const refused = Object.entries(FIELDS).filter(([, audience]) => refusalOf(audience, name) !== undefined);
    const answered = Object.entries(FIELDS).filter(([, audience]) => refusalOf(audience, name) === undefined);
    const document = (field: string): string => DOCUMENTS.get(field) ?? '';

    it('is refused by each field for others, and changes nothing by it', async () => {
      const before = await rows([...OF_SERVER, ...OF_OWNER]);
      for (const [field, audience] of refused)
        expect.soft((await answerTo(name, document(field))).codes, field).toEqual([refusalOf(audience, name)]);
      expect(await rows([...OF_SERVER, ...OF_OWNER])).toEqual(before);
    });

    it('is answered by every other field, and only admins change the server', async () => {
      const before = await rows(OF_SERVER);
      for (const [field, audience] of answered) {
        const { codes, data } = await answerTo(name, document(field));
        // The arguments of a mutation may name nothing that exists. A query has no such excuse.
        expect.soft(field.startsWith('Mutation.') ? ['BAD_USER_INPUT', undefined] : [undefined], field).toContain(codes[0]);
        if (audience === 'themselves' && isSignedOut(name)) expect.soft(JSON.stringify(data), field).toMatch(/:(null|\[\])\}+$/);
      }
      if (name !== 'an admin' && name !== 'the owner') expect(await rows(OF_SERVER)).toEqual(before);
    });
  });

  it('have a row for every route', () => {
    expect(routeNames(server.app.fastify.routes)).toEqual(Object.keys(ROUTES).sort());
  });

  it.each(Object.entries(ROUTES))('%s answers whom it is for', async (route, [path, audience]) => {
    for (const [name, { visitor, headers }] of callers) {
      const send = {
        GET: () => visitor.get(path, headers),
        POST: () => visitor.post(path, {}, headers),
        PUT: () => visitor.put(path, {}, headers),
      };
      const answer = await send[route.split(' ')[0] as keyof typeof send]();
      expect.soft(answer.status, name).toBe(typeof audience === 'number' ? audience : STATUS[audience](name, route));
      if (name === OTHER_SITE) expect.soft(answer.headers['access-control-allow-origin']).toBeUndefined();
    }
  });

  it('never show the likes or the watchlist of another account', async () => {
    const type = schema.getType('Account');
    const reached = new Set<string>();
    const visit = (named: GraphQLNamedType | null | undefined): void => {
      if (named === null || named === undefined || reached.has(named.name)) return;
      reached.add(named.name);
      for (const field of fieldsOf(named)) visit(getNamedType(field.type));
    };
    visit(schema.getType('Admin'));
    expect(type).toBeDefined();
    for (const ofViewers of ['Viewer', 'Movie', 'WatchlistEntry', 'WatchlistConnection', 'StoredPreferences'])
      expect(reached, ofViewers).not.toContain(ofViewers);
    const { body } = await caller('an admin').visitor.graphql('{ admin { accounts { nodes { id email } } } viewer { id } }');
    expect(JSON.stringify(body)).toContain(ownerId);
    expect(JSON.stringify(body)).not.toMatch(/"(2571|1214)"/);
  });

  it.each(PLUGIN_ROUTES)('/api/auth%s is off, also for the owner', async (route) => {
    const owner = caller('the owner').visitor;
    for (const answer of [await owner.get(`/api/auth${route}`), await owner.post(`/api/auth${route}`, { userId: ownerId })])
      expect(answer.status).toBe(404);
  });
});
