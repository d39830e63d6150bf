import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TemporaryFolder, temporaryFolder, writeFixtureRefresh, writeFixtureRelease } from '../../test/fixture-release.ts';
import { type RunningServer, startServer } from '../../test/real-servers/cinematch.ts';
import { openDatabase } from '../database/database.ts';
import { migrate } from '../database/migrate.ts';
import { MIGRATIONS } from './migrations.ts';

const SCRIPT = fileURLToPath(new URL('doctor.ts', import.meta.url));

interface Ended {
  code: number;
  output: string;
}

async function doctor(environment: Record<string, string>): Promise<Ended> {
  const args = ['--disable-warning=ExperimentalWarning', SCRIPT];
  try {
    const { stdout } = await promisify(execFile)(process.execPath, args, { env: { PATH: process.env.PATH, ...environment } });
    return { code: 0, output: stdout };
  } catch (error) {
    if (!(error instanceof Error && 'stdout' in error && 'code' in error)) throw error;
    return { code: Number(error.code), output: String(error.stdout) };
  }
}

describe('npm run doctor', () => {
  let folder: TemporaryFolder;
  let sound: Record<string, string>;

  beforeAll(async () => {
    folder = await temporaryFolder();
    sound = { DATA_DIR: join(folder.path, 'data'), ARTIFACTS_DIR: join(folder.path, 'artifacts') };
    await writeFixtureRelease(sound.ARTIFACTS_DIR);
  });
  afterAll(() => folder.remove());

  it('finds nothing wrong before the first start, and changes nothing', async () => {
    const { code, output } = await doctor(sound);
    expect(code).toBe(0);
    for (const line of [
      /^ok +settings +every setting can be read$/m,
      /^ok +versions +CineMatch \d+\.\d+\.\d+, Node \d+/m,
      /^ok +database +SQLite in .*: not there yet/m,
      /^ok +redis +not configured/m,
      /^(ok|warning) +artifacts +version .* is sound, \d+ days old$/m,
      /^ok +clock /m,
    ])
      expect(output).toMatch(line);
    expect(output).not.toContain('problem');
    expect((await readdir(folder.path)).sort()).toEqual(['artifacts']);
  });

  it('tells of the last refresh, and why it failed', async () => {
    const refreshed = async (more: Parameters<typeof writeFixtureRefresh>[2]): Promise<string> => {
      await writeFixtureRefresh(sound.ARTIFACTS_DIR, 'fixture-1', more);
      return (await doctor(sound)).output;
    };
    expect(await refreshed({})).toMatch(/^ok +artifacts +the last refresh ended at 2026-02-01T05:03:00\.000Z$/m);
    expect(await refreshed({ finishedAt: null, result: null })).toMatch(/^ok +artifacts +a refresh runs since 2026-02-01T05:00/m);
    expect(await refreshed({ result: 'failed', failedStep: 'fetch', error: 'TMDb refuses the key' })).toMatch(
      /^warning +artifacts +the refresh of 2026-\S+ failed in "fetch": TMDb refuses the key\n +-> mend the cause/m,
    );
    await writeFile(join(sound.ARTIFACTS_DIR, 'refresh.json'), '{');
    const { output } = await doctor(sound);
    expect(output).toMatch(/^(ok|warning) +artifacts +version .* is sound/m);
    expect(output).toMatch(/^warning +artifacts +.*refresh\.json: is not JSON\n +-> the next refresh writes it anew$/m);
    await rm(join(sound.ARTIFACTS_DIR, 'refresh.json'));
  });

  it('names every wrong setting, hides secrets, and ends with 2', async () => {
    const { code, output } = await doctor({ ...sound, PORT: 'x', AUTH_SECRET: 'hush' });
    expect(code).toBe(2);
    expect(output).toMatch(/^problem +settings +PORT=x: expected .*\n +-> correct it in the environment or in \.env$/m);
    expect(output).toMatch(/^problem +settings +AUTH_SECRET=\*\*\*: /m);
    expect(output).not.toContain('hush');
  });

  it('finds what cannot be reached, and says what to do', async () => {
    const { code, output } = await doctor({
      ...sound,
      DATABASE_URL: 'postgresql://ann:hush@127.0.0.1:1/films',
      REDIS_URL: 'redis://:hush@127.0.0.1:1',
      ARTIFACTS_DIR: join(folder.path, 'nothing'),
      PUBLIC_URL: 'https://127.0.0.1:2',
    });
    expect(code).toBe(1);
    expect(output).toMatch(/^problem +database +PostgreSQL at 127\.0\.0\.1:1: .*ECONNREFUSED.*\n +-> check DATABASE_URL/m);
    expect(output).toMatch(/^problem +redis +Redis \(single\) cannot be used: .*ECONNREFUSED.*\n +-> check its address/m);
    expect(output).toMatch(/^problem +artifacts +no version is published in .*\n +-> npm run pipeline -- sample/m);
    expect(output).toMatch(/^problem +address +https:\/\/127\.0\.0\.1:2 cannot be reached/m);
    expect(output).toMatch(/^warning +address +.*TRUST_PROXY is not set/m);
    expect(output).not.toContain('hush');
  });

  it('finds a database of a newer version, and a damaged one', async () => {
    const file = join(folder.path, 'newer', 'cinematch.sqlite');
    const database = openDatabase({ kind: 'sqlite', file });
    await migrate(database, MIGRATIONS);
    await database.kysely.insertInto('cinematch_migrations').values({ name: '99-later', applied_at: 1 }).execute();
    await database.close();
    const newer = await doctor({ ...sound, DATA_DIR: join(folder.path, 'newer') });
    expect([newer.code, newer.output]).toEqual([1, expect.stringMatching(/^problem +database +a newer version .*"99-later"/m)]);

    await mkdir(join(folder.path, 'damaged'));
    const bytes = await readFile(file);
    await writeFile(join(folder.path, 'damaged', 'cinematch.sqlite'), bytes.fill(0xa5, 5_000, 30_000));
    const damaged = await doctor({ ...sound, DATA_DIR: join(folder.path, 'damaged') });
    expect([damaged.code, damaged.output]).toEqual([1, expect.stringMatching(/^problem +database +.*cinematch\.sqlite .*\n +-> /m)]);
  });

  it('asks for a backup that is missing', async () => {
    const { code, output } = await doctor({ ...sound, BACKUP_EVERY: '24h' });
    expect([code, output]).toEqual([
      0,
      expect.stringMatching(/^warning +database +no backup in .*\n +-> look for "the scheduled backup failed"/m),
    ]);
  });

  describe('with a server that runs', () => {
    let server: RunningServer;
    beforeAll(async () => {
      server = await startServer(join(folder.path, 'running'), { BASE_PATH: '/films' });
    });
    afterAll(() => server.end());

    it('reaches it by PUBLIC_URL, and compares the clocks', async () => {
      const { code, output } = await doctor({ ...sound, PUBLIC_URL: `${server.url}/films` });
      expect(code).toBe(0);
      expect(output).toMatch(/^ok +address +http:\/\/localhost:\d+\/films leads to a ready server, and headers pass$/m);
      expect(output).toMatch(/^ok +clock +this clock is \d\.\d s .* that of the server at PUBLIC_URL$/m);
    });

    it('is not content with another program that answers there', async () => {
      const other = createServer((_request, response) => response.setHeader('date', new Date(0).toUTCString()).end('hello'));
      await once(other.listen(0, '127.0.0.1'), 'listening');
      const address = other.address();
      const port = typeof address === 'object' ? address?.port : undefined;
      const { code, output } = await doctor({ ...sound, PUBLIC_URL: `http://127.0.0.1:${port}` });
      other.close();
      expect(code).toBe(1);
      expect(output).toMatch(/^problem +address +.* answers 200, but not from CineMatch$/m);
      expect(output).toMatch(/^warning +clock +this clock is \d+\.\d s ahead of that of the server at PUBLIC_URL\n +-> synchronise/m);
    });
  });
});
