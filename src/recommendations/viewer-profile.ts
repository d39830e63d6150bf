import type { MovieIndex } from '../catalog/movie-id.ts';
import type { Viewer } from '../library/dependencies.ts';
import type { LibraryStore } from '../library/library-store.ts';
import { MAX_IDS } from '../list-caps.ts';
import type { Snapshot } from './snapshot.ts';

/** The stored data of viewers, as far as recommendations use it. A LibraryStore has all of it. */
export type StoredData = Pick<LibraryStore, 'opinions' | 'preferences'>;

/** In stars. */
const LIKED_FROM = 4;
/**
 * The latest likes, dislikes and low ratings that are read, of each kind. Older ones weigh next to nothing. It is twice
 * MAX_IDS: a request may state the opposite of half of them.
 */
const MAX_LATEST = 1_000;

/** The stored data of a viewer, as rows of one version of the catalog. What this version does not have is left out. */
export interface ViewerProfile {
  /** Latest first, at most MAX_LATEST. */
  liked: MovieIndex[];
  /** When each of them was liked, in milliseconds since 1970. */
  likedAt: ReadonlyMap<MovieIndex, number>;
  disliked: MovieIndex[];
  /** Stars of the movies that the viewer rated below a like and does not like, latest rating first. */
  rated: ReadonlyMap<MovieIndex, number>;
  /** Movies with feedback, and watched movies. */
  excluded: MovieIndex[];
  /** Ascending, each once. */
  genres: number[];
  services: number[];
  languages: number[];
  runtimeMin: number | null;
  runtimeMax: number | null;
  familiar: number | null;
  /** One of the regions that the catalog knows. */
  region: string | null;
}

export async function loadViewerProfile(
  { library, snapshot: { catalog } }: { library: StoredData; snapshot: Pick<Snapshot, 'catalog'> },
  { userId }: Viewer,
): Promise<ViewerProfile> {
  const [opinions, preferences] = await Promise.all([
    library.opinions(userId, { below: LIKED_FROM, first: MAX_LATEST }),
    library.preferences(userId),
  ]);
  const rowsOf = (movieIds: readonly number[]): MovieIndex[] =>
    movieIds.map((movieId) => catalog.indexOf(movieId)).filter((index) => index !== undefined);
  const likedAt = new Map<MovieIndex, number>();
  for (const { movieId, at } of opinions.liked) {
    const index = catalog.indexOf(movieId);
    if (index !== undefined) likedAt.set(index, at);
  }
  const rated = new Map<MovieIndex, number>();
  for (const { movieId, stars } of opinions.lowRatings.slice(0, MAX_IDS)) {
    const index = catalog.indexOf(movieId);
    if (index !== undefined && !likedAt.has(index)) rated.set(index, stars);
  }
  return {
    rated,
    liked: [...likedAt.keys()],
    likedAt,
    disliked: rowsOf(opinions.disliked),
    excluded: rowsOf(opinions.seen),
    genres: catalog.genres.rowsOf(preferences.preferredGenres),
    services: catalog.services.rowsOf(preferences.services),
    languages: catalog.languages.rowsOf(preferences.languages),
    runtimeMin: preferences.runtimeMin,
    runtimeMax: preferences.runtimeMax,
    familiar: preferences.familiar,
    region: preferences.region !== null && catalog.offers.regions.includes(preferences.region) ? preferences.region : null,
  };
}
