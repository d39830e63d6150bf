import { expect, it } from 'vitest';
import { sample } from './sample.ts';

const LIST = Array.from({ length: 100 }, (_, n) => n);

it('has as many entries as asked for, each once, in the order of the list, and at most all', () => {
  const chosen = sample(LIST, 30, 1);
  expect(new Set(chosen).size).toBe(30);
  expect(chosen).toEqual(chosen.toSorted((a, b) => a - b));
  expect(sample(LIST, 1_000, 1)).toEqual(LIST);
  expect(sample(LIST, 0, 1)).toEqual([]);
});

it('is the same for one seed, and another for another', () => {
  expect(sample(LIST, 30, 1)).toEqual(sample(LIST, 30, 1));
  expect(sample(LIST, 30, 2)).not.toEqual(sample(LIST, 30, 1));
});

it('chooses every entry about equally often', () => {
  const times = LIST.map(() => 0);
  for (let seed = 0; seed < 1_000; seed++) for (const n of sample(LIST, 10, seed)) times[n]++;
  expect(Math.min(...times)).toBeGreaterThan(60);
  expect(Math.max(...times)).toBeLessThan(140);
});
