import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { catalogText } from '../../test/catalog-text.ts';
import { generatedMovies } from '../../test/generated-movies.ts';
import { seeded } from '../data/random.ts';
import { questionsOf } from '../evaluation/stream.ts';
import { recordingContext } from '../testing/recording-context.ts';
import { run } from './evaluate.ts';

const HOUR = 3_600;
const BEGIN = Date.UTC(2020, 0, 1) / 1_000;
let folder: string;
let ratings: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stream-'));
  ratings = await writeStream('ratings.csv', 24, 14);
});

/**
 * Before the stream everybody likes movies 1 to 40. In the stream movies 41 to 60 come, and the first users like those: one user each two
 * hours, ten likes in an hour.
 */
async function writeStream(name: string, users: number, inTheStream: number): Promise<string> {
  const random = seeded(4);
  const lines = ['userId,movieId,rating,timestamp'];
  for (let user = 1; user <= users; user++) {
    for (let movie = 1; movie <= 40; movie++) if (random() < 0.4) lines.push(`${user},${movie},5,${BEGIN - 1_000 + movie}`);
    if (user > inTheStream) continue;
    const order = Array.from({ length: 20 }, (_, n) => n).sort(() => random() - 0.5);
    for (const [place, n] of order.entries()) lines.push(`${user},${41 + n},5,${BEGIN + user * 2 * HOUR + place * 60}`);
  }
  await writeFile(join(folder, name), lines.join('\n'));
  return join(folder, name);
}

afterAll(() => rm(folder, { recursive: true }));

test('a question comes after five likes and after each ten more, and knows nothing that is liked later', () => {
  const likes = {
    users: 1,
    userIds: Uint32Array.of(9),
    offsets: Uint32Array.of(0, 17),
    rows: Uint32Array.from({ length: 17 }, (_, n) => n),
    // The last row is liked first.
    times: Uint32Array.from({ length: 17 }, (_, n) => 100 - n),
  };
  expect(questionsOf(likes, 0, 1_000)).toEqual([
    {
      userId: 9,
      time: 88,
      known: Uint32Array.of(16, 15, 14, 13, 12),
      knownTimes: Uint32Array.of(84, 85, 86, 87, 88),
      relevant: Uint32Array.of(2, 3, 4, 5, 6, 7, 8, 9, 10, 11),
    },
    {
      userId: 9,
      time: 98,
      known: Uint32Array.from({ length: 15 }, (_, n) => 16 - n),
      knownTimes: Uint32Array.from({ length: 15 }, (_, n) => 84 + n),
      relevant: Uint32Array.of(0, 1),
    },
  ]);
  expect(questionsOf(likes, 0, 98)).toHaveLength(1);
  expect(questionsOf(likes, 89, 1_000)).toHaveLength(1);
});

test('fresh models find what people like since, and folding in finds it as well as training each hour', async () => {
  const context = recordingContext();
  await run(
    ['--protocol', 'stream', '--ratings', ratings, '--from', '2020-01-01', '--days', '2', '--max-movies', '60', '--out', folder],
    context,
  );
  const table = await readFile(join(folder, 'stream.md'), 'utf8');
  const ndcg = new Map([...table.matchAll(/^\| ([a-zA-Z, ]+?) +\| (\d\.\d{4}) /gm)].map(([, name, figure]) => [name, Number(figure)]));
  const of = (name: string): number => ndcg.get(name) ?? Number.NaN;
  expect([...ndcg.keys()]).toHaveLength(6);
  expect(of('EASE, each day')).toBeGreaterThan(of('EASE, once') + 0.01);
  expect(of('EASE, each hour')).toBeGreaterThan(of('EASE, each day') + 0.01);
  expect(Math.abs(of('EASE, folded in each hour') - of('EASE, each hour'))).toBeLessThan(0.01);
  expect(of('popularity, each hour')).toBeGreaterThan(of('popularity, once') + 0.01);
  expect(context.lines[0]).toMatch(/^2020-01-01, 2 days: \d+ questions of 14 people for their next likes$/);
});

test('with a catalog the hybrid is measured as it is served, and what is made before the stream has a time of its own', async () => {
  const movies = generatedMovies(60).map((movie, row) => ({ ...movie, movieId: row + 1, ratingCount: 10 }));
  await writeFile(join(folder, 'catalog.csv'), catalogText(movies));
  const files = ['--ratings', await writeStream('hybrid.csv', 55, 4), '--catalog', join(folder, 'catalog.csv'), '--out', folder];
  await run(['--protocol', 'stream', ...files, '--from', '2020-01-01', '--days', '1', '--max-movies', '60'], recordingContext());
  const table = await readFile(join(folder, 'stream.md'), 'utf8');
  const rows = [...table.matchAll(/^\| (hybrid, .+?) \| (\d\.\d{4}) \|.*\| (\d+) \| \d+\.\d\d s \| (\d+\.\d\d) s \|$/gm)];
  expect(rows.map(([, name]) => name)).toEqual(['hybrid, once', 'hybrid, each day', 'hybrid, each hour']);
  const [once, daily, hourly] = rows.map(([, , ndcg]) => Number(ndcg));
  expect(daily).toBe(once);
  expect(hourly).toBeGreaterThan(once + 0.01);
  // One for each hour in which somebody is asked.
  expect(rows.map(([, , , models]) => models)).toEqual(['1', '1', '4']);
  // The first one trains the models and chooses the weights that all three have.
  const before = rows.map(([, , , , seconds]) => Number(seconds));
  expect(before[0]).toBeGreaterThan(0);
  expect(before.slice(1)).toEqual([0, 0]);
});

test('with a catalog, few people before the stream are an error', async () => {
  await writeFile(join(folder, 'few.csv'), catalogText(generatedMovies(60).map((movie, row) => ({ ...movie, movieId: row + 1 }))));
  const files = ['--ratings', ratings, '--catalog', join(folder, 'few.csv')];
  await expect(run(['--protocol', 'stream', ...files, '--from', '2020-01-01', '--days', '1'], recordingContext())).rejects.toThrow(
    'the hybrid needs 50 people with 5 likes before the stream, found 24',
  );
});

test('says what is wrong with the part that is asked for', async () => {
  const stream = (...args: string[]): Promise<void> => run(['--protocol', 'stream', '--ratings', ratings, ...args], recordingContext());
  await expect(stream('--from', '2025-01-01')).rejects.toThrow('nobody likes anything more in the 90 days from 2025-01-01');
  await expect(stream('--models', 'ease')).rejects.toThrow('--models does not apply to --protocol stream');
  await expect(run(['--ratings', ratings, '--out', folder, '--days', '3'], recordingContext())).rejects.toThrow(
    '--days does not apply to --protocol strong',
  );
});
