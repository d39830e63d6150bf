import { describe, expect, it } from 'vitest';
import { effectiveRuntime, filtersOf, type MovieFilters, preferencesOf, searchOf } from './movie-filters.ts';

const none = filtersOf(new URLSearchParams());

describe('filters in the address', () => {
  it('are read as they were written, in a fixed order', () => {
    const filters: MovieFilters = {
      ...none,
      mode: 'TRENDING',
      genres: ['sci-fi', 'action'],
      services: ['netflix'],
      yearMin: 1990,
      runtimeMax: 90,
      familiar: 0.125,
    };
    const search = searchOf(filters);
    expect(search.toString()).toBe('mode=trending&genre=action&genre=sci-fi&service=netflix&from=1990&max=90&familiar=0.125');
    expect(filtersOf(search)).toEqual({ ...filters, genres: ['action', 'sci-fi'] });
  });

  it('distinguish a filter left out from an empty one', () => {
    expect(searchOf(none).toString()).toBe('');
    expect(filtersOf(searchOf({ ...none, services: [] })).services).toEqual([]);
    expect(preferencesOf(none)).toEqual({ genreMatch: 'PREFER' });
    expect(preferencesOf({ ...none, services: [], genres: ['drama'] })).toEqual({
      preferredGenres: ['drama'],
      genreMatch: 'ANY',
      services: [],
    });
  });

  it('ignore invalid years, runtimes and modes', () => {
    expect(filtersOf(new URLSearchParams('from=abc&to=19999&min=-5&mode=best'))).toEqual(none);
  });

  it('state how well known the movies are, and ignore what is no such setting', () => {
    expect(preferencesOf({ ...none, familiar: 0 })).toEqual({ genreMatch: 'PREFER', familiar: 0 });
    for (const text of ['2', '-1', '1.5', '0.12345', 'x', '']) expect(filtersOf(new URLSearchParams({ familiar: text }))).toEqual(none);
  });

  it('can switch off a runtime of the profile', () => {
    const any = filtersOf(new URLSearchParams('min=any&max=any'));
    expect(searchOf(any).toString()).toBe('min=any&max=any');
    expect(preferencesOf(any)).toMatchObject({ runtimeMin: null, runtimeMax: null });
  });

  it('show the runtimes that the server applied and whether the profile gave them', () => {
    const unbounded = { runtimeMin: null, runtimeMax: null };
    expect(effectiveRuntime(none, { runtimeMin: 60, runtimeMax: 120 })).toEqual({ runtimeMin: 60, runtimeMax: 120, isFromProfile: true });
    expect(effectiveRuntime(none, unbounded)).toEqual({ runtimeMin: undefined, runtimeMax: undefined, isFromProfile: false });
    const any = { ...none, runtimeMin: null, runtimeMax: null };
    expect(effectiveRuntime(any, unbounded)).toEqual({ runtimeMin: undefined, runtimeMax: undefined, isFromProfile: false });
    // The stored maximum of 120 is below 130, so the server leaves it out.
    const long = { runtimeMin: 130, runtimeMax: null };
    expect(effectiveRuntime({ ...none, runtimeMin: 130 }, long)).toEqual({ runtimeMin: 130, runtimeMax: undefined, isFromProfile: false });
    const both = { runtimeMin: 90, runtimeMax: 120 };
    expect(effectiveRuntime({ ...none, runtimeMin: 90 }, both)).toEqual({ runtimeMin: 90, runtimeMax: 120, isFromProfile: true });
  });
});
