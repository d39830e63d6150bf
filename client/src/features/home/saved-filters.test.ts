import { beforeEach, expect, it, vi } from 'vitest';
import { deleteSaved, MAX_SAVED, savedFilters, saveFilters } from './saved-filters.ts';

let kept: Map<string, string>;
beforeEach(() => {
  kept = new Map();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  });
});

it('saved filters are kept by name, and a name is used once', () => {
  saveFilters({ name: 'short', search: 'max=90' });
  saveFilters({ name: 'old', search: 'to=1969' });
  expect(saveFilters({ name: 'short', search: 'max=80' })).toEqual([
    { name: 'old', search: 'to=1969' },
    { name: 'short', search: 'max=80' },
  ]);
  expect(deleteSaved('old')).toEqual([{ name: 'short', search: 'max=80' }]);
  expect(savedFilters()).toEqual([{ name: 'short', search: 'max=80' }]);
});

it('the oldest go when there are too many, and what is not understood counts as none', () => {
  for (let n = 0; n <= MAX_SAVED; n++) saveFilters({ name: String(n), search: '' });
  expect(savedFilters().map(({ name }) => name)).toEqual(Array.from({ length: MAX_SAVED }, (_, n) => String(n + 1)));
  for (const damaged of ['{', '3', '[{"name": 1, "search": ""}, null]']) {
    kept.set('filters', damaged);
    expect(savedFilters()).toEqual([]);
  }
});
