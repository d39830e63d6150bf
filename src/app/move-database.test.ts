import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountsApp } from '../../test/accounts-app.ts';
import { type TemporaryFolder, temporaryFolder } from '../../test/fixture-release.ts';
import { movieIdOf } from '../../test/movie-ids.ts';
import { findPostgres, type RealPostgres, startPostgres } from '../../test/real-servers/postgres.ts';
import { backUp } from '../database/backup.ts';
import { type DatabaseSettings, openDatabase, withDatabase } from '../database/database.ts';
import { OWN_TABLES } from '../database/own-tables.ts';
import { SqlLibraryStore } from '../library/sql-library-store.ts';
import { moveDatabase } from './move-database.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const program = findPostgres();

interface Ended {
  code: number;
  output: string;
}

async function db(environment: Record<string, string>, ...args: string[]): Promise<Ended> {
  const script = ['--disable-warning=ExperimentalWarning', join(PROJECT, 'src/app/database-cli.ts'), ...args];
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, script, { env: { PATH: process.env.PATH, ...environment } });
    return { code: 0, output: stdout + stderr };
  } catch (error) {
    if (!(error instanceof Error && 'stdout' in error && 'stderr' in error && 'code' in error)) throw error;
    return { code: Number(error.code), output: `${error.stdout}${error.stderr}` };
  }
}

describe.skipIf(program.path === undefined)(`a move between SQLite and PostgreSQL (${program.hint})`, () => {
  let folder: TemporaryFolder;
  let postgres: RealPostgres;
  let source: DatabaseSettings & { kind: 'sqlite' };
  let cookies: ReadonlyMap<string, string>;

  beforeAll(async () => {
    folder = await temporaryFolder();
    postgres = await startPostgres(program.path ?? '');
    source = { kind: 'sqlite', file: join(folder.path, 'data', 'cinematch.sqlite') };
    const app = await accountsApp({}, source);
    const ann = app.visitor();
    const id = await ann.signUp('Ann');
    await ann.apiKey();
    await app.visitor().beGuest();
    const store = new SqlLibraryStore(app.database);
    // More than one page of rows. Titles that the collations of the databases order differently.
    const items = Array.from({ length: 2_500 }, (_, i) => ({
      movie: { movieId: movieIdOf(i + 1), title: `${'aÄ_ z'[i % 5]}Film ${i} \u{1f3ac}`, sortTitle: `film ${i}`, year: 2000 },
      listed: { at: null },
      watched: undefined,
      feedback: { signal: 'LIKE' as const, at: null },
    }));
    await store.mergeHistory(id, items, new Date());
    cookies = ann.cookies;
    await app.stop();
  });

  afterAll(async () => {
    await postgres?.stop();
    await folder?.remove();
  });

  const emptyPostgres = async (name: string): Promise<DatabaseSettings & { kind: 'postgres' }> => ({
    kind: 'postgres',
    url: await postgres.createDatabase(name),
    poolSize: 2,
  });
  const rowsOf = (settings: DatabaseSettings): Promise<string[]> =>
    withDatabase(settings, async ({ kysely }) => {
      const lines: string[] = [];
      for (const table of OWN_TABLES.filter((name) => name !== 'cinematch_migrations')) {
        const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(table)}`.execute(kysely);
        for (const row of rows) lines.push(`${table} ${JSON.stringify(Object.entries(row).sort())}`);
      }
      return lines.sort();
    });
  const hashOf = async (file: string): Promise<string> =>
    createHash('sha256')
      .update(await readFile(file))
      .digest('hex');

  it('keeps every row, the sessions and the passwords, and comes back the same', async () => {
    const target = await emptyPostgres('moved');
    const before = await hashOf(source.file);
    const there = await db({ DATABASE_URL: target.url }, 'move', '--from', `sqlite:${source.file}`, '--to', 'postgres:');
    expect(there.output).toMatch(/ {5}2500 {2}cinematch_watchlist\n[\s\S]*\n {8}2 {2}cinematch_user\n[\s\S]*copied and compared: /);
    expect(there).toMatchObject({ code: 0, output: expect.stringContaining('set DATABASE_URL, then start the servers') });
    expect(there.output).not.toMatch(/postgres:postgres@|password/);
    expect(await hashOf(source.file)).toBe(before);

    const app = await accountsApp({}, target);
    const ann = app.visitor();
    for (const [name, value] of cookies) ann.cookies.set(name, value);
    expect((await ann.graphql('{ viewer { name isGuest } }')).body).toEqual({ data: { viewer: { name: 'Ann', isGuest: false } } });
    expect((await app.visitor().signIn('Ann')).status).toBe(200);
    await app.stop();

    const fresh = await emptyPostgres('compared');
    await moveDatabase(source, fresh);
    const back: DatabaseSettings = { kind: 'sqlite', file: join(folder.path, 'back', 'cinematch.sqlite') };
    await moveDatabase(fresh, back);
    expect(await rowsOf(back)).toEqual(await rowsOf(source));
    expect((await rowsOf(source)).length).toBeGreaterThan(5_000);
  });

  it('refuses a target with a row in it, and leaves it as it is', async () => {
    const target = await emptyPostgres('occupied');
    const app = await accountsApp({}, target);
    await app.visitor().beGuest();
    await app.stop();
    const before = await rowsOf(target);
    const { code, output } = await db({}, 'move', '--from', `sqlite:${source.file}`, '--to', `postgres:${target.url}`);
    expect({ code, output }).toEqual({
      code: 1,
      output: expect.stringMatching(/^db: the target is not empty: its table cinematch_\w+ has rows; give an empty database\n$/),
    });
    expect(await rowsOf(target)).toEqual(before);
  });

  it('stores nothing when a row does not fit', async () => {
    const target = await emptyPostgres('unfit');
    const copy: DatabaseSettings & { kind: 'sqlite' } = { kind: 'sqlite', file: join(folder.path, 'unfit.sqlite') };
    await copyFile(source.file, copy.file);
    const database = openDatabase(copy);
    await sql`update cinematch_watchlist set title = 'a' || char(0) || 'b' where movie_id = 7`.execute(database.kysely);
    await database.close();
    await expect(moveDatabase(copy, target)).rejects.toThrow(/cinematch_watchlist cannot be copied: .*; nothing was stored/);
    expect(await rowsOf(target)).toEqual([]);
  });

  it('takes a backup as the source, and a restore on PostgreSQL says so', async () => {
    const file = join(folder.path, 'sqlite.backup');
    await backUp(source, file, (more) => more);
    const target = await emptyPostgres('from_backup');
    const restored = await db({ DATABASE_URL: target.url }, 'restore', file);
    expect(restored).toEqual({
      code: 1,
      output: `db: ${file} is a backup of SQLite, and DATABASE_URL is PostgreSQL; into an empty database of PostgreSQL: npm run db -- move --from sqlite:${file} --to postgres:URL\n`,
    });
    expect((await db({}, 'move', '--from', `sqlite:${file}`, '--to', `postgres:${target.url}`)).code).toBe(0);

    const dump = join(folder.path, 'postgres.backup');
    expect((await db({ DATABASE_URL: target.url }, 'backup', dump)).code).toBe(0);
    expect(await db({ DATA_DIR: join(folder.path, 'other') }, 'restore', dump)).toMatchObject({
      code: 1,
      output: expect.stringMatching(/^db: .*postgres\.backup is a backup of PostgreSQL; .* npm run db -- move --from postgres:URL /),
    });
  });

  it.each([
    [['move'], '--from takes sqlite:FILE'],
    [['move', '--from', 'sqlite:a', '--to', 'mysql://x'], '--to takes sqlite:FILE'],
    [['move', '--from', 'sqlite:a', '--to', 'postgres:'], '--to takes sqlite:FILE'],
    [['move', '--from', 'sqlite:a', '--to', 'sqlite:a'], '--from and --to are the same database'],
    [['move', '--from', 'sqlite:/nowhere/a', '--to', 'sqlite:b'], 'there is no database at /nowhere/a'],
  ])('names the problem of %j', async (args, message) => {
    const { code, output } = await db({ DATA_DIR: folder.path }, ...args);
    expect(code).toBeGreaterThan(0);
    expect(output.split('\n')[0]).toContain(`db: ${message}`);
  });
});
