import { describe, expect, it } from 'vitest';
import { RecentTexts } from './recent-texts.ts';

describe('texts that were read', () => {
  const counted = () => {
    const reads: number[] = [];
    const get = (index: number): string => {
      reads.push(index);
      return index === 9 ? '' : `text ${index}`;
    };
    return { reads, get };
  };

  it('are decoded once, an empty text too', () => {
    const column = counted();
    const texts = new RecentTexts(column, 2);
    expect([texts.get(1), texts.get(9), texts.get(1), texts.get(9)]).toEqual(['text 1', '', 'text 1', '']);
    expect(column.reads).toEqual([1, 9]);
  });

  it('are kept while they are among the last ones, and decoded again later', () => {
    const column = counted();
    const texts = new RecentTexts(column, 2);
    for (const index of [1, 2, 3, 1, 4]) texts.get(index);
    expect(column.reads).toEqual([1, 2, 3, 4]);
    // Of 1, 2, 3, 1, 4, 5 and 6 the texts 4, 5 and 6 are the last ones; 2 is behind two generations.
    for (const index of [5, 6, 4, 2]) texts.get(index);
    expect(column.reads).toEqual([1, 2, 3, 4, 5, 6, 2]);
  });
});
