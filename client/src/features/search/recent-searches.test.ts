import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { forgetSearches, recentSearches, rememberSearch } from './recent-searches.ts';

describe('recent searches', () => {
  beforeEach(() => {
    const kept = new Map<string, string>();
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
      removeItem: (key: string) => kept.delete(key),
    });
  });
  afterEach(() => vi.unstubAllGlobals());

  it('are eight at most, the latest first, each once', () => {
    for (const text of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', ' A ', '  ']) rememberSearch(text);
    expect(recentSearches()).toEqual(['A', 'i', 'h', 'g', 'f', 'e', 'd', 'c']);
    forgetSearches();
    expect(recentSearches()).toEqual([]);
  });

  it('are none when something else is stored', () => {
    for (const [text, expected] of [
      ['{', []],
      ['{"a":1}', []],
      ['["a",1,null]', ['a']],
    ] as const) {
      localStorage.setItem('searches', text);
      expect(recentSearches()).toEqual(expected);
    }
  });
});
