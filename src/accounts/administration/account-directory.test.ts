import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../database/database.ts';
import { AccountDirectory } from './account-directory.ts';
import type { AdministrationTables } from './tables.ts';

const HOUR_MS = 3_600_000;
const at = (hour: number): string => new Date(Date.UTC(2026, 0, 1, hour)).toISOString();
/** The columns of the auth library's tables that are read. */
const COLUMNS = {
  cinematch_user: ['id', 'name', 'email', 'emailVerified', 'isAnonymous', 'role', 'banned', 'createdAt'],
  cinematch_session: ['id', 'userId', 'updatedAt', 'expiresAt'],
  cinematch_apikey: ['id', 'referenceId', 'lastRequest'],
  cinematch_account: ['id', 'userId', 'providerId'],
} as const;

let database: Database<AdministrationTables>;
let directory: AccountDirectory;
let statements = 0;
beforeAll(async () => {
  database = openDatabase({ kind: 'sqlite', file: ':memory:' }, {
    databaseStatement: () => {
      statements++;
    },
  } as unknown as Parameters<typeof openDatabase>[1]);
  const { kysely } = database;
  for (const [table, columns] of Object.entries(COLUMNS)) {
    let made = kysely.schema.createTable(table);
    for (const column of columns) made = made.addColumn(column, column === 'isAnonymous' || column === 'banned' ? 'integer' : 'text');
    await made.execute();
  }
  const person = (id: string, isAnonymous: number | null = null) => ({
    id,
    name: id,
    email: `${id}@films.test`,
    emailVerified: 1,
    isAnonymous,
    role: null,
    banned: null,
    createdAt: at(1),
  });
  const people = [person('ann'), person('bob', 0), person('cid'), person('guest1', 1), person('guest2', 1), person('guest3', 1)];
  await kysely.insertInto('cinematch_user').values(people).execute();
  const soon = new Date(Date.now() + HOUR_MS).toISOString();
  await kysely
    .insertInto('cinematch_session')
    .values([
      { id: 's1', userId: 'ann', updatedAt: at(3), expiresAt: soon },
      { id: 's2', userId: 'ann', updatedAt: at(5), expiresAt: at(9) },
      { id: 's3', userId: 'bob', updatedAt: at(4), expiresAt: at(9) },
    ])
    .execute();
  await kysely
    .insertInto('cinematch_apikey')
    .values([
      { id: 'k1', referenceId: 'bob', lastRequest: at(6) },
      { id: 'k2', referenceId: 'bob', lastRequest: null },
    ])
    .execute();
  await kysely
    .insertInto('cinematch_account')
    .values([
      { id: 'a1', userId: 'ann', providerId: 'google' },
      { id: 'a2', userId: 'ann', providerId: 'credential' },
    ])
    .execute();
  directory = new AccountDirectory(database);
});
afterAll(() => database.close());

it('lists accounts and no guests, a page at a time', async () => {
  const page = async (first: number, after?: string) => {
    const { accounts, hasNextPage, totalCount } = await directory.page(first, after, undefined);
    return [accounts.map(({ id }) => id), hasNextPage, totalCount];
  };
  expect(await page(2)).toEqual([['ann', 'bob'], true, 3]);
  expect(await page(3)).toEqual([['ann', 'bob', 'cid'], false, 3]);
  expect(await page(2, 'ann@films.test')).toEqual([['bob', 'cid'], false, 3]);
  expect(await page(1, 'ann@films.test')).toEqual([['bob'], true, 3]);
});

it.each([
  [' aNN ', ['ann']],
  ['o', ['bob']],
  ['@films', ['ann', 'bob', 'cid']],
  ['  ', ['ann', 'bob', 'cid']],
  ['', ['ann', 'bob', 'cid']],
  ['guest', []],
  ['%', []],
  ['b_b', []],
  ['\\', []],
])('finds %j within names and addresses: %j', async (search, found) => {
  const { accounts, totalCount } = await directory.page(10, undefined, search);
  expect([accounts.map(({ id }) => id), totalCount]).toEqual([found, found.length]);
});

it('asks nothing of sessions and keys when nobody is found', async () => {
  const before = statements;
  expect(await directory.page(10, undefined, 'nobody')).toEqual({ accounts: [], hasNextPage: false, totalCount: 0 });
  expect(statements - before).toBe(2);
});

it('finds an account by its id, and by its address in any case', async () => {
  expect(await directory.find('ann')).toEqual({
    id: 'ann',
    name: 'ann',
    email: 'ann@films.test',
    emailVerified: true,
    role: 'member',
    disabled: false,
    createdAt: new Date(at(1)),
    lastSeenAt: new Date(at(5)),
    sessions: 1,
    apiKeys: 0,
    methods: ['google', 'password'],
  });
  expect(await directory.findByEmail('BOB@films.test')).toMatchObject({ id: 'bob', sessions: 0, apiKeys: 2, lastSeenAt: new Date(at(6)) });
  expect(await directory.findByEmail('cid@films.test')).toMatchObject({ id: 'cid', lastSeenAt: null, methods: [] });
  expect([await directory.find('nobody'), await directory.findByEmail('nobody@films.test')]).toEqual([undefined, undefined]);
});

it('tells the addresses of accounts, and asks nothing for none', async () => {
  expect(await directory.emailsOf(['bob', 'nobody', 'ann'])).toEqual(
    new Map([
      ['ann', 'ann@films.test'],
      ['bob', 'bob@films.test'],
    ]),
  );
  const before = statements;
  expect(await directory.emailsOf([])).toEqual(new Map());
  expect(statements).toBe(before);
});

it('counts guests, and no accounts', async () => {
  expect(await directory.guestCount()).toBe(3);
});
