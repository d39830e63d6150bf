import type { MovieSort, PreferencesInput, RecommendationMode } from '../../generated/graphql.ts';
import { sortOf, withSort } from '../movie/public/movie-sort.ts';

/** The filters in the page's address. Undefined: the address leaves the filter out. */
export interface MovieFilters {
  mode: RecommendationMode;
  genres: string[] | undefined;
  services: string[] | undefined;
  languages: string[] | undefined;
  yearMin: number | undefined;
  yearMax: number | undefined;
  /** Null: the address asks for no bound, whatever the profile stores. */
  runtimeMin: number | null | undefined;
  runtimeMax: number | null | undefined;
  /** From 0 (hidden gems) to 1 (well known). Undefined: the value of the profile. */
  familiar: number | undefined;
  /** Undefined: best for the viewer first. */
  sort: MovieSort | undefined;
}

/** The bounds that the server applied to the list: those of the address, and those of the profile where the address leaves them out. */
export interface AppliedRuntime {
  runtimeMin: number | null;
  runtimeMax: number | null;
}

/** Stands for an empty list in the address. A filter that is left out means the stored value. */
const ANY = 'any';
const LISTS = { genres: 'genre', services: 'service', languages: 'language' } as const;
const FAMILIAR = 'familiar';
const BOUNDS = { yearMin: 'from', yearMax: 'to', runtimeMin: 'min', runtimeMax: 'max' } as const;
const MODES: Record<string, RecommendationMode> = { trending: 'TRENDING', diverse: 'DIVERSE' };

export function filtersOf(search: URLSearchParams): MovieFilters {
  const list = (name: string): string[] | undefined => {
    const values = search.getAll(name);
    return values.length === 0 ? undefined : values.filter((value) => value !== ANY);
  };
  const bound = (name: string): number | undefined => {
    const value = search.get(name);
    return value !== null && /^\d{1,4}$/.test(value) ? Number(value) : undefined;
  };
  const runtime = (name: string): number | null | undefined => (search.get(name) === ANY ? null : bound(name));
  return {
    mode: MODES[search.get('mode') ?? ''] ?? 'FOR_YOU',
    genres: list(LISTS.genres),
    services: list(LISTS.services),
    languages: list(LISTS.languages),
    yearMin: bound(BOUNDS.yearMin),
    yearMax: bound(BOUNDS.yearMax),
    runtimeMin: runtime(BOUNDS.runtimeMin),
    runtimeMax: runtime(BOUNDS.runtimeMax),
    familiar: familiarOf(search.get(FAMILIAR)),
    sort: sortOf(search),
  };
}

function familiarOf(value: string | null): number | undefined {
  return value !== null && /^(0|1|0\.\d{1,3})$/.test(value) ? Number(value) : undefined;
}

export function searchOf(filters: MovieFilters): URLSearchParams {
  const search = new URLSearchParams();
  if (filters.mode !== 'FOR_YOU') search.set('mode', filters.mode.toLowerCase());
  for (const field of ['genres', 'services', 'languages'] as const) {
    const values = filters[field];
    if (values === undefined) continue;
    for (const value of values.length === 0 ? [ANY] : values.toSorted()) search.append(LISTS[field], value);
  }
  for (const field of ['yearMin', 'yearMax', 'runtimeMin', 'runtimeMax'] as const) {
    const value = filters[field];
    if (value !== undefined) search.set(BOUNDS[field], String(value ?? ANY));
  }
  if (filters.familiar !== undefined) search.set(FAMILIAR, String(filters.familiar));
  return withSort(search, filters.sort);
}

/** The preferences of the request. The server fills fields that are left out from the stored preferences. */
export function preferencesOf(filters: MovieFilters): PreferencesInput {
  const { genres, services, languages, yearMin, yearMax, runtimeMin, runtimeMax, familiar } = filters;
  return {
    // Stored genres only raise the score. Genres in the address exclude all others.
    ...(genres === undefined
      ? { genreMatch: 'PREFER' as const }
      : { preferredGenres: genres, ...(genres.length === 0 ? {} : { genreMatch: 'ANY' as const }) }),
    ...(services === undefined ? {} : { services }),
    ...(languages === undefined ? {} : { languages }),
    ...(yearMin === undefined ? {} : { yearMin }),
    ...(yearMax === undefined ? {} : { yearMax }),
    ...(runtimeMin === undefined ? {} : { runtimeMin }),
    ...(runtimeMax === undefined ? {} : { runtimeMax }),
    ...(familiar === undefined ? {} : { familiar }),
  };
}

/** The runtimes of the list. `isFromProfile`: the profile gives a bound that the address leaves out. */
export function effectiveRuntime({ runtimeMin, runtimeMax }: MovieFilters, applied: AppliedRuntime) {
  const min = runtimeMin === undefined ? applied.runtimeMin : runtimeMin;
  const max = runtimeMax === undefined ? applied.runtimeMax : runtimeMax;
  return {
    runtimeMin: min ?? undefined,
    runtimeMax: max ?? undefined,
    isFromProfile: (runtimeMin === undefined && min !== null) || (runtimeMax === undefined && max !== null),
  };
}
