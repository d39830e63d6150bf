import { describe, expect, it } from 'vitest';
import { extended, NOTHING_SELECTED, selectedOf, toggled } from './selection.ts';

const ORDER = ['a', 'b', 'c', 'd', 'e'];

describe('a selection', () => {
  it('adds and removes one id', () => {
    const one = toggled(NOTHING_SELECTED, 'b');
    expect(selectedOf(one, ORDER)).toEqual(['b']);
    expect(selectedOf(toggled(one, 'b'), ORDER)).toEqual([]);
  });

  it('extends from the last choice in either direction and keeps earlier choices', () => {
    const two = toggled(toggled(NOTHING_SELECTED, 'a'), 'd');
    expect(selectedOf(extended(two, ORDER, 'e'), ORDER)).toEqual(['a', 'd', 'e']);
    expect(selectedOf(extended(two, ORDER, 'b'), ORDER)).toEqual(['a', 'b', 'c', 'd']);
    expect(selectedOf(extended(extended(two, ORDER, 'e'), ORDER, 'c'), ORDER)).toEqual(['a', 'c', 'd', 'e']);
  });

  it('starts a range at the chosen id when there is no last choice, or when it left the list', () => {
    expect(selectedOf(extended(NOTHING_SELECTED, ORDER, 'c'), ORDER)).toEqual(['c']);
    expect(selectedOf(extended(toggled(NOTHING_SELECTED, 'gone'), ORDER, 'c'), ORDER)).toEqual(['c']);
  });
});
