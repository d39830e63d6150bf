import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DatabaseSettings, openDatabase } from '../src/database/database.ts';
import { type TemporaryFolder, temporaryFolder } from './fixture-release.ts';
import { startServer } from './real-servers/cinematch.ts';
import { findPostgres, startPostgres } from './real-servers/postgres.ts';

const program = findPostgres();
const PROBLEM = 'a newer version of CineMatch wrote the database (it has the migration "99-later"); upgrade the server';

/** As a newer program leaves it behind. */
async function migrateLater(settings: DatabaseSettings): Promise<void> {
  const database = openDatabase(settings);
  await database.kysely.insertInto('cinematch_migrations').values({ name: '99-later', applied_at: 1 }).execute();
  await database.close();
}

describe('a server refuses a database that a newer one migrated', () => {
  let folder: TemporaryFolder;
  beforeAll(async () => {
    folder = await temporaryFolder();
  });
  afterAll(() => folder.remove());

  const check = async (settings: DatabaseSettings, environment: Record<string, string>): Promise<void> => {
    const server = await startServer(folder.path, environment);
    await server.end();
    await migrateLater(settings);
    const refused = await startServer(folder.path, environment).catch((error: Error) => error.message);
    const lines = String(refused).trim().split('\n').slice(1);
    expect(lines.filter((line) => line.includes(PROBLEM))).toHaveLength(1);
    expect(lines.filter((line) => /^ +at /.test(line))).toEqual([]);
  };

  it('on SQLite', () => check({ kind: 'sqlite', file: `${folder.path}/data/cinematch.sqlite` }, {}), 60_000);

  it.skipIf(program.path === undefined)(
    `on PostgreSQL (${program.hint})`,
    async () => {
      const postgres = await startPostgres(program.path ?? '');
      try {
        const url = await postgres.createDatabase('newer');
        await check({ kind: 'postgres', url, poolSize: 1 }, { DATABASE_URL: url });
      } finally {
        await postgres.stop();
      }
    },
    60_000,
  );
});
