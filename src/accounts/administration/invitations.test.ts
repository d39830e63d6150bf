import { afterEach, beforeEach, expect, it } from 'vitest';
import { MIGRATIONS } from '../../app/migrations.ts';
import { type Database, openDatabase } from '../../database/database.ts';
import { migrate } from '../../database/migrate.ts';
import type { Role } from '../roles.ts';
import { INVITATION_HOURS, Invitations } from './invitations.ts';

const LIFE_MS = INVITATION_HOURS * 3_600_000;
let database: Database;
let now: number;
let invitations: Invitations;
beforeEach(async () => {
  database = openDatabase({ kind: 'sqlite', file: ':memory:' });
  await migrate(database, MIGRATIONS);
  now = 1_000_000;
  invitations = new Invitations(database, () => now);
});
afterEach(() => database.close());
const invite = (email: string | null, role: Role = 'member') => invitations.create({ email, role, createdBy: 'owner' });

it('an invitation is good until its time is over', async () => {
  const { token, invitation } = await invite('Ann@films.test', 'admin');
  expect(invitation).toMatchObject({ email: 'ann@films.test', role: 'admin', usedAt: null, expiresAt: new Date(now + LIFE_MS) });
  expect(token).toMatch(/^[\w-]{20,}$/);
  now += LIFE_MS - 1;
  expect([await invitations.find(token), await invitations.open(10)]).toEqual([invitation, [invitation]]);
  now++;
  expect([await invitations.find(token), await invitations.open(10)]).toEqual([undefined, []]);
  expect(await invitations.redeem(token, 'ann@films.test')).toBeUndefined();
});

it('an invitation for an address is for that address alone, in any case', async () => {
  const { token } = await invite('ann@films.test');
  expect(await invitations.redeem(token, 'ben@films.test')).toBeUndefined();
  expect(await invitations.redeem(token, 'ANN@films.test')).toMatchObject({ email: 'ann@films.test' });
});

it('one of several attempts at once uses an invitation, which can be given back', async () => {
  const { token, invitation } = await invite(null);
  const other = await invite(null);
  const used = await Promise.all(['a', 'b', 'c'].map((name) => invitations.redeem(token, `${name}@films.test`)));
  expect(used.filter((one) => one !== undefined)).toEqual([invitation]);
  expect(await invitations.find(token)).toBeUndefined();
  await invitations.redeem(other.token, 'd@films.test');
  await invitations.giveBack(invitation.id);
  expect([await invitations.find(token), await invitations.find(other.token)]).toEqual([invitation, undefined]);
});

it('open invitations are listed, latest first, and one is revoked', async () => {
  const ids: string[] = [];
  for (let n = 0; n < 3; n++) {
    now++;
    ids.unshift((await invite(null)).invitation.id);
  }
  const open = async (limit: number) => (await invitations.open(limit)).map(({ id }) => id);
  expect([await open(3), await open(2)]).toEqual([ids, ids.slice(0, 2)]);
  expect(await invitations.revoke(ids[1])).toMatchObject({ id: ids[1] });
  expect(await invitations.revoke(ids[1])).toBeUndefined();
  expect(await open(3)).toEqual([ids[0], ids[2]]);
});

it('ended invitations are deleted, and no others', async () => {
  const over = await invite(null);
  now += LIFE_MS - 1;
  const used = await invite(null);
  const left = await invite(null);
  await invitations.redeem(used.token, 'ann@films.test');
  const stored = async () => (await database.kysely.selectFrom('cinematch_invitation').select('id').execute()).map(({ id }) => id).sort();
  await invitations.deleteEnded();
  expect(await stored()).toEqual([over.invitation.id, left.invitation.id].sort());
  now++;
  await invitations.deleteEnded();
  expect(await stored()).toEqual([left.invitation.id]);
});
