import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from '../../test/fixture-release.ts';
import { type Database, openDatabase } from './database.ts';

describe('SQLite among others', () => {
  let folder: TemporaryFolder;
  let file: string;
  let database: Database;
  beforeEach(async () => {
    folder = await temporaryFolder();
    file = join(folder.path, 'shared.sqlite');
    database = openDatabase({ kind: 'sqlite', file });
    await sql`create table counts(value int)`.execute(database.kysely);
    await sql`insert into counts values (0)`.execute(database.kysely);
  });
  afterEach(async () => {
    await database.close();
    await folder.remove();
  });

  const count = async (): Promise<number> =>
    (await sql<{ value: number }>`select value from counts`.execute(database.kysely)).rows[0].value;
  const increment = (): Promise<unknown> => database.transaction('someone', (trx) => sql`update counts set value = value + 1`.execute(trx));

  it('waits for the lock of another process without blocking, and reads meanwhile', async () => {
    const other = new DatabaseSync(file);
    other.exec('BEGIN IMMEDIATE');
    const writes = [increment(), sql`update counts set value = value + 1`.execute(database.kysely)];
    const started = performance.now();
    await sleep(50);
    expect(await count()).toBe(0);
    expect(performance.now() - started).toBeLessThan(1_000);
    other.exec('ROLLBACK');
    other.close();
    await Promise.all(writes);
    expect(await count()).toBe(2);
  });

  it('waits for its turn no longer than a statement may take, and leaves the queue', async () => {
    let end = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      end = resolve;
    });
    const first = database.transaction('someone', () => held);
    await sleep(1);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const refused = expect(increment()).rejects.toMatchObject({
        code: 'UNAVAILABLE',
        message: 'The database is busy. Try again in a moment.',
      });
      await vi.advanceTimersByTimeAsync(15_000);
      await refused;
      const later = increment();
      end();
      await Promise.all([first, later]);
    } finally {
      vi.useRealTimers();
    }
    expect(await count()).toBe(1);
  });

  it.each([
    [25, ['read', 'other work', 'read', 'read']],
    [24, ['read', 'read', 'other work', 'read']],
    [8, ['read', 'read', 'read', 'other work']],
  ])('gives other work its turn after statements of 25 ms: %d ms each', async (ms, order) => {
    const done: string[] = [];
    let now = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => {
      now += ms;
      return now;
    });
    try {
      const otherWork = new Promise<void>((resolve) => setImmediate(resolve)).then(() => done.push('other work'));
      const reads = [1, 2, 3].map(() => count().then(() => done.push('read')));
      await Promise.all([...reads, otherWork]);
    } finally {
      clock.mockRestore();
    }
    expect(done).toEqual(order);
  });

  it('keeps the cause when the disk is full, and reads on', async () => {
    await sql.raw('PRAGMA max_page_count = 1').execute(database.kysely);
    const blob = new Uint8Array(1_000_000);
    const fill = database.transaction('someone', (trx) => sql`insert into counts values (${blob})`.execute(trx));
    await expect(fill).rejects.toMatchObject({ code: 'STORAGE_FULL', cause: { message: 'database or disk is full' } });
    expect(await count()).toBe(0);
    await increment();
    expect(await count()).toBe(1);
  });

  it('repeats a write with other values, also after one that failed and when the table has changed', async () => {
    await sql`create unique index once on counts(value)`.execute(database.kysely);
    const write = (value: number) => sql`insert into counts values (${value})`.execute(database.kysely);
    await write(1);
    await expect(write(1)).rejects.toThrow('UNIQUE');
    await write(2);
    const other = new DatabaseSync(file);
    other.exec('alter table counts rename to old; create table counts(value int not null); drop table old');
    other.close();
    await write(3);
    await write(3);
    expect((await sql`select value from counts`.execute(database.kysely)).rows).toEqual([{ value: 3 }, { value: 3 }]);
  });
});
