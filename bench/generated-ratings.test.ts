import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeGeneratedRatings } from './generated-ratings.ts';

const SHAPE = { movies: 2_000, users: 300, ratings: 20_000, seed: 3 };
let folder: string;
let text: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'synthetic-ratings-'));
  await writeGeneratedRatings(join(folder, 'ratings.csv'), SHAPE);
  text = await readFile(join(folder, 'ratings.csv'), 'utf8');
});

afterAll(() => rm(folder, { recursive: true }));

describe('synthetic ratings', () => {
  const rows = (): number[][] =>
    text
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => line.split(',').map(Number));

  test('are as many as asked for, of every user twenty at least, by user and then by movie, none twice', () => {
    expect(text.slice(0, text.indexOf('\n'))).toBe('userId,movieId,rating,timestamp');
    const found = rows();
    expect(found).toHaveLength(SHAPE.ratings);
    const perUser = new Map<number, number>();
    found.forEach(([user, movie, rating, time], n) => {
      perUser.set(user, (perUser.get(user) ?? 0) + 1);
      if (n > 0 && found[n - 1][0] === user) expect(found[n - 1][1]).toBeLessThan(movie);
      expect(user).toBeGreaterThanOrEqual(found[Math.max(0, n - 1)][0]);
      expect(rating * 2).toBe(Math.min(10, Math.max(1, Math.round(rating * 2))));
      expect(time).toBeGreaterThan(820_000_000);
    });
    expect(perUser.size).toBe(SHAPE.users);
    expect(Math.min(...perUser.values())).toBeGreaterThanOrEqual(20);
  });

  test('are skewed as people’s are: the first tenth of the films has more than half of them', () => {
    const counts = new Map<number, number>();
    for (const [, movie] of rows()) counts.set(movie, (counts.get(movie) ?? 0) + 1);
    const sorted = [...counts.values()].sort((a, b) => b - a);
    const head = sorted.slice(0, SHAPE.movies / 10).reduce((a, b) => a + b, 0);
    expect(head / SHAPE.ratings).toBeGreaterThan(0.5);
  });

  test('are the same bytes for the same seed and others for another', async () => {
    await writeGeneratedRatings(join(folder, 'again.csv'), SHAPE);
    expect(await readFile(join(folder, 'again.csv'), 'utf8')).toBe(text);
    await writeGeneratedRatings(join(folder, 'other.csv'), { ...SHAPE, seed: 4 });
    expect(await readFile(join(folder, 'other.csv'), 'utf8')).not.toBe(text);
  });

  test('that cannot be dealt out are refused', async () => {
    await expect(writeGeneratedRatings(join(folder, 'no.csv'), { ...SHAPE, ratings: 1_000 })).rejects.toThrow('do not fit 300 users');
  });
});
