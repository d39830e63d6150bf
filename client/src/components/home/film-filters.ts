import type { PreferencesInput, RecommendationMode } from '../../generated/graphql.ts';

/** What a list is narrowed to, as the address has it; undefined where the address says nothing. */
export interface FilmFilters {
  mode: RecommendationMode;
  genres: string[] | undefined;
  services: string[] | undefined;
  languages: string[] | undefined;
  yearMin: number | undefined;
  yearMax: number | undefined;
  runtimeMin: number | undefined;
  runtimeMax: number | undefined;
}

/** Says of a list that nothing is wanted, where saying nothing means what is stored. */
const ANY = 'any';
const LISTS = { genres: 'genre', services: 'service', languages: 'language' } as const;
const BOUNDS = { yearMin: 'from', yearMax: 'to', runtimeMin: 'min', runtimeMax: 'max' } as const;
const MODES: Record<string, RecommendationMode> = { trending: 'TRENDING', diverse: 'DIVERSE' };

export function filtersOf(search: URLSearchParams): FilmFilters {
  const list = (name: string): string[] | undefined => {
    const values = search.getAll(name);
    return values.length === 0 ? undefined : values.filter((value) => value !== ANY);
  };
  const bound = (name: string): number | undefined => {
    const value = search.get(name);
    return value !== null && /^\d{1,4}$/.test(value) ? Number(value) : undefined;
  };
  return {
    mode: MODES[search.get('mode') ?? ''] ?? 'FOR_YOU',
    genres: list(LISTS.genres),
    services: list(LISTS.services),
    languages: list(LISTS.languages),
    yearMin: bound(BOUNDS.yearMin),
    yearMax: bound(BOUNDS.yearMax),
    runtimeMin: bound(BOUNDS.runtimeMin),
    runtimeMax: bound(BOUNDS.runtimeMax),
  };
}

export function searchOf(filters: FilmFilters): URLSearchParams {
  const search = new URLSearchParams();
  if (filters.mode !== 'FOR_YOU') search.set('mode', filters.mode.toLowerCase());
  for (const field of ['genres', 'services', 'languages'] as const) {
    const values = filters[field];
    if (values === undefined) continue;
    for (const value of values.length === 0 ? [ANY] : values.toSorted()) search.append(LISTS[field], value);
  }
  for (const field of ['yearMin', 'yearMax', 'runtimeMin', 'runtimeMax'] as const) {
    const value = filters[field];
    if (value !== undefined) search.set(BOUNDS[field], String(value));
  }
  return search;
}

/** What the server is asked for: what is left out is filled with what the viewer has stored. */
export function preferencesOf({ genres, services, languages, yearMin, yearMax, runtimeMin, runtimeMax }: FilmFilters): PreferencesInput {
  return {
    // Genres that are stored only raise the score; those in the address keep the others out.
    ...(genres === undefined
      ? { genreMatch: 'PREFER' as const }
      : { preferredGenres: genres, ...(genres.length === 0 ? {} : { genreMatch: 'ANY' as const }) }),
    ...(services === undefined ? {} : { services }),
    ...(languages === undefined ? {} : { languages }),
    ...(yearMin === undefined ? {} : { yearMin }),
    ...(yearMax === undefined ? {} : { yearMax }),
    ...(runtimeMin === undefined ? {} : { runtimeMin }),
    ...(runtimeMax === undefined ? {} : { runtimeMax }),
  };
}

export function toggled(values: readonly string[], value: string): string[] {
  return values.includes(value) ? values.filter((other) => other !== value) : [...values, value];
}
