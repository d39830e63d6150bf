import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MIGRATION_NAMES } from '../../test/migration-names.ts';
import { movieIdOf } from '../../test/movie-ids.ts';
import { realProgram } from '../../test/real-servers/debian-package.ts';
import { findPostgres, type RealPostgres, startPostgres } from '../../test/real-servers/postgres.ts';
import { freePorts, ServerProcess, type SystemUser } from '../../test/real-servers/server-process.ts';
import { MIGRATIONS } from '../app/migrations.ts';
import { SqlLibraryStore } from '../library/sql-library-store.ts';
import { type Database, openDatabase } from './database.ts';
import { migrate } from './migrate.ts';

const postgresProgram = findPostgres();
const program = realProgram(['pgbouncer'], 'pgbouncer');
const isMissing = postgresProgram.path === undefined || program.path === undefined;

describe.skipIf(isMissing)(
  `PgBouncer with transaction pooling${isMissing ? ` (${postgresProgram.path === undefined ? postgresProgram.hint : program.hint})` : ''}`,
  () => {
    let postgres: RealPostgres | undefined;
    let bouncer: ServerProcess | undefined;
    let folder: string;
    let database: Database;

    beforeAll(async () => {
      let user: SystemUser | undefined;
      postgres = await startPostgres(postgresProgram.path ?? '', (_, owner) => {
        user = owner;
        return [];
      });
      const { port: postgresPort, pathname } = new URL(await postgres.createDatabase('films'));
      folder = await mkdtemp(join(tmpdir(), 'cinematch-pgbouncer-'));
      if (user !== undefined) await chown(folder, user.uid, user.gid);
      const [port] = await freePorts(1);
      const file = join(folder, 'pgbouncer.ini');
      const settings = [
        '[databases]',
        `films = host=127.0.0.1 port=${postgresPort} dbname=films user=cinematch`,
        '[pgbouncer]',
        'listen_addr = 127.0.0.1',
        `listen_port = ${port}`,
        'unix_socket_dir =',
        'auth_type = any',
        'pool_mode = transaction',
        // Fewer than the clients: a connection serves one transaction of many clients after the other.
        'default_pool_size = 2',
      ];
      await writeFile(file, settings.join('\n'));
      const url = `postgresql://cinematch@127.0.0.1:${port}${pathname}`;
      const accepts = async (): Promise<boolean> => {
        const attempt = openDatabase({ kind: 'postgres', url, poolSize: 1 });
        return sql`select 1`
          .execute(attempt.kysely)
          .then(
            () => true,
            () => false,
          )
          .finally(() => attempt.close());
      };
      bouncer = await ServerProcess.start(program.path ?? '', [file], accepts, user);
      database = openDatabase({ kind: 'postgres', url, poolSize: 10, statementTimeoutMs: 15_000 });
    });
    afterAll(async () => {
      await database?.close();
      await bouncer?.end('SIGINT');
      await postgres?.stop();
      await rm(folder, { recursive: true, force: true });
    });

    it('migrates, and keeps the changes of one user in order while many write', async () => {
      expect(await migrate(database, MIGRATIONS)).toEqual(MIGRATION_NAMES);
      const store = new SqlLibraryStore(database);
      const movies = Array.from({ length: 60 }, (_, i) => movieIdOf(i + 1));
      await Promise.all(
        movies.map((movieId) =>
          store.addToWatchlist(
            `user${movieId % 3}`,
            { movieId, title: `Movie ${movieId}`, sortTitle: `${movieId}`, year: 2000 },
            new Date(),
            20,
          ),
        ),
      );
      for (const user of ['user0', 'user1', 'user2']) expect(await store.wholeWatchlist(user)).toHaveLength(20);
      const one = { movieId: movieIdOf(100), title: 'One more', sortTitle: 'one more', year: 2000 };
      await expect(store.addToWatchlist('user0', one, new Date(), 20)).rejects.toThrow();
    });
  },
);
