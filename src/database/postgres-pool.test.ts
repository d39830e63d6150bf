import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPostgres, type RealPostgres, startPostgres } from '../../test/real-servers/postgres.ts';
import { serviceErrorIn } from '../service-error.ts';
import { type Database, openDatabase } from './database.ts';

const program = findPostgres();
const WORKERS = 8;

describe.skipIf(program.path === undefined)(
  program.path === undefined ? `the pool of PostgreSQL (${program.hint})` : 'the pool of PostgreSQL',
  () => {
    let postgres: RealPostgres;
    let url: string;
    let database: Database;
    beforeAll(async () => {
      postgres = await startPostgres(program.path ?? '');
      url = await postgres.createDatabase('pool');
      database = openDatabase({ kind: 'postgres', url, poolSize: WORKERS, statementTimeoutMs: 1_000 });
      await sql`create table counts(name text primary key, value int not null)`.execute(database.kysely);
      await sql`insert into counts values ('writes', 0)`.execute(database.kysely);
    });
    afterAll(async () => {
      await database.close();
      await postgres.stop();
    });

    const terminateOthers = (): Promise<unknown> =>
      openAndUse(url, (other) =>
        sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = 'pool' and pid <> pg_backend_pid()`.execute(
          other.kysely,
        ),
      );

    const count = async (): Promise<number> => {
      const { rows } = await sql<{ value: number }>`select value from counts`.execute(database.kysely);
      return rows[0].value;
    };

    it('survives the end of connections that are lent and idle, and repeats the transaction', async () => {
      let attempts = 0;
      const before = await count();
      await database.transaction('someone', async (trx) => {
        attempts++;
        if (attempts === 1) {
          await terminateOthers();
          await sleep(50);
        }
        await sql`update counts set value = value + 1`.execute(trx);
      });
      expect([attempts, await count()]).toEqual([2, before + 1]);
    });

    it('repeats a read whose connection ends, and no write', async () => {
      const read = sql<{ one: number }>`select 1 as one from pg_sleep(0.3)`.execute(database.kysely);
      const write = sql`update counts set value = value + 1 where pg_sleep(0.3) is not null`.execute(database.kysely);
      write.catch(() => undefined);
      await sleep(100);
      await terminateOthers();
      expect((await read).rows).toEqual([{ one: 1 }]);
      await expect(write).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    });

    it('ends a statement that takes too long, and its connection', async () => {
      await expect(sql`select 1 as one from pg_sleep(30)`.execute(database.kysely)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
      await expect(count()).resolves.toBeTypeOf('number');
    });

    it('works again after each restart under load, with every acknowledged write', async () => {
      let over = false;
      let acknowledged = await count();
      let unknown = 0;
      const failures: unknown[] = [];
      const work = async (worker: number): Promise<void> => {
        while (!over) {
          try {
            await database.transaction(`worker ${worker}`, async (trx) => {
              await sql`select value from counts`.execute(trx);
              await sleep(2);
              await sql`update counts set value = value + 1`.execute(trx);
            });
            acknowledged++;
          } catch (error) {
            failures.push(error);
            unknown++;
            await sleep(5);
          }
        }
      };
      const working = Promise.all(Array.from({ length: WORKERS }, (_, worker) => work(worker)));
      for (let restart = 0; restart < 3; restart++) {
        await sleep(150);
        await postgres.restart();
        await terminateOthers();
      }
      await sleep(150);
      over = true;
      await working;
      const stored = await count();
      expect(failures.filter((error) => serviceErrorIn(error)?.code !== 'UNAVAILABLE')).toEqual([]);
      expect(stored).toBeGreaterThanOrEqual(acknowledged);
      expect(stored).toBeLessThanOrEqual(acknowledged + unknown);
      expect(acknowledged).toBeGreaterThan(10);
    });

    it('waits for a database that restarts', async () => {
      await count();
      await postgres.halt();
      const waiting = Promise.all([count(), database.transaction('a', async () => count())]);
      await sleep(500);
      await postgres.start();
      await expect(waiting).resolves.toEqual([expect.any(Number), expect.any(Number)]);
    });

    it('fails at once when the database has been away for a while', async () => {
      await postgres.halt();
      await expect(count()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
      const begun = performance.now();
      await expect(count()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
      expect(performance.now() - begun).toBeLessThan(500);
      await postgres.start();
      await count();
    });

    it('says that the database is away while it is stopped', async () => {
      await postgres.halt();
      await expect(count()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
      await postgres.start();
      await expect(count()).resolves.toBeTypeOf('number');
    });
  },
);

async function openAndUse<T>(url: string, use: (database: Database) => Promise<T>): Promise<T> {
  const database = openDatabase({ kind: 'postgres', url, poolSize: 1 });
  try {
    return await use(database);
  } finally {
    await database.close();
  }
}
