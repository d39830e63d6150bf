import { afterAll, beforeAll, expect, it } from 'vitest';
import { type AccountsApp, accountsApp } from '../../test/accounts-app.ts';

let server: AccountsApp;
beforeAll(async () => {
  server = await accountsApp();
});
afterAll(() => server.stop());

it('an export holds the account, its sessions, sign-in methods and API keys, and no secret', async () => {
  const [ann, bob] = [server.visitor(), server.visitor()];
  const id = await ann.signUp('Ann');
  await bob.signUp('Bob');
  const { key } = await ann.apiKey();
  const shared = await ann.graphql('mutation { shareWatchlist(name: "For Friday") { id } }');
  const group = { members: [{ name: 'Cid', movieIds: ['2571'] }], strategy: 'AVERAGE', services: [], runtimeMax: 120 };
  const made = await ann.graphql('mutation ($group: SharedGroupInput!) { createSharedGroup(group: $group) { id } }', { group });
  const { status, body } = await ann.get('/export.json');
  expect(status).toBe(200);
  expect(body.account).toMatchObject({ id, name: 'Ann', email: 'ann@films.test', emailVerified: false, isAnonymous: false });
  expect([body.account.sessions.length, body.account.signIns.length, body.account.apiKeys.length]).toEqual([1, 1, 1]);
  expect(body.account.signIns[0]).toMatchObject({ providerId: 'credential' });
  expect(body.account.apiKeys[0]).toMatchObject({ name: 'a program', enabled: true });
  expect(body.sharedWatchlist).toMatchObject({ name: 'For Friday' });
  expect(body.sharedGroups).toEqual([group]);
  const links = [shared.body.data.shareWatchlist.id, made.body.data.createSharedGroup.id];
  const text = JSON.stringify(body);
  for (const secret of [...links, key, 'password', 'token', 'bob@films.test', ...ann.cookies.values()]) expect(text).not.toContain(secret);
});

it('a shared watchlist is not shown while its owner is disabled, and no id is an error of the server', async () => {
  const [owner, cid] = [server.visitor(), server.visitor()];
  await owner.signIn('Ann');
  const userId = await cid.signUp('Cid');
  await cid.graphql('mutation { addToWatchlist(movieId: "2571") { watched } }');
  const { id } = (await cid.graphql('mutation { shareWatchlist(name: "Of Cid") { id } }')).body.data.shareWatchlist;
  const LIST = 'query ($id: ID!) { sharedWatchlist(id: $id) { name } recommendations(sharedWatchlistId: $id) { totalCount } }';
  const answer = async (of: string) => (await server.visitor().graphql(LIST, { id: of })).body;
  const read = async (of: string) => (await answer(of)).data;
  const nothing = { sharedWatchlist: null, recommendations: { totalCount: 0 } };
  const shown = { sharedWatchlist: { name: 'Of Cid' }, recommendations: { totalCount: 1 } };
  expect(await read(id)).toEqual(shown);
  for (const other of ['', `${id}x`, 'x'.repeat(5_000)]) expect(await read(other)).toEqual(nothing);
  const refused = (await answer('\u0000')).errors.map(({ extensions }: { extensions: { code: string } }) => extensions.code);
  expect([...new Set(refused)]).toEqual(['BAD_USER_INPUT']);
  const disable = (name: string) => owner.graphql(`mutation ($id: ID!) { ${name}(userId: $id) { disabled } }`, { id: userId });
  expect((await disable('disableAccount')).body.errors).toBeUndefined();
  expect(await read(id)).toEqual(nothing);
  await disable('enableAccount');
  expect(await read(id)).toEqual(shown);
});
