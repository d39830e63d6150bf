import type { PreferencesInput, RecommendationMode } from '../../generated/graphql.ts';

/** What a list is narrowed to, as the address has it; undefined where the address says nothing. */
export interface MovieFilters {
  mode: RecommendationMode;
  genres: string[] | undefined;
  services: string[] | undefined;
  languages: string[] | undefined;
  yearMin: number | undefined;
  yearMax: number | undefined;
  /** Null where the address says that there is no bound, whatever is stored. */
  runtimeMin: number | null | undefined;
  runtimeMax: number | null | undefined;
}

/** The bounds that the server applied to the list: those of the address, and of the profile where the address leaves them out. */
export interface AppliedRuntime {
  runtimeMin: number | null;
  runtimeMax: number | null;
}

/** Says of a list that nothing is wanted, where saying nothing means what is stored. */
const ANY = 'any';
const LISTS = { genres: 'genre', services: 'service', languages: 'language' } as const;
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
  };
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
  return search;
}

/** What the server is asked for: what is left out is filled with what the viewer has stored. */
export function preferencesOf({ genres, services, languages, yearMin, yearMax, runtimeMin, runtimeMax }: MovieFilters): PreferencesInput {
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

/** The lengths that the list has. `isFromProfile` says that the profile gives a bound that the address leaves out. */
export function effectiveRuntime({ runtimeMin, runtimeMax }: MovieFilters, applied: AppliedRuntime) {
  const min = runtimeMin === undefined ? applied.runtimeMin : runtimeMin;
  const max = runtimeMax === undefined ? applied.runtimeMax : runtimeMax;
  return {
    runtimeMin: min ?? undefined,
    runtimeMax: max ?? undefined,
    isFromProfile: (runtimeMin === undefined && min !== null) || (runtimeMax === undefined && max !== null),
  };
}
