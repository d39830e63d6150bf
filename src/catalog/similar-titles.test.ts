import { describe, expect, it } from 'vitest';
import { FIXTURE_MOVIES } from '../../test/fixture-movies.ts';
import { releaseInMemory, shippedConfig } from '../../test/release-in-memory.ts';
import { snapshotOf } from '../recommendations/snapshot.ts';
import { similarTitles } from './similar-titles.ts';

const catalogOf = (...movies: [title: string, year: number | null][]) =>
  snapshotOf(
    releaseInMemory(
      movies.map(([title, year], n) => ({ ...FIXTURE_MOVIES[0], movieId: n + 1, alternativeTitles: [], title, year })),
      shippedConfig('default'),
    ),
  );

/** Candidates as [row, confidence]. */
async function found(snapshot: ReturnType<typeof catalogOf>, title: string, year: number | null): Promise<[number, number][]> {
  return (await similarTitles(snapshot, title, year)).map(({ index, confidence }) => [index, confidence]);
}

describe('movies with a similar title', () => {
  it('are at most one year apart, and of any year when none is known', async () => {
    const snapshot = catalogOf(['Gladiator', 2000]);
    for (const year of [1999, 2000, 2001, null]) expect(await found(snapshot, 'Gladiatr', year)).toHaveLength(1);
    for (const year of [1998, 2002]) expect(await found(snapshot, 'Gladiatr', year)).toEqual([]);
  });

  it('share seven tenths of their letter pairs or more; the confidence is the similarity times 0.6', async () => {
    // abcdefghijk has ten pairs. Its prefix of 6 letters has 5 of them: 2 × 5 / 15. Of 7: 2 × 6 / 16 = 0.75.
    const snapshot = catalogOf(['abcdefghijk', 2000]);
    expect(await found(snapshot, 'abcdef', 2000)).toEqual([]);
    expect(await found(snapshot, 'abcdefg', 2000)).toEqual([[0, 0.45]]);
    expect(await found(snapshot, 'abcdefghijk', 2000)).toEqual([[0, 0.6]]);
    // 2 × 7 / 20 = 0.7 exactly: ten pairs each, seven of them common.
    expect(await found(catalogOf(['abcdefgh jkl', 2000]), 'abcdefgh xyz', 2000)).toEqual([[0, 0.42]]);
  });

  it('count a pair that is there twice only when both titles have it twice', async () => {
    expect(await found(catalogOf(['lala', 2000]), 'lalalala', 2000)).toEqual([]);
  });

  it('come best first and then by row, at most five of them', async () => {
    const snapshot = catalogOf(['abcdefghij', 2000], ...Array.from({ length: 6 }, (): [string, number] => ['abcdefghi', 2001]));
    expect((await found(snapshot, 'abcdefgh', 2000)).map(([row]) => row)).toEqual([1, 2, 3, 4, 5]);
  });

  it('have letters to compare', async () => {
    const snapshot = catalogOf(['a', 2000], ['?', 2000], ['b', 2000]);
    expect(await found(snapshot, 'a', 2000)).toEqual([]);
  });
});
