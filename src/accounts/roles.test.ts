import { type GraphQLField, type GraphQLNamedType, getNamedType, isObjectType } from 'graphql';
import { sql } from 'kysely';
import { getMetadataStorage } from 'type-graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AccountsApp, accountsApp, type Visitor } from '../../test/accounts-app.ts';
import { callOf } from '../../test/calls.ts';
import { AdminAccountsResolver } from '../graphql/admin/admin-accounts.resolver.ts';
import { CatalogAdminResolver } from '../graphql/admin/catalog-admin.resolver.ts';
import { OperatorRulesResolver } from '../graphql/admin/operator-rules.resolver.ts';
import { createSchema } from '../graphql/schema.ts';

const schema = createSchema();
const fieldsOf = (type: GraphQLNamedType | null | undefined): GraphQLField<unknown, unknown>[] =>
  isObjectType(type) ? Object.values(type.getFields()) : [];

/** Every field of `admin`, and every mutation that is for admins. */
const ADMIN_FIELDS = fieldsOf(schema.getType('Admin'));
const MUTATIONS = fieldsOf(schema.getMutationType());
const ADMIN_RESOLVERS: readonly unknown[] = [AdminAccountsResolver, CatalogAdminResolver, OperatorRulesResolver];
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
const ROUTES = ['/audit.csv'];
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

describe('roles', () => {
  let server: AccountsApp;
  const callers: Record<string, Caller> = {};
  let ownerId: string;
  beforeAll(async () => {
    server = await accountsApp();
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

    it.each(ROUTES)('does not get %s', async (path) => {
      const caller = callers[name];
      const answer = await caller?.visitor.get(path, caller.headers);
      expect(answer?.status).toBe(code === 'FORBIDDEN' ? 403 : 401);
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
