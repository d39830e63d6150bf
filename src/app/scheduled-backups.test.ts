import { readdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from '../../test/fixture-release.ts';
import { openDatabase } from '../database/database.ts';
import { migrate } from '../database/migrate.ts';
import { MIGRATIONS } from './migrations.ts';
import { ScheduledBackups } from './scheduled-backups.ts';

const PROGRAM = fileURLToPath(new URL('database-cli.ts', import.meta.url));
const HOUR_MS = 3_600_000;
const logged: [string, object][] = [];
const log = {
  info: (about: object, message: string) => void logged.push([message, about]),
  error: (about: object, message: string) => void logged.push([message, about]),
};
let temporary: TemporaryFolder;
let folder: string;

beforeAll(async () => {
  temporary = await temporaryFolder();
  folder = join(temporary.path, 'backups');
  vi.stubEnv('DATA_DIR', temporary.path);
  const database = openDatabase({ kind: 'sqlite', file: join(temporary.path, 'cinematch.sqlite') });
  await migrate(database, MIGRATIONS);
  await database.close();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await temporary.remove();
});

const run = async (program = PROGRAM): Promise<[string, object][]> => {
  logged.length = 0;
  const backups = new ScheduledBackups({ everyMs: HOUR_MS, keep: 1, folder }, program, log);
  await vi.waitFor(() => expect(logged).toHaveLength(1), { timeout: 4_000 }).catch(() => undefined);
  backups.stop();
  return [...logged];
};

it('backs up when there is no backup, verifies it, and waits for the next hour', async () => {
  expect(await run()).toEqual([
    [
      'backed up',
      {
        result: [expect.stringMatching(/^backed up /), 'verified: restored into a temporary database, with 0 rows of users'],
      },
    ],
  ]);
  expect(await readdir(folder)).toHaveLength(1);
  expect(await run()).toEqual([]);

  const [first = ''] = await readdir(folder);
  const old = new Date(Date.now() - 2 * HOUR_MS);
  await utimes(join(folder, first), old, old);
  expect(await run()).toHaveLength(1);
  const left = await readdir(folder);
  expect([left.length, left.includes(first)]).toEqual([1, false]);
});

it('logs why a backup failed', async () => {
  const [newest = ''] = await readdir(folder);
  const old = new Date(0);
  await utimes(join(folder, newest), old, old);
  vi.stubEnv('DATA_DIR', join(temporary.path, 'nothing'));
  expect(await run()).toEqual([
    ['the scheduled backup failed', { folder, reason: expect.stringMatching(/^db: there is no database at .*nothing/) }],
  ]);
});
