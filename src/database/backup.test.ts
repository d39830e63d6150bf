import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdir, readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from '../../test/fixture-release.ts';
import { MIGRATION_NAMES } from '../../test/migration-names.ts';
import { movieIdOf } from '../../test/movie-ids.ts';
import { findPostgres, type RealPostgres, startPostgres } from '../../test/real-servers/postgres.ts';
import { MIGRATIONS } from '../app/migrations.ts';
import type { HistoryItem } from '../library/library-store.ts';
import { SqlLibraryStore } from '../library/sql-library-store.ts';
import { restore } from './backup.ts';
import { type Database, type DatabaseSettings, openDatabase } from './database.ts';
import { DatabaseError } from './database-error.ts';
import { migrate } from './migrate.ts';
import { OWN_TABLES } from './own-tables.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const USER = 'ann';
const program = findPostgres();
let folder: TemporaryFolder;
let postgres: RealPostgres | undefined;

beforeAll(async () => {
  folder = await temporaryFolder();
  if (program.path !== undefined) postgres = await startPostgres(program.path);
});
afterAll(async () => {
  await postgres?.stop();
  await folder.remove();
});

interface Ended {
  code: number;
  output: string;
}

/** `npm run db` as a child process. */
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

/** Both halves of a pair are written in one transaction. */
const pair = (n: number): HistoryItem[] =>
  [2 * n, 2 * n + 1].map(movieIdOf).map((movieId) => ({
    movie: { movieId, title: `Film ${movieId}`, sortTitle: `film ${movieId}`, year: 2000 },
    listed: { at: null },
    watched: undefined,
    feedback: { signal: 'LIKE', at: null },
  }));

interface Place {
  settings: DatabaseSettings;
  environment: Record<string, string>;
}

async function withDatabase<T>({ settings }: Place, use: (database: Database) => Promise<T>): Promise<T> {
  const database = openDatabase(settings);
  try {
    return await use(database);
  } finally {
    await database.close();
  }
}

const idsIn = (place: Place): Promise<number[]> =>
  withDatabase(place, async (database) => {
    const store = new SqlLibraryStore(database);
    const listed = (await store.wholeWatchlist(USER)).map(({ movieId }) => movieId).sort((a, b) => a - b);
    const liked = (await store.allFeedback(USER)).map(({ movieId }) => movieId).sort((a, b) => a - b);
    expect(liked).toEqual(listed);
    return listed;
  });

let places = 0;

function suite(name: string, newPlace: () => Promise<Place>, skip: boolean): void {
  describe.skipIf(skip)(`backup and restore of ${name}`, () => {
    let source: Place;
    let file: string;
    beforeAll(async () => {
      source = await newPlace();
      file = join(folder.path, `backup-${++places}`);
    });

    it('hold every change that was acknowledged before and no half change, while a server writes at full speed', async () => {
      const acknowledged = await withDatabase(source, async (database) => {
        await migrate(database, MIGRATIONS);
        const store = new SqlLibraryStore(database);
        let n = 0;
        let isDone = false;
        let before = 0;
        const write = async (): Promise<void> => {
          while (!isDone) {
            await store.mergeHistory(USER, pair(++n), new Date());
            // Gives the other process and the event loop a turn.
            await new Promise((resolve) => setImmediate(resolve));
          }
        };
        const writing = write();
        let backup: Ended;
        let during: number;
        try {
          await expect.poll(() => n).toBeGreaterThan(10);
          before = n - 1;
          backup = await db(source.environment, 'backup', file);
          during = n;
        } finally {
          isDone = true;
          await writing;
        }
        expect(backup).toMatchObject({ code: 0, output: expect.stringMatching(/^backed up .* \(\d+ bytes\)\n$/) });
        // Changes were written while the backup ran, however slow the machine is.
        expect(during).toBeGreaterThan(before + 1);
        return { before, during };
      });
      const target = await newPlace();
      expect(await db(target.environment, 'restore', file)).toMatchObject({ code: 0, output: expect.stringMatching(/^restored /) });
      const ids = await idsIn(target);
      expect(ids.length / 2).toBeGreaterThanOrEqual(acknowledged.before);
      expect(ids.length / 2).toBeLessThanOrEqual(acknowledged.during + 1);
      expect(ids).toEqual(Array.from({ length: ids.length }, (_, i) => i + 2));
      expect((await db(target.environment, 'status')).output).toMatch(
        /applied {3}1-library .*\n.*3-administration .*\n.*4-history .*\n.*5-familiar .*\n.*6-movie-ids .*\n.*7-mail .*\n.*8-hooks .*\n.*9-operator-rules .*\n.*10-region .*\n.*11-groups .*\n.*12-learning .*\n.*13-watchlist-links .*\n.*14-push .*\nstored {4}\d+ rows of users\n/,
      );
    });

    it('refuse a database with data of users, except with --force', async () => {
      const target = await newPlace();
      await withDatabase(target, async (database) => {
        await migrate(database, MIGRATIONS);
        await new SqlLibraryStore(database).setFeedback('bob', movieIdOf(1), 'LIKE', new Date());
      });
      const refused = await db(target.environment, 'restore', file);
      expect(refused).toEqual({ code: 1, output: 'db: the database is not empty (1 rows of users); --force replaces all of it\n' });
      expect((await db(target.environment, 'restore', file, '--force')).code).toBe(0);
      const ids = await idsIn(target);
      expect(ids.length).toBeGreaterThan(10);
      expect(await withDatabase(target, (database) => new SqlLibraryStore(database).allFeedback('bob'))).toEqual([]);
    });

    it('are verified by a restore into a temporary database, and the oldest are removed', async () => {
      const kept = join(folder.path, `kept-${++places}`);
      await mkdir(kept);
      for (const hour of [1, 2, 3]) await writeFile(join(kept, `cinematch-20260101T0${hour}0000Z.backup`), '');
      await writeFile(join(kept, 'other.backup'), '');
      const { code, output } = await db(source.environment, 'backup', `${kept}/`, '--verify', '--keep=2');
      const [, rows] = /^verified: restored into a temporary database, with (\d+) rows of users$/m.exec(output) ?? [];
      expect(Number(rows)).toBeGreaterThan(10);
      expect(code).toBe(0);
      expect((await readdir(kept)).sort()).toEqual([
        'cinematch-20260101T030000Z.backup',
        expect.stringMatching(/^cinematch-20\d{6}T\d{6}Z\.backup$/),
        'other.backup',
      ]);
      expect(output.match(/^removed /gm)).toHaveLength(2);
    });

    it('of two servers at the same moment are both whole', async () => {
      const both = `${file}-both`;
      const ended = await Promise.all([1, 2].map(() => db(source.environment, 'backup', both, '--verify')));
      for (const { code, output } of ended) expect([code, output]).toEqual([0, expect.stringContaining('\nverified: restored')]);
      expect((await readdir(folder.path)).filter((name) => name.includes('unfinished'))).toEqual([]);
    });

    it('write a file that only its owner may read, also over an open one', async () => {
      const open = `${file}-open`;
      await writeFile(open, '', { mode: 0o644 });
      await chmod(open, 0o644);
      expect((await db(source.environment, 'backup', open)).code).toBe(0);
      expect((await stat(open)).mode & 0o777).toBe(0o600);
    });

    it('refuse a file with one byte overwritten, wherever it is', async () => {
      const target = await newPlace();
      await withDatabase(target, (database) => migrate(database, MIGRATIONS));
      const whole = await readFile(file);
      const damaged = `${file}-byte`;
      // The last 100 bytes are the checksum with its two marks.
      const places = [30, 0.25, 0.5, 0.75].map((at) => (at < 1 ? Math.floor(whole.length * at) : at));
      for (const at of [...places, ...[1, 10, 50, 99, 101].map((fromEnd) => whole.length - fromEnd)]) {
        const copy = Buffer.from(whole);
        copy[at] ^= 1;
        await writeFile(damaged, copy);
        const { code, output } = await db(target.environment, 'restore', damaged, '--force');
        expect({ code, output }, String(at)).toEqual({
          code: 1,
          output: `db: ${damaged} is damaged: its checksum is not that of its content\n`,
        });
      }
      expect(await idsIn(target)).toEqual([]);
    });

    it('restore a file of a version before checksums, and say that it is unchecked', async () => {
      const target = await newPlace();
      const old = `${file}-old`;
      const whole = await readFile(file);
      await writeFile(old, whole.subarray(0, whole.lastIndexOf('\nCINEMATCH-SHA256\n', -20)));
      expect(await db(target.environment, 'restore', old)).toMatchObject({
        code: 0,
        output: expect.stringMatching(
          new RegExp(`^${old} has no checksum \\(an older version wrote it\\), so its content is unchecked\\nrestored `),
        ),
      });
      expect((await idsIn(target)).length).toBeGreaterThan(10);
    });

    it.each<[string, (damaged: string) => Promise<unknown>, RegExp]>([
      ['cut off', async (path) => truncate(path, Math.floor((await stat(path)).size * 0.6)), /^DatabaseError: .* is damaged/],
      [
        'overwritten in the middle',
        async (path) => writeFile(path, (await readFile(path)).fill(0xa5, 8_000, 14_000)),
        /^DatabaseError: .* is damaged/,
      ],
      ['empty', (path) => writeFile(path, ''), /^DatabaseError: .* is (damaged|not a backup)/],
      ['something else', (path) => writeFile(path, 'Date,Name,Year\n'.repeat(1_000)), /^DatabaseError: .* is damaged or not/],
    ])('refuse a file that is %s, and leave the database as it is', async (_what, damage, message) => {
      const target = await newPlace();
      await withDatabase(target, async (database) => {
        await migrate(database, MIGRATIONS);
        await new SqlLibraryStore(database).mergeHistory(USER, pair(1), new Date());
      });
      const damaged = `${file}-damaged`;
      await copyFile(file, damaged);
      await damage(damaged);
      const error = await restore(target.settings, damaged, true, (more) => ({ ...process.env, ...more })).catch(
        (reason: unknown) => reason,
      );
      expect(error).toBeInstanceOf(DatabaseError);
      expect(String(error)).toMatch(message);
      expect(String(error)).not.toContain('\n');
      expect(await idsIn(target)).toEqual([2, 3]);
    });
  });
}

suite(
  'SQLite',
  async () => {
    const data = join(folder.path, `data-${++places}`);
    return { settings: { kind: 'sqlite', file: join(data, 'cinematch.sqlite') }, environment: { DATA_DIR: data } };
  },
  false,
);
suite(
  program.path === undefined ? `PostgreSQL (${program.hint})` : 'PostgreSQL',
  async () => {
    const url = (await postgres?.createDatabase(`place${++places}`)) ?? '';
    return { settings: { kind: 'postgres', url, poolSize: 5 }, environment: { DATABASE_URL: url } };
  },
  program.path === undefined,
);

describe.skipIf(program.path === undefined)(`backup and restore of a PostgreSQL database that others use too (${program.hint})`, () => {
  it('say that a database without our tables has nothing to back up', async () => {
    const url = (await postgres?.createDatabase('unmigrated')) ?? '';
    expect(await db({ DATABASE_URL: url, DATA_DIR: folder.path }, 'backup', join(folder.path, 'nothing.backup'))).toEqual({
      code: 1,
      output: 'db: the database has no tables of CineMatch, so there is nothing to back up; check DATABASE_URL\n',
    });
  });

  it('leave the tables of others alone', async () => {
    const url = (await postgres?.createDatabase('shared')) ?? '';
    const environment = { DATABASE_URL: `${url}?sslmode=disable&uselibpqcompat=true&statement_timeout=5000`, DATA_DIR: folder.path };
    const database = openDatabase({ kind: 'postgres', url, poolSize: 1 });
    await sql`create table invoices(total int)`.execute(database.kysely);
    await sql`insert into invoices values (42)`.execute(database.kysely);
    await migrate(database, MIGRATIONS);
    const library = new SqlLibraryStore(database);
    await library.mergeHistory(USER, pair(1), new Date());
    const file = join(folder.path, 'shared.backup');
    expect(await db(environment, 'backup', file)).toMatchObject({ code: 0 });
    await sql`update invoices set total = 4300`.execute(database.kysely);
    await library.mergeHistory(USER, pair(2), new Date());
    expect(await db(environment, 'restore', file, '--force')).toMatchObject({ code: 0, output: expect.stringContaining('restored') });
    expect((await sql`select total from invoices`.execute(database.kysely)).rows).toEqual([{ total: 4300 }]);
    expect(await library.wholeWatchlist(USER)).toHaveLength(2);

    const whole = join(folder.path, 'whole.backup');
    await promisify(execFile)(join(postgres?.programs ?? '', 'pg_dump'), ['--format=custom', `--file=${whole}`, url]);
    expect(await db(environment, 'restore', whole, '--force')).toEqual({
      code: 1,
      output: `db: ${whole} also holds the table "invoices", which is not of CineMatch; nothing was restored\n`,
    });
    await database.close();
  });
});

describe('the files of a SQLite database', () => {
  it('are closed to others, also those that an older version left open', async () => {
    const data = join(folder.path, 'open-files');
    const settings: DatabaseSettings = { kind: 'sqlite', file: join(data, 'cinematch.sqlite') };
    const modes = async () => {
      const names = (await readdir(data)).sort();
      return Promise.all(names.map(async (name) => [name, ((await stat(join(data, name))).mode & 0o777).toString(8)]));
    };
    const expected = ['', '-shm', '-wal'].map((suffix) => [`cinematch.sqlite${suffix}`, '600']);
    const running = openDatabase(settings);
    await migrate(running, MIGRATIONS);
    expect(await modes()).toEqual(expected);
    for (const name of await readdir(data)) await chmod(join(data, name), 0o644);
    const second = openDatabase(settings);
    await migrate(second, MIGRATIONS);
    expect(await modes()).toEqual(expected);
    await Promise.all([running.close(), second.close()]);
  });
});

describe('npm run db', () => {
  it('knows every table that the migrations make', async () => {
    const database = openDatabase({ kind: 'sqlite', file: ':memory:' });
    await migrate(database, MIGRATIONS);
    const tables = (await database.kysely.introspection.getTables()).map(({ name }) => name);
    await database.close();
    expect(tables.sort()).toEqual([...OWN_TABLES].sort());
  });

  it.each<[string[], RegExp]>([
    [['restore', '/nowhere/at/all'], /^db: there is no file \/nowhere\/at\/all\n$/],
    [['restore', '/a', '--fast'], /^db: restore has no option --fast\n\nnpm run db -- COMMAND/],
    [['backup', '/nowhere/at/all'], /^db: .*\n$/],
    [['backup', '/nowhere/file', '--keep=2'], /^db: --keep needs a folder, with a slash at its end\n/],
    [['backup', '/nowhere/', '--keep=0'], /^db: backup has no option --keep=0\n/],
  ])('names the problem of %j in one line', async (args, message) => {
    const { code, output } = await db({ DATA_DIR: join(folder.path, 'nothing') }, ...args);
    expect(code).toBeGreaterThan(0);
    expect(output).toMatch(message);
  });
});

describe('migrations', () => {
  it('are applied once when three servers start at the same moment on SQLite', async () => {
    const environment = { DATA_DIR: join(folder.path, 'together') };
    const ended = await Promise.all(Array.from({ length: 3 }, () => db(environment, 'migrate')));
    expect(ended.map(({ output }) => output).sort()).toEqual([
      `migrated: ${MIGRATION_NAMES.join(', ')}\n`,
      'nothing to migrate\n',
      'nothing to migrate\n',
    ]);
  });

  it.skipIf(program.path === undefined)(
    `are applied once when eight servers start at the same moment on PostgreSQL (${program.hint})`,
    async () => {
      const url = (await postgres?.createDatabase('together')) ?? '';
      const servers = Array.from({ length: 8 }, () => openDatabase({ kind: 'postgres', url, poolSize: 1 }));
      await Promise.all(servers.map(({ kysely }) => kysely.introspection.getTables()));
      const applied = await Promise.all(servers.map((server) => migrate(server, MIGRATIONS)));
      expect(applied.flat()).toEqual(MIGRATION_NAMES);
      await Promise.all(servers.map((server) => server.close()));
    },
  );

  it('refuse a database that a newer version wrote', async () => {
    const database = openDatabase({ kind: 'sqlite', file: ':memory:' });
    await migrate(database, MIGRATIONS);
    await database.kysely.insertInto('cinematch_migrations').values({ name: '99-later', applied_at: 1 }).execute();
    await expect(migrate(database, MIGRATIONS)).rejects.toThrow(
      'a newer version of CineMatch wrote the database (it has the migration "99-later")',
    );
    await database.close();
  });

  it('change nothing when one of them fails', async () => {
    const database = openDatabase({ kind: 'sqlite', file: ':memory:' });
    const broken = { name: '2-broken', up: async () => Promise.reject(new Error('no such thing')) };
    await expect(migrate(database, [...MIGRATIONS, broken])).rejects.toThrow('no such thing');
    expect(await database.kysely.introspection.getTables()).toEqual([]);
    expect(await migrate(database, MIGRATIONS)).toEqual(MIGRATION_NAMES);
    await database.close();
  });
});
