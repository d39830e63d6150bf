import { type Kysely, sql } from 'kysely';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type AccountsApp, accountsApp } from '../../test/accounts-app.ts';
import { AccountRows, type AccountTables, memberIds } from './account-tables.ts';

const MINUTE_MS = 60_000;

let server: AccountsApp;
let kysely: Kysely<AccountTables>;
let rows: AccountRows;
beforeEach(async () => {
  server = await accountsApp();
  kysely = server.database.kysely as unknown as Kysely<AccountTables>;
  rows = new AccountRows(server.database);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
});
afterEach(() => {
  vi.useRealTimers();
  return server.stop();
});

const inMs = (ms: number): string => new Date(Date.now() + ms).toISOString();
const endSessions = (userId: string, ms: number) =>
  kysely
    .updateTable('cinematch_session')
    .set({ expiresAt: inMs(ms) })
    .where('userId', '=', userId)
    .execute();
const sessionOf = async (userId: string) =>
  (await kysely.selectFrom('cinematch_session').select('id').where('userId', '=', userId).executeTakeFirstOrThrow()).id;

it('members are neither guests nor disabled', async () => {
  const [ann, ben] = [await server.visitor().signUp('Ann'), await server.visitor().signUp('Ben')];
  await server.visitor().beGuest();
  expect((await memberIds(kysely)).sort()).toEqual([ann, ben].sort());
  await kysely.updateTable('cinematch_user').set({ banned: 1 }).where('id', '=', ben).execute();
  expect(await memberIds(kysely)).toEqual([ann]);
});

it('a session has a user until it ends', async () => {
  const ann = await server.visitor().signUp('Ann');
  const session = await sessionOf(ann);
  await endSessions(ann, 1);
  expect(await rows.userOfSession(session)).toMatchObject({ id: ann, name: 'Ann', email: 'ann@films.test', expiresAt: inMs(1) });
  await endSessions(ann, 0);
  expect(await rows.userOfSession(session)).toBeUndefined();
  expect(await rows.userOfSession('none')).toBeUndefined();
});

it('a guest is over when the last session and the last key are', async () => {
  await server.visitor().signUp('Ann');
  const visitor = server.visitor();
  const guest = await visitor.beGuest();
  const { id } = await visitor.apiKey();
  const endKey = (expiresAt: string | null) => kysely.updateTable('cinematch_apikey').set({ expiresAt }).where('id', '=', id).execute();
  const found = [];
  for (const [session, key] of [
    [1, 0],
    [0, 1],
    [0, null],
    [0, 0],
  ] as const) {
    await endSessions(guest, session);
    await endKey(key === null ? null : inMs(key));
    found.push(await rows.expiredGuests(10));
  }
  expect(found).toEqual([[], [], [], [guest]]);
  await endSessions(await server.visitor().beGuest(), -MINUTE_MS);
  expect([(await rows.expiredGuests(10)).length, (await rows.expiredGuests(1)).length]).toEqual([2, 1]);
});

it('what is over is deleted, a number of rows at once', async () => {
  const ann = server.visitor();
  const userId = await ann.signUp('Ann');
  for (let n = 0; n < 2; n++) await server.visitor().signIn('Ann');
  await endSessions(userId, 1);
  expect(await rows.deleteExpired('cinematch_session', 2)).toBe(0);
  await endSessions(userId, 0);
  expect([await rows.deleteExpired('cinematch_session', 2), await rows.deleteExpired('cinematch_session', 2)]).toEqual([2, 1]);
});

it('a deleted user leaves no keys and no begun sign-ins, and those of others stay', async () => {
  const [ann, ben] = [server.visitor(), server.visitor()];
  const [annId, benId] = [await ann.signUp('Ann'), await ben.signUp('Ben')];
  await ann.apiKey();
  await ben.apiKey();
  const begun = async (id: string, identifier: string, value: string) =>
    sql`insert into cinematch_verification (id, identifier, value, "expiresAt", "createdAt", "updatedAt")
      values (${id}, ${identifier}, ${value}, ${inMs(MINUTE_MS)}, ${inMs(0)}, ${inMs(0)})`.execute(kysely);
  await begun('1', 'x', JSON.stringify({ link: { userId: annId } }));
  await begun('2', `delete-${annId}`, 'x');
  await begun('3', 'x', benId);
  await rows.deleteResetLinks(annId);
  const left = async () => [
    (await kysely.selectFrom('cinematch_apikey').select('referenceId').execute()).map(({ referenceId }) => referenceId),
    (await kysely.selectFrom('cinematch_verification').select('id').orderBy('id').execute()).map(({ id }) => id),
  ];
  expect((await left())[1]).toEqual(['1', '2', '3']);
  await rows.deleteLeftovers(annId);
  expect(await left()).toEqual([[benId], ['3']]);
  await rows.deleteResetLinks(benId);
  expect((await left())[1]).toEqual([]);
  await rows.delete(annId);
  expect([await rows.user(annId), await rows.user(benId)]).toMatchObject([undefined, { id: benId }]);
  expect(await kysely.selectFrom('cinematch_session').select('userId').execute()).toEqual([{ userId: benId }]);
});
