import type { Catalog } from '../catalog/catalog.ts';
import { type FilterArguments, offersIn, readFamiliar, readFilter, readLabels } from '../catalog/filter-arguments.ts';
import type { GenreMatch, MovieFilter } from '../catalog/filters.ts';
import type { MovieIndex } from '../catalog/movie-id.ts';
import { isMovieId, notAMovieId } from '../catalog/movie-table.ts';
import type { OfferFilter, ReadOfferFilter } from '../catalog/offers.ts';
import { NEUTRAL } from '../engine/recommender/profile.ts';
import { InputError, quoted } from '../input-error.ts';
import { checkLength, MAX_IDS } from '../list-caps.ts';
import type { ViewerProfile } from './viewer-profile.ts';

/** In stars. */
const NEUTRAL_FROM = 2.5;

/** Preferences as a caller writes them. A field that is null or left out is not stated, but a bound that is null means no bound. */
export interface Preferences extends FilterArguments {
  likedMovieIds?: string[] | null;
  dislikedMovieIds?: string[] | null;
  notInterestedMovieIds?: string[] | null;
  preferredGenres?: string[] | null;
  genreMatch?: GenreMatch | null;
  /** 0 hidden gems, 0.5 neutral, 1 well known. */
  familiar?: number | null;
  /** ISO 3166-1: the region of `watch`. */
  region?: string | null;
}

/** What the viewer stored of where they watch. */
export interface StoredWatch {
  region: string | null;
  /** Rows of services. */
  services: readonly number[];
}

const NOTHING_STORED: StoredWatch = { region: null, services: [] };

/** How the movies can be watched. The region may come from the profile, so the filter is read when that is known. */
export interface StatedWatch {
  /** As the request states it. */
  filter: OfferFilter;
  /** An InputError names the field. */
  readIn(stored: StoredWatch): ReadOfferFilter;
}

/** The preferences of one request, checked. Lists hold rows, ascending, each once; undefined is a field that was not stated. */
export interface StatedPreferences {
  liked: MovieIndex[] | undefined;
  disliked: MovieIndex[] | undefined;
  notInterested: MovieIndex[];
  genres: number[] | undefined;
  genreMatch: GenreMatch | undefined;
  services: readonly number[] | undefined;
  languages: readonly number[] | undefined;
  /** Null: no bound, also where one is stored. */
  runtimeMin: number | null | undefined;
  runtimeMax: number | null | undefined;
  yearMin: number | undefined;
  yearMax: number | undefined;
  watch: StatedWatch | undefined;
  familiar: number | undefined;
  /** Ids that the catalog does not have, in the order given, each once. */
  ignoredMovieIds: string[];
}

/** What a ranking depends on beside its mode and the artifacts. Lists are ascending, so equal wishes are equal data. */
export interface RecommendationQuery {
  liked: MovieIndex[];
  /** When each stored like was given. Undefined for likes that the request states: their order says nothing. */
  likedAt?: ReadonlyMap<MovieIndex, number> | undefined;
  /** Weights of the movies that the viewer rated below a like. Undefined when there are none, and when the request states likes. */
  rated?: ReadonlyMap<MovieIndex, number> | undefined;
  disliked: MovieIndex[];
  /** Never recommended. */
  notInterested: MovieIndex[];
  filter: MovieFilter;
  /** Set: only these movies, also those with feedback. */
  among?: readonly MovieIndex[] | undefined;
  /** Where `filter.offers` come from. */
  watch?: ReadOfferFilter | undefined;
  /** From 0 to 1. Undefined is neutral, so that equal wishes are equal data. */
  familiar: number | undefined;
}

/** Reads the preferences of a request, once. An InputError names the field: `path` is where the preferences stand in the request. */
export function readPreferences(catalog: Catalog, preferences: Preferences, path = 'prefs'): StatedPreferences {
  const ignored = new Set<string>();
  const movies = (name: 'likedMovieIds' | 'dislikedMovieIds' | 'notInterestedMovieIds'): MovieIndex[] =>
    readMovies(catalog, preferences[name] ?? [], `${path}.${name}`, ignored);
  const liked = movies('likedMovieIds');
  const disliked = movies('dislikedMovieIds');
  const notInterested = movies('notInterestedMovieIds');
  checkContradiction(catalog, liked, disliked, path);
  const genres = readLabels(preferences.preferredGenres, 'genre', catalog.genres, `${path}.preferredGenres`);
  // `watch` is read later: its region may be that of the viewer.
  const { watch: _, ...filters } = preferences;
  const { services, languages, yearMin, yearMax } = readFilter(catalog, filters, path);
  return {
    liked: stated(preferences.likedMovieIds, liked),
    disliked: stated(preferences.dislikedMovieIds, disliked),
    notInterested,
    genres: stated(preferences.preferredGenres, genres),
    genreMatch: preferences.genreMatch ?? undefined,
    services: stated(preferences.services, services),
    languages: stated(preferences.languages, languages),
    runtimeMin: preferences.runtimeMin,
    runtimeMax: preferences.runtimeMax,
    yearMin,
    yearMax,
    watch: readWatch(catalog, preferences, path),
    familiar: readFamiliar(preferences.familiar, `${path}.familiar`),
    ignoredMovieIds: [...ignored],
  };
}

/**
 * The query for stated preferences, where the profile of the viewer fills every field that was not stated. What is stated wins:
 * a stored like of a movie that the request dislikes is left out, and so is a stored bound that contradicts a stated one.
 * Movies with feedback and watched movies are never recommended.
 */
export function toQuery(preferences: StatedPreferences, profile: ViewerProfile | null): RecommendationQuery {
  const liked = preferences.liked ?? latestWithout(profile?.liked, preferences.disliked);
  const disliked = preferences.disliked ?? latestWithout(profile?.disliked, preferences.liked);
  const genres = preferences.genres ?? profile?.genres ?? [];
  const { runtimeMin, runtimeMax } = filledRuntime(preferences, profile);
  const familiar = preferences.familiar ?? profile?.familiar ?? NEUTRAL;
  const watch = preferences.watch?.readIn(profile ?? NOTHING_STORED);
  return {
    liked,
    ...(profile !== null && preferences.liked === undefined && { likedAt: profile.likedAt, ...ratedOf(profile) }),
    disliked,
    notInterested:
      profile === null ? preferences.notInterested : union(preferences.notInterested, profile.excluded, new Set([...liked, ...disliked])),
    // The order of these fields is part of the cursor's hash.
    filter: {
      genres,
      // Without genres all three ways to match are the same wish.
      genreMatch: genres.length === 0 ? 'ANY' : (preferences.genreMatch ?? 'ANY'),
      services: preferences.services ?? profile?.services ?? [],
      languages: preferences.languages ?? profile?.languages ?? [],
      runtimeMin,
      runtimeMax,
      yearMin: preferences.yearMin,
      yearMax: preferences.yearMax,
      ...(watch && offersIn(watch)),
    },
    ...(watch && { watch }),
    familiar: familiar === NEUTRAL ? undefined : familiar,
  };
}

function readWatch(catalog: Catalog, { watch, region }: Preferences, path: string): StatedWatch | undefined {
  const stated = isNothing(region) ? undefined : catalog.offers.readRegion(region, `${path}.region`);
  if (isNothing(watch)) return undefined;
  const filter = { ...watch, region: watch.region ?? stated };
  return {
    filter,
    readIn: ({ region: storedRegion, services }) => {
      const own = services.map((row) => catalog.services.at(row).name);
      return catalog.offers.read({ ...filter, region: filter.region ?? storedRegion }, `${path}.watch`, own);
    },
  };
}

function isNothing<T>(value: T | null | undefined): value is null | undefined {
  return value === null || value === undefined;
}

/** The stored ratings below a like. */
function ratedOf({ rated }: ViewerProfile): Pick<RecommendationQuery, 'rated'> {
  return rated.size === 0 ? {} : { rated: new Map([...rated].map(([index, stars]) => [index, ratedWeight(stars)])) };
}

/** How much a rating below a like says that a viewer watches such movies, relative to a like. Training has the same weights. */
function ratedWeight(stars: number): number {
  return stars >= NEUTRAL_FROM ? 0.5 : 0.25;
}

/** `value`, unless the caller gave nothing to read it from. */
function stated<T>(given: unknown, value: T): T | undefined {
  return isNothing(given) ? undefined : value;
}

function readMovies(catalog: Catalog, ids: readonly string[], path: string, ignored: Set<string>): MovieIndex[] {
  checkLength(path, ids, MAX_IDS);
  const rows = new Set<MovieIndex>();
  ids.forEach((id, i) => {
    if (!isMovieId(id)) throw notAMovieId(id, `${path}[${i}]`);
    const index = catalog.indexOf(id);
    if (index === undefined) ignored.add(id);
    else rows.add(index);
  });
  return ascending(rows);
}

function checkContradiction(catalog: Catalog, liked: readonly MovieIndex[], disliked: readonly MovieIndex[], path: string): void {
  const both = disliked.find((index) => liked.includes(index));
  if (both === undefined) return;
  const movieId = catalog.id(both);
  throw new InputError(`${path}.dislikedMovieIds`, `${quoted(movieId)} (${catalog.title(both)}) is among likedMovieIds too`, { movieId });
}

/** The latest stored likes or dislikes, as many as a request may state, without the movies that the request states the opposite of. */
function latestWithout(stored: readonly MovieIndex[] = [], opposite: readonly MovieIndex[] = []): MovieIndex[] {
  const left = new Set(opposite);
  return ascending(stored.filter((index) => !left.has(index)).slice(0, MAX_IDS));
}

function filledRuntime(
  { runtimeMin: min, runtimeMax: max }: StatedPreferences,
  profile: ViewerProfile | null,
): Pick<MovieFilter, 'runtimeMin' | 'runtimeMax'> {
  const fits = (low: number | null | undefined, high: number | null | undefined): boolean =>
    (low ?? 0) <= (high ?? Number.MAX_SAFE_INTEGER);
  const storedMin = profile !== null && fits(profile.runtimeMin, max) ? profile.runtimeMin : undefined;
  const storedMax = profile !== null && fits(min, profile.runtimeMax) ? profile.runtimeMax : undefined;
  return {
    runtimeMin: (min === undefined ? storedMin : min) ?? undefined,
    runtimeMax: (max === undefined ? storedMax : max) ?? undefined,
  };
}

function union(one: readonly MovieIndex[], other: readonly MovieIndex[], left: ReadonlySet<MovieIndex>): MovieIndex[] {
  return ascending(new Set([...one, ...other.filter((index) => !left.has(index))]));
}

function ascending(rows: Iterable<MovieIndex>): MovieIndex[] {
  return [...rows].sort((a, b) => a - b);
}
