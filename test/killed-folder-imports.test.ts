import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { type DatabaseSettings, openDatabase } from '../src/database/database.ts';
import { SqlLibraryStore } from '../src/library/sql-library-store.ts';
import { FIXTURE_MOVIES } from './fixture-movies.ts';
import { temporaryFolder } from './fixture-release.ts';
import { findPostgres, startPostgres } from './real-servers/postgres.ts';

/** KILLED_IMPORTS=30 repeats the kills as often as the product is held to. */
const KILLS = Number(process.env.KILLED_IMPORTS ?? 1);
const { path } = findPostgres();
const DAYS = 100;
const WATCHER = fileURLToPath(new URL('folder-watcher.ts', import.meta.url));
/** Each movie on many days. */
const DIARY = `Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date\n${FIXTURE_MOVIES.slice(0, 20)
  .flatMap(({ title, year }) =>
    Array.from({ length: DAYS }, (_, n) => {
      const day = new Date(Date.UTC(2000, 0, 1 + n)).toISOString().slice(0, 10);
      return `${day},"${title}",${year},u,4,,,${day}\n`;
    }),
  )
  .join('')}`;

it(
  `two servers on one import folder, both killed while they import (${KILLS} times), import each file once and whole`,
  async () => {
    const place = await temporaryFolder();
    // Servers that share a folder share PostgreSQL.
    const postgres = path === undefined ? undefined : await startPostgres(path);
    try {
      const url = await postgres?.createDatabase('watched');
      await killBoth(
        place.path,
        url === undefined ? { kind: 'sqlite', file: join(place.path, 'library.db') } : { kind: 'postgres', url, poolSize: 2 },
      );
    } finally {
      await postgres?.stop();
      await place.remove();
    }
  },
  120_000 + KILLS * 10_000,
);

async function killBoth(folder: string, settings: DatabaseSettings): Promise<void> {
  const root = join(folder, 'import');
  const ann = join(root, 'ann');
  await mkdir(ann, { recursive: true });
  const watchers = new Set<ChildProcess>();
  const watch = async (): Promise<ChildProcess> => {
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', '--disable-warning=ExperimentalWarning', WATCHER, root, JSON.stringify(settings)],
      {
        env: { PATH: process.env.PATH },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    watchers.add(child);
    await once(child.stdout, 'data');
    return child;
  };
  const kill = async (child: ChildProcess): Promise<void> => {
    watchers.delete(child);
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  try {
    for (let n = 0; n < KILLS; n++) {
      const both = await Promise.all([watch(), watch()]);
      await writeFile(join(root, 'next'), DIARY);
      await rename(join(root, 'next'), join(ann, `diary-${n}.csv`));
      // Another moment of the import each time.
      await expect.poll(() => readdir(ann), { timeout: 20_000, interval: 5 }).not.toContain(`diary-${n}.csv`);
      await sleep((n * 37) % 300);
      await Promise.all(both.map(kill));
    }
    await Promise.all([watch(), watch()]);
    const ended = async (): Promise<string[]> =>
      (await readdir(join(ann, 'done')).catch(() => [])).filter((name) => name.endsWith('.csv')).map((name) => name.slice(9));
    await expect.poll(ended, { timeout: 30_000 }).toHaveLength(KILLS);
    expect((await ended()).sort()).toEqual(Array.from({ length: KILLS }, (_, n) => `diary-${n}.csv`).sort());
    expect((await readdir(ann)).sort()).toEqual(['.working', 'done']);
    expect(await readdir(join(ann, '.working'))).toEqual([]);
    expect((await readdir(join(ann, 'done'))).filter((name) => name.endsWith('.report.json'))).toHaveLength(KILLS);
  } finally {
    for (const watcher of watchers) await kill(watcher);
  }
  const database = openDatabase(settings);
  const { history } = new SqlLibraryStore(database);
  const imports = await history.imports('ann');
  expect(imports.map(({ files }) => files[0]).sort()).toEqual(Array.from({ length: KILLS }, (_, n) => `diary-${n}.csv`).sort());
  expect(imports.every(({ rowCount }) => rowCount === 20 * DAYS)).toBe(true);
  expect(await history.allPlays('ann')).toHaveLength(20 * DAYS);
  await database.close();
}
