import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Manifest } from '../../src/engine/artifacts/manifest.ts';
import { catalogText } from '../../test/catalog-text.ts';
import { generatedMovies } from '../../test/generated-movies.ts';
import type { ProgressOptions } from '../cli/progress.ts';
import { seeded } from '../data/random.ts';
import { recordingContext } from '../testing/recording-context.ts';
import { type TrainOptions, trainRelease } from '../training/train-release.ts';

const MOVIES = 130;
let folder: string;
let options: TrainOptions;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'train-resume-'));
  const movies = generatedMovies(MOVIES);
  const random = seeded(6);
  const lines = ['userId,movieId,rating'];
  for (let user = 1; user <= 60; user++)
    for (const { movieId } of movies) if (random() < (movieId % 3 === user % 3 ? 0.3 : 0.05)) lines.push(`${user},${movieId},5`);
  await writeFile(join(folder, 'ratings.csv'), lines.join('\n'));
  await writeFile(join(folder, 'movies.csv'), catalogText(movies));
  options = {
    catalog: join(folder, 'movies.csv'),
    ratings: join(folder, 'ratings.csv'),
    artifacts: join(folder, 'artifacts'),
    config: 'default',
    dataset: 'resumed',
    force: false,
  };
});
afterEach(() => rm(folder, { recursive: true }));

/** Trains in a child process that is killed with SIGKILL at step `at` of `label`. */
async function trainAndKill(label: string, at: number): Promise<void> {
  // The clock jumps forward, so that every step is saved.
  const program = `
    import { trainRelease } from '${new URL('../training/train-release.ts', import.meta.url)}';
    import { recordingContext } from '${new URL('../testing/recording-context.ts', import.meta.url)}';
    let looks = 0;
    const now = () => new Date(25_000 * looks++);
    const start = ({ label }) => ({ update: (done) => { if (label === '${label}' && done > ${at}) process.kill(process.pid, 'SIGKILL'); }, end() {} });
    await trainRelease(${JSON.stringify(options)}, recordingContext({ now, progress: { start } }));`;
  await writeFile(join(folder, 'killed.mjs'), program);
  const child = spawn(process.execPath, [join(folder, 'killed.mjs')], { stdio: ['ignore', 'ignore', 'inherit'] });
  const [, signal] = await once(child, 'exit');
  expect(signal).toBe('SIGKILL');
}

/** Trains to the end in this process. Returns the step at which each model started. */
async function trainOn(): Promise<{ manifest: Manifest; startedAt: Record<string, number> }> {
  const startedAt: Record<string, number> = {};
  const start = ({ label, startAt }: ProgressOptions) => {
    startedAt[label] ??= startAt ?? 0;
    return { update: () => {}, end: () => {} };
  };
  return { manifest: await trainRelease(options, recordingContext({ progress: { start } })), startedAt };
}

test('a hybrid whose training is killed in EASE, then in iALS, continues there and has the same bytes', async () => {
  const whole = await trainOn();
  expect(whole.startedAt).toMatchObject({ EASE: 0, iALS: 0 });
  await rm(options.artifacts, { recursive: true });

  await trainAndKill('EASE', 6);
  await trainAndKill('iALS', 5);
  expect((await readdir(options.artifacts)).every((name) => name.startsWith('.'))).toBe(true);
  const resumed = await trainOn();
  expect(resumed.startedAt.EASE).toBeGreaterThan(2);
  expect(resumed.startedAt.iALS).toBeGreaterThan(2);
  expect(resumed.manifest.sections).toEqual(whole.manifest.sections);
  expect(resumed.manifest.taste).toEqual(whole.manifest.taste);
  expect(await readdir(options.artifacts)).toEqual([resumed.manifest.version]);
}, 240_000);
