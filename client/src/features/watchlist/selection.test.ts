import { describe, expect, it } from 'vitest';
import { extended, NOTHING_SELECTED, selectedOf, toggled } from './selection.ts';

const ORDER = ['a', 'b', 'c', 'd', 'e'];

describe('a selection', () => {
  it('takes one more and gives it back', () => {
    const one = toggled(NOTHING_SELECTED, 'b');
    expect(selectedOf(one, ORDER)).toEqual(['b']);
    expect(selectedOf(toggled(one, 'b'), ORDER)).toEqual([]);
  });

  it('reaches from the last choice to the next, in either direction, and keeps what was selected before', () => {
    const two = toggled(toggled(NOTHING_SELECTED, 'a'), 'd');
    expect(selectedOf(extended(two, ORDER, 'e'), ORDER)).toEqual(['a', 'd', 'e']);
    expect(selectedOf(extended(two, ORDER, 'b'), ORDER)).toEqual(['a', 'b', 'c', 'd']);
    expect(selectedOf(extended(extended(two, ORDER, 'e'), ORDER, 'c'), ORDER)).toEqual(['a', 'c', 'd', 'e']);
  });

  it('begins with the one that is chosen when there was none, or it has gone', () => {
    expect(selectedOf(extended(NOTHING_SELECTED, ORDER, 'c'), ORDER)).toEqual(['c']);
    expect(selectedOf(extended(toggled(NOTHING_SELECTED, 'gone'), ORDER, 'c'), ORDER)).toEqual(['c']);
  });
});
