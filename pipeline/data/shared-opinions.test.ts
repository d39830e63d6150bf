import { describe, expect, it } from 'vitest';
import { seeded } from './random.ts';
import { MIN_RATERS, sharedOpinions } from './shared-opinions.ts';

const times = (count: number, list: number[]): number[][] => Array.from({ length: count }, () => [...list]);
const sorted = (lists: number[][]): number[][] => lists.map((list) => list.toSorted((a, b) => a - b));

describe('shared opinions', () => {
  it('keep a pair of enough viewers, and no pair of one viewer less', () => {
    expect(sorted(sharedOpinions(times(5, [1, 2])))).toEqual(times(5, [1, 2]));
    expect(sharedOpinions(times(4, [1, 2]))).toEqual(times(4, []));
  });

  it('of movies that enough viewers rated apart, but too few together, keep one for each viewer', () => {
    // Both have nine raters. Four have rated the two of them.
    const lists = [...times(5, [1]), ...times(5, [2]), ...times(4, [1, 2])];
    const kept = sharedOpinions(lists);
    expect(kept.slice(0, 10)).toEqual([...times(5, [1]), ...times(5, [2])]);
    for (const list of kept.slice(10)) expect(list).toHaveLength(1);
  });

  it('are looked at again when what one viewer loses makes a pair of others rare', () => {
    for (let seed = 1; seed <= 30; seed++) {
      const random = seeded(seed);
      const lists = Array.from({ length: 40 }, () => Array.from({ length: 14 }, (_, n) => n).filter(() => random() < 0.45));
      const kept = sharedOpinions(lists);
      const pairs = new Map<string, number>();
      for (const list of kept) for (const a of list) for (const b of list) pairs.set(`${a} ${b}`, (pairs.get(`${a} ${b}`) ?? 0) + 1);
      expect(Math.min(...pairs.values())).toBeGreaterThanOrEqual(MIN_RATERS);
      kept.forEach((list, n) => {
        expect(lists[n]).toEqual(expect.arrayContaining(list));
      });
      expect(kept.flat().length).toBeGreaterThan(0);
    }
  });

  it('of one viewer are bounded: the most shared ones stay', () => {
    const all = Array.from({ length: 1_001 }, (_, n) => n);
    const lists = [...times(5, all), all.slice(1)];
    for (const list of sharedOpinions(lists)) expect([list.length, list.includes(0)]).toEqual([1_000, false]);
  });
});
