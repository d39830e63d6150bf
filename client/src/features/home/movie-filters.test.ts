import { describe, expect, it } from 'vitest';
import { type MovieFilters, filtersOf, NOTHING_STORED, preferencesOf, runtimeOf, searchOf } from './movie-filters.ts';

const none = filtersOf(new URLSearchParams());

describe('filters in the address', () => {
  it('come back as they went, in one order', () => {
    const filters: MovieFilters = {
      ...none,
      mode: 'TRENDING',
      genres: ['sci-fi', 'action'],
      services: ['netflix'],
      yearMin: 1990,
      runtimeMax: 90,
    };
    const search = searchOf(filters);
    expect(search.toString()).toBe('mode=trending&genre=action&genre=sci-fi&service=netflix&from=1990&max=90');
    expect(filtersOf(search)).toEqual({ ...filters, genres: ['action', 'sci-fi'] });
  });

  it('tell nothing said from nothing wanted', () => {
    expect(searchOf(none).toString()).toBe('');
    expect(filtersOf(searchOf({ ...none, services: [] })).services).toEqual([]);
    expect(preferencesOf(none)).toEqual({ genreMatch: 'PREFER' });
    expect(preferencesOf({ ...none, services: [], genres: ['drama'] })).toEqual({
      preferredGenres: ['drama'],
      genreMatch: 'ANY',
      services: [],
    });
  });

  it('leave out what is no year, no length and no mode', () => {
    expect(filtersOf(new URLSearchParams('from=abc&to=19999&min=-5&mode=best'))).toEqual(none);
  });

  it('say that a stored length does not count, and know which one does', () => {
    const stored = { ...NOTHING_STORED, runtimeMin: 60, runtimeMax: 120 };
    expect(runtimeOf(none, stored)).toEqual({ runtimeMin: 60, runtimeMax: 120, isStored: true });
    expect(runtimeOf(none, NOTHING_STORED)).toEqual({ runtimeMin: undefined, runtimeMax: undefined, isStored: false });
    const any = filtersOf(new URLSearchParams('min=any&max=any'));
    expect(searchOf(any).toString()).toBe('min=any&max=any');
    expect(preferencesOf(any)).toMatchObject({ runtimeMin: null, runtimeMax: null });
    expect(runtimeOf(any, stored)).toEqual({ runtimeMin: undefined, runtimeMax: undefined, isStored: false });
    expect(runtimeOf({ ...none, runtimeMin: 130 }, stored)).toEqual({ runtimeMin: 130, runtimeMax: undefined, isStored: false });
    expect(runtimeOf({ ...none, runtimeMin: 90 }, stored)).toEqual({ runtimeMin: 90, runtimeMax: 120, isStored: true });
  });
});
