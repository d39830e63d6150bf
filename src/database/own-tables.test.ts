import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from '../../test/fixture-release.ts';
import { LATER_MIGRATION_NAMES, MIGRATION_NAMES } from '../../test/migration-names.ts';
import { findPostgres, type RealPostgres, startPostgres } from '../../test/real-servers/postgres.ts';
import { MIGRATIONS } from '../app/migrations.ts';
import { backUp, countUserRows, restore } from './backup.ts';
import { type DatabaseSettings, withDatabase } from './database.ts';
import { migrate, migrationState } from './migrate.ts';
import { findTables, OWN_TABLES, UNPREFIXED_TABLES } from './own-tables.ts';

const program = findPostgres();
let folder: TemporaryFolder;
let postgres: RealPostgres | undefined;
let places = 0;

beforeAll(async () => {
  folder = await temporaryFolder();
  if (program.path !== undefined) postgres = await startPostgres(program.path);
});
afterAll(async () => {
  await postgres?.stop();
  await folder.remove();
});

// biome-ignore lint/suspicious/noExplicitAny: any table
type AnyKysely = Kysely<any>;
const environmentOf = (more: Record<string, string>) => ({ ...process.env, ...more });
const valuesOf = async (kysely: AnyKysely, statement: string): Promise<unknown[]> =>
  (await sql.raw<{ value: unknown }>(statement).execute(kysely)).rows.map(({ value }) => value);

async function newSqlite(script: string): Promise<DatabaseSettings> {
  const file = join(folder.path, `${++places}.sqlite`);
  const sqlite = new DatabaseSync(file);
  sqlite.exec(script);
  sqlite.close();
  return { kind: 'sqlite', file };
}

async function newPostgres(script: string): Promise<DatabaseSettings> {
  const url = (await postgres?.createDatabase(`names${++places}`)) ?? '';
  execFileSync(join(postgres?.programs ?? '', 'psql'), [url, '--quiet', '--set=ON_ERROR_STOP=1'], { input: script });
  return { kind: 'postgres', url, poolSize: 2 };
}

/** A database as the last release before the prefix left it, with one user. */
const releaseBefore = (kind: string): string => readFileSync(new URL(`../../test/unprefixed-${kind}.sql`, import.meta.url), 'utf8');

function suite(
  name: string,
  kind: DatabaseSettings['kind'],
  newDatabase: (script: string) => Promise<DatabaseSettings>,
  skip: boolean,
): void {
  describe.skipIf(skip)(`table names on ${name}`, () => {
    const old = (): Promise<DatabaseSettings> => newDatabase(releaseBefore(kind));
    const upgrade = (settings: DatabaseSettings) => withDatabase(settings, (database) => migrate(database, MIGRATIONS));
    const expectUpgraded = (settings: DatabaseSettings): Promise<void> =>
      withDatabase(settings, async (database) => {
        const { own, foreign } = await findTables(database);
        expect(own.sort()).toEqual([...OWN_TABLES].sort());
        expect(foreign).toEqual([]);
        const { kysely } = database;
        expect(await valuesOf(kysely, 'select email as value from cinematch_user')).toEqual(['ann@example.org']);
        expect(await valuesOf(kysely, 'select token as value from cinematch_session')).toEqual(['t1']);
        expect(await valuesOf(kysely, 'select title as value from cinematch_watchlist')).toEqual(['Movie 7']);
        expect(await valuesOf(kysely, 'select signal as value from cinematch_feedback')).toEqual(['LIKE']);
        await sql`delete from cinematch_user`.execute(kysely);
        expect(await valuesOf(kysely, 'select token as value from cinematch_session')).toEqual([]);
      });

    it('get the prefix once, and every row stays', async () => {
      const settings = await old();
      expect(await upgrade(settings)).toEqual(LATER_MIGRATION_NAMES);
      expect(await upgrade(settings)).toEqual([]);
      await expectUpgraded(settings);
    });

    it('are, after an upgrade, the tables and indexes of a new database', async () => {
      const [upgraded, fresh] = [await old(), await newDatabase('')];
      const indexes = async (settings: DatabaseSettings): Promise<unknown[]> => {
        await upgrade(settings);
        const statement =
          kind === 'sqlite'
            ? "select name as value from sqlite_schema where type in ('table', 'index') order by 1"
            : 'select indexname as value from pg_indexes where schemaname = current_schema() order by 1';
        return withDatabase(settings, ({ kysely }) => valuesOf(kysely, statement));
      };
      expect(await indexes(upgraded)).toEqual(await indexes(fresh));
    });

    it('leave tables of another application alone that have names without the prefix', async () => {
      const foreign = ['user', 'session', 'library_watchlist'];
      const settings = await newDatabase(foreign.map((table) => `create table "${table}"(id int, email text not null);`).join('\n'));
      await withDatabase(settings, async (database) => {
        await sql`insert into "user" values (1, 'a@b')`.execute(database.kysely);
        expect(await migrate(database, MIGRATIONS)).toEqual(MIGRATION_NAMES);
        expect((await sql`select * from "user"`.execute(database.kysely)).rows).toEqual([{ id: 1, email: 'a@b' }]);
        const found = await findTables(database);
        expect(found.own.sort()).toEqual([...OWN_TABLES].sort());
        expect(found.foreign.sort()).toEqual(foreign.sort());
        expect(await countUserRows(database)).toBe(0);
      });
    });

    it('refuse a table with the prefix that no migration made, and change nothing', async () => {
      const settings = await newDatabase('create table cinematch_user(id int);');
      await expect(upgrade(settings)).rejects.toThrow('the database has a table "cinematch_user" that CineMatch did not make');
      await withDatabase(settings, async (database) => expect((await findTables(database)).own).toEqual(['cinematch_user']));
    });

    it('may be old in a backup, which is restored and then upgraded', async () => {
      const [source, empty, upgraded] = [await old(), await newDatabase(''), await old()];
      const file = join(folder.path, `${++places}.backup`);
      await backUp(source, file, environmentOf);
      await upgrade(upgraded);
      for (const target of [empty, upgraded, await old()]) {
        await restore(target, file, true, environmentOf);
        await withDatabase(target, async (database) => {
          expect((await findTables(database)).own.sort()).toEqual([...UNPREFIXED_TABLES].sort());
          expect(await countUserRows(database)).toBe(3);
        });
        await upgrade(target);
        await expectUpgraded(target);
      }
    });

    it('make a server of the release before fail to start, and its statements fail, after the upgrade', async () => {
      const settings = await old();
      await withDatabase(settings, async (running) => {
        expect(await valuesOf(running.kysely, 'select id as value from "user"')).toEqual(['ann']);
        await upgrade(settings);
        await expect(valuesOf(running.kysely, 'select id as value from "user"')).rejects.toThrow(
          /no such table: user|"user" does not exist/,
        );
        const before = MIGRATIONS.filter(({ name }) => name !== '2-own-table-names');
        await expect(migrate(running, before)).rejects.toThrow('a newer version of CineMatch wrote the database');
        expect((await migrationState(running, MIGRATIONS)).pending).toEqual([]);
      });
    });
  });
}

suite('SQLite', 'sqlite', newSqlite, false);
suite(program.path === undefined ? `PostgreSQL (${program.hint})` : 'PostgreSQL', 'postgres', newPostgres, program.path === undefined);

describe.skipIf(program.path === undefined)(`a backup of the release before on PostgreSQL (${program.hint})`, () => {
  it('never replaces a table of another application, and mends an interrupted restore', async () => {
    const source = await newPostgres(releaseBefore('postgres'));
    const file = join(folder.path, 'interrupted.backup');
    await backUp(source, file, environmentOf);
    const foreign = await newPostgres('create table "user"(id int); insert into "user" values (1);');
    await withDatabase(foreign, (database) => migrate(database, MIGRATIONS));
    await expect(restore(foreign, file, true, environmentOf)).rejects.toThrow(
      `${file} is of an older version and would replace the table "user" of another application; restore it into an empty database`,
    );
    await withDatabase(foreign, async ({ kysely }) => expect(await valuesOf(kysely, 'select id as value from "user"')).toEqual([1]));

    await withDatabase(source, ({ kysely }) => sql`create table cinematch_user(id text)`.execute(kysely));
    const upgrade = (): Promise<string[]> => withDatabase(source, (database) => migrate(database, MIGRATIONS));
    await expect(upgrade()).rejects.toThrow('restore the backup again with --force');
    await restore(source, file, true, environmentOf);
    expect(await upgrade()).toEqual(LATER_MIGRATION_NAMES);
  });
});
