import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { MIGRATIONS } from '../../app/migrations.ts';
import { type Database, openDatabase } from '../../database/database.ts';
import { migrate } from '../../database/migrate.ts';
import { AUDIT_ACTIONS, AUDIT_DAYS, AuditLog, MAX_EXPORTED } from './audit-log.ts';

const DAY_MS = 86_400_000;
let database: Database;
let log: AuditLog;
beforeAll(async () => {
  database = openDatabase({ kind: 'sqlite', file: ':memory:' });
  await migrate(database, MIGRATIONS);
  log = new AuditLog(database);
});
afterAll(() => database.close());

const add = async (ids: readonly string[], at: number): Promise<void> => {
  const rest = { actor_id: null, actor: 'command line', action: 'a', subject: 's', detail: '', address: '' };
  await database.kysely
    .insertInto('cinematch_audit')
    .values(ids.map((id) => ({ id, at, ...rest })))
    .execute();
};
const lengths = async (): Promise<number[]> => {
  const found: number[] = [];
  for await (const page of log.pages()) found.push(page.length);
  return found;
};

it('is read in pages, latest first, entries of the same time included', async () => {
  expect(await lengths()).toEqual([]);
  const ids = Array.from({ length: 1_001 }, (_, n) => `id${String(n).padStart(4, '0')}`);
  await add(ids, Date.now());
  const read: string[] = [];
  for await (const page of log.pages()) read.push(...page.map(({ id }) => id));
  expect(read).toEqual(ids.reverse());
  expect(await lengths()).toEqual([1_000, 1]);
  expect(await log.count()).toBe(1_001);
});

it('keeps entries for a year, and not longer', async () => {
  const now = Date.now();
  await add(['older'], now - AUDIT_DAYS * DAY_MS - 1_000);
  await add(['younger'], now - AUDIT_DAYS * DAY_MS + 60_000);
  await log.deleteOld();
  expect((await log.page(2_000)).map(({ id }) => id).filter((id) => id.endsWith('er'))).toEqual(['younger']);
});

it('is read to a number of entries, the latest ones', async () => {
  await sql`with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < ${MAX_EXPORTED})
    insert into cinematch_audit (id, at, actor, action, subject, detail, address)
    select 'many' || n, n, 'command line', 'a', 's', '', '' from numbers`.execute(database.kysely);
  const found = await lengths();
  expect(await log.count()).toBeGreaterThan(MAX_EXPORTED);
  expect(found.reduce((sum, length) => sum + length)).toBe(MAX_EXPORTED);
});

it('names what is done by a thing and a verb', () => {
  expect(AUDIT_ACTIONS.length).toBeGreaterThan(10);
  for (const action of AUDIT_ACTIONS) expect(action).toMatch(/^[a-z]+\.[a-z]+(-[a-z]+)*$/);
});
