import { readdirSync } from 'node:fs';
import { type GraphQLField, type GraphQLNamedType, getNamedType, isObjectType } from 'graphql';
import { sql } from 'kysely';
import { getMetadataStorage } from 'type-graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AccountsApp, accountsApp, type Visitor } from '../../test/accounts-app.ts';
import { callOf } from '../../test/calls.ts';
import { createSchema } from '../graphql/schema.ts';

const schema = createSchema();
const fieldsOf = (type: GraphQLNamedType | null | undefined): GraphQLField<unknown, unknown>[] =>
  isObjectType(type) ? Object.values(type.getFields()) : [];

/** Every field of `admin`, and every mutation that is for admins. */
const ADMIN_FIELDS = fieldsOf(schema.getType('Admin'));
const MUTATIONS = fieldsOf(schema.getMutationType());
/** The classes of all files of `graphql/admin`, so that a new file needs no entry here. */
const ADMIN_RESOLVERS: readonly unknown[] = await resolversOfAdmins();
const OF_ADMINS = getMetadataStorage()
  .mutations.filter(({ target }) => ADMIN_RESOLVERS.includes(target))
  .map(({ schemaName }) => schemaName);
const ADMIN_MUTATIONS = MUTATIONS.filter(({ name }) => OF_ADMINS.includes(name));
const OTHER_MUTATIONS = MUTATIONS.filter(({ name }) => !OF_ADMINS.includes(name));
/** What only owners may do. An admin is refused before anything is looked up. */
const OF_OWNERS = ['setAccountRole'];
/** Calls of fields whose arguments depend on each other. */
const VALID_CALLS: Record<string, string> = {
  rulePreview: 'rulePreview(rule: { effect: BOOST, genre: "Drama", strength: 1, reason: "text" }) { __typename }',
};
/** Whom a route answers: everybody alike with one status, every account, accounts in a browser or admins. */
type Audience = number | 'accounts' | 'browsers' | 'admins';
/** Every route with a path to ask for. A route without a row fails the test. */
const ROUTES: Record<string, [path: string, audience: Audience]> = {
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
  'POST /api/auth/*': ['/api/auth/revoke-other-sessions', 'browsers'],
  // A token in the path opens it, to no account.
  'POST /hooks/:token': ['/hooks/none', 404],
  'POST /graphql': ['/graphql', 400],
};
/** Routes of the auth library's admin plugin. They are off for everybody. */
const PLUGIN_ROUTES = ['list-users', 'set-role', 'ban-user', 'remove-user', 'impersonate-user', 'set-user-password', 'create-user'];

interface Caller {
  visitor: Visitor;
  headers: Record<string, string>;
}

const REFUSED: Record<string, string> = {
  nobody: 'UNAUTHENTICATED',
  'a guest': 'FORBIDDEN',
  'a member': 'FORBIDDEN',
  'a member with a token': 'FORBIDDEN',
  'a disabled admin': 'UNAUTHENTICATED',
  'a read key of the owner': 'FORBIDDEN',
  'a write key of the owner': 'FORBIDDEN',
  'a page of another site in the browser of the owner': 'UNAUTHENTICATED',
};

const OTHER_SITE = 'a page of another site in the browser of the owner';
/** Callers that have the cookie of a session. */
const BROWSERS = ['a guest', 'a member', 'the owner', 'an admin'];
const STATUS: Record<Exclude<Audience, number>, (name: string, route: string) => number> = {
  accounts: (name) => (REFUSED[name] === 'UNAUTHENTICATED' ? 401 : 200),
  admins: (name) => ({ UNAUTHENTICATED: 401, FORBIDDEN: 403 })[REFUSED[name] ?? ''] ?? 200,
  browsers(name, route) {
    // The browser keeps the answer to a GET from the other site: no header allows the site to read it.
    if (name === OTHER_SITE) return route.startsWith('GET') ? 200 : 403;
    return BROWSERS.includes(name) ? 200 : 401;
  },
};

describe('roles', () => {
  let server: AccountsApp;
  const callers: Record<string, Caller> = {};
  let ownerId: string;
  beforeAll(async () => {
    server = await accountsApp({}, undefined, {
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
    Object.assign(callers, {
      nobody: { visitor: server.visitor(), headers: {} },
      'a guest': { visitor: guest, headers: {} },
      'a member': { visitor: member, headers: {} },
      'a member with a token': { visitor: server.visitor(), headers: { authorization: `Bearer ${await member.token()}` } },
      'a disabled admin': { visitor: disabled, headers: {} },
      'a read key of the owner': { visitor: server.visitor(), headers: { 'x-api-key': (await owner.apiKey()).key } },
      'a write key of the owner': {
        visitor: server.visitor(),
        headers: { 'x-api-key': (await owner.apiKey({ configId: 'write' })).key },
      },
      'a page of another site in the browser of the owner': { visitor: owner, headers: { origin: 'https://evil.test' } },
      'the owner': { visitor: owner, headers: {} },
      'an admin': { visitor: admin, headers: {} },
    });
  }, 60_000);
  afterAll(() => server.stop());

  const codesOf = async (name: string, document: string): Promise<string[]> => {
    const caller = callers[name];
    if (caller === undefined) throw new Error(`unknown caller: ${name}`);
    const { body } = await caller.visitor.graphql(document, {}, caller.headers);
    return (body.errors ?? []).map(({ extensions }: { extensions: { code: string } }) => extensions.code);
  };
  const rows = async (): Promise<string> => {
    const tables = ['cinematch_user', 'cinematch_setting', 'cinematch_invitation', 'cinematch_audit', 'cinematch_rule'];
    const read = tables.map((table) => sql`select * from ${sql.table(table)} order by 1`.execute(server.database.kysely));
    return JSON.stringify((await Promise.all(read)).map((result) => result.rows));
  };

  it('are tested over every field of `admin` and every mutation for admins; no other mutation changes what these do', async () => {
    expect(ADMIN_FIELDS.length).toBeGreaterThanOrEqual(9);
    expect(ADMIN_MUTATIONS.length).toBeGreaterThanOrEqual(13);
    expect(OF_ADMINS).toContain('createServerHook');
    expect(OTHER_MUTATIONS.length).toBeGreaterThanOrEqual(6);
    const before = await rows();
    for (const field of OTHER_MUTATIONS) await codesOf('a write key of the owner', `mutation { ${callOf(field)} }`);
    expect(await rows()).toEqual(before);
  });

  describe.each(Object.entries(REFUSED))('%s', (name, code) => {
    it.each(ADMIN_FIELDS.map((field) => [field.name, callOf(field)]))('does not read admin.%s', async (_field, call) => {
      expect(await codesOf(name, `{ admin { ${call} } }`)).toEqual([code]);
    });

    it('changes nothing by any mutation for admins', async () => {
      const before = await rows();
      for (const field of ADMIN_MUTATIONS) expect(await codesOf(name, `mutation { ${callOf(field)} }`), field.name).toEqual([code]);
      expect(await rows()).toEqual(before);
    });
  });

  describe.each(['the owner', 'an admin'])('%s', (name) => {
    it.each(ADMIN_FIELDS.map((field) => [field.name, VALID_CALLS[field.name] ?? callOf(field)]))('reads admin.%s', async (_field, call) => {
      expect(await codesOf(name, `{ admin { ${call} } }`)).toEqual([]);
    });

    it('is refused by no mutation for the role, but for what only owners do', async () => {
      for (const field of ADMIN_MUTATIONS) {
        const codes = await codesOf(name, `mutation { ${callOf(field)} }`);
        if (name === 'an admin' && OF_OWNERS.includes(field.name)) expect(codes, field.name).toEqual(['FORBIDDEN']);
        else expect(['BAD_USER_INPUT', undefined], field.name).toContain(codes[0]);
      }
    });
  });

  it('have a row for every route', () => {
    expect(server.app.fastify.routeNames()).toEqual(Object.keys(ROUTES).sort());
  });

  it.each(Object.entries(ROUTES))('%s answers whom it is for', async (route, [path, audience]) => {
    for (const [name, { visitor, headers }] of Object.entries(callers)) {
      const answer = await (route.startsWith('GET') ? visitor.get(path, headers) : visitor.post(path, {}, headers));
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
    const { body } = (await callers['an admin']?.visitor.graphql('{ admin { accounts { nodes { id email } } } viewer { id } }')) ?? {};
    expect(JSON.stringify(body)).toContain(ownerId);
    expect(JSON.stringify(body)).not.toMatch(/"(2571|1214)"/);
  });

  it.each(PLUGIN_ROUTES)('/api/auth/admin/%s is off, also for the owner', async (route) => {
    const owner = callers['the owner']?.visitor;
    for (const answer of [await owner?.get(`/api/auth/admin/${route}`), await owner?.post(`/api/auth/admin/${route}`, { userId: ownerId })])
      expect(answer?.status).toBe(404);
  });
});

async function resolversOfAdmins(): Promise<unknown[]> {
  const ending = '.resolver.ts';
  const names = readdirSync(new URL('../graphql/admin', import.meta.url)).filter((name) => name.endsWith(ending));
  const modules = await Promise.all(names.map((name) => import(`../graphql/admin/${name.slice(0, -ending.length)}.resolver.ts`)));
  return modules.flatMap((module) => Object.values(module));
}
