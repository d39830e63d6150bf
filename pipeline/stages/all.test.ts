import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Manifest } from '../../src/engine/artifacts/manifest.ts';
import { openRelease } from '../../src/engine/artifacts/model-release.ts';
import { readPointer } from '../../src/engine/artifacts/version-store.ts';
import { seeded } from '../data/random.ts';
import { recordingContext } from '../testing/recording-context.ts';
import { run as all } from './all.ts';

const MOVIES = 60;
let folder: string;

/** Films, and 60 users, each of whom likes every third movie. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'all-test-'));
  await mkdir(join(folder, 'raw', 'ml-x'), { recursive: true });
  const ids = Array.from({ length: MOVIES }, (_, n) => n + 1);
  const movies = ids.map((id) => `${id},Film ${id} (1990),${id % 2 === 0 ? 'Comedy' : 'Drama'}`);
  await writeFile(join(folder, 'raw', 'ml-x', 'movies.csv'), `movieId,title,genres\n${movies.join('\n')}\n`);
  const random = seeded(3);
  const ratings = Array.from({ length: 60 }, (_, user) =>
    ids.filter((id) => id % 3 === user % 3 && random() < 0.7).map((id) => `${user + 1},${id},5,${id}`),
  );
  await writeFile(join(folder, 'raw', 'ml-x', 'ratings.csv'), `userId,movieId,rating,timestamp\n${ratings.flat().join('\n')}\n`);
});

afterEach(() => rm(folder, { recursive: true }));

async function run(...more: string[]): Promise<{ manifest: Manifest; lines: string[] }> {
  const context = recordingContext();
  const artifacts = join(folder, 'artifacts');
  await all(['--raw', join(folder, 'raw'), '--artifacts', artifacts, ...more], context);
  const { manifest } = await openRelease(join(artifacts, (await readPointer(artifacts))?.version ?? ''));
  return { manifest, lines: context.lines };
}

describe('all', () => {
  test('finds the ratings of the data set, trains on them and publishes the hybrid; a second run does nothing', async () => {
    const { manifest } = await run();
    expect(manifest).toMatchObject({ dataset: 'ml-x', movieCount: MOVIES, validation: { users: 6 } });
    expect(manifest.taste).toBeDefined();
    const { lines } = await run();
    expect(lines.filter((line) => line.startsWith('[fresh]'))).toHaveLength(3);
  });

  test('passes on the options of its stages', async () => {
    const { manifest, lines } = await run('--min-ratings', '15', '--scale', '10');
    expect(manifest.movieCount).toBeLessThan(MOVIES);
    expect(lines.join('\n')).toMatch(/dropped \d+: fewer than 15 ratings/);
    await expect(run('--require-tmdb')).rejects.toThrow('no movie of ml-x is left after the filters');
    await expect(run('--factors-alpha', '2')).rejects.toThrow('all: --factors-alpha and --factors-regularization need --factors');
  });

  test('keeps old movies that the ratings like, but not with the reference config', async () => {
    const movies = Array.from({ length: MOVIES }, (_, n) => `${n + 1},Film ${n + 1} (${n === 0 ? 1920 : n === 1 ? 1949 : 1990}),Drama`);
    await writeFile(join(folder, 'raw', 'ml-x', 'movies.csv'), `movieId,title,genres\n${movies.join('\n')}\n`);
    expect((await run()).manifest.movieCount).toBe(MOVIES);
    expect((await run('--config', 'reference')).manifest.movieCount).toBe(MOVIES - 2);
  });

  test('says why the ratings were not used when it publishes content alone', async () => {
    // 60 users with five likes each of movies that nobody else likes.
    const movies = Array.from({ length: 300 }, (_, n) => `${n + 1},Film ${n + 1} (1990),Drama`);
    await writeFile(join(folder, 'raw', 'ml-x', 'movies.csv'), `movieId,title,genres\n${movies.join('\n')}\n`);
    const ratings = Array.from({ length: 300 }, (_, n) => `${Math.floor(n / 5) + 1},${n + 1},5,1`);
    await writeFile(join(folder, 'raw', 'ml-x', 'ratings.csv'), `userId,movieId,rating,timestamp\n${ratings.join('\n')}\n`);
    const { manifest, lines } = await run();
    expect(manifest.taste).toBeUndefined();
    expect(lines.join('\n')).toContain('no held-out user can be measured');
    expect(lines.join('\n')).not.toContain('NaN');
  });

  test('takes a ratings file of another folder, and trains content only from statistics per movie', async () => {
    const stats = join(folder, 'stats.csv');
    await writeFile(stats, 'movieId,mean,count\n1,4.5,100\n');
    const { manifest } = await run('--ratings', stats);
    expect(manifest.taste).toBeUndefined();
    await rm(join(folder, 'raw', 'ml-x', 'ratings.csv'));
    expect((await run()).manifest.taste).toBeUndefined();
    const elsewhere = join(folder, 'elsewhere.csv');
    const ratings = Array.from(
      { length: 900 },
      (_, n) => `${(n % 60) + 1},${(n % 60) % 2 === 0 ? 2 * Math.floor(n / 60) + 2 : 2 * Math.floor(n / 60) + 1},4.5,1`,
    );
    await writeFile(elsewhere, `userId,movieId,rating,timestamp\n${ratings.join('\n')}\n`);
    expect((await run('--ratings', elsewhere)).manifest.taste).toBeDefined();
  });
});
