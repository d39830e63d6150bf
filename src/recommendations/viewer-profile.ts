import type { MovieIndex } from '../catalog/movie-id.ts';
import type { Viewer } from '../library/dependencies.ts';
import { MAX_IDS } from '../list-caps.ts';
import type { StoredData } from './dependencies.ts';
import type { Snapshot } from './snapshot.ts';

/** In stars. */
const LIKED_FROM = 4;

/** The stored data of a viewer, as rows of one version of the catalog. What this version does not have is left out. */
export interface ViewerProfile {
  /** Latest first. */
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
  const [{ feedback, lowRatings, watched }, preferences] = await Promise.all([
    library.opinions(userId, { stars: LIKED_FROM, first: MAX_IDS }),
    library.preferences(userId),
  ]);
  const rowsOf = (movieIds: readonly number[]): MovieIndex[] =>
    movieIds.map((movieId) => catalog.indexOf(movieId)).filter((index) => index !== undefined);
  const likedAt = new Map<MovieIndex, number>();
  for (const { movieId, signal, feedbackAt } of feedback) {
    const index = signal === 'LIKE' ? catalog.indexOf(movieId) : undefined;
    if (index !== undefined) likedAt.set(index, feedbackAt.getTime());
  }
  const rated = new Map<MovieIndex, number>();
  for (const { movieId, stars } of lowRatings) {
    const index = catalog.indexOf(movieId);
    if (index !== undefined && !likedAt.has(index)) rated.set(index, stars);
  }
  return {
    rated,
    liked: [...likedAt.keys()],
    likedAt,
    disliked: rowsOf(feedback.filter(({ signal }) => signal === 'DISLIKE').map(({ movieId }) => movieId)),
    excluded: rowsOf([...feedback.map(({ movieId }) => movieId), ...watched]),
    genres: catalog.genres.rowsOf(preferences.preferredGenres),
    services: catalog.services.rowsOf(preferences.services),
    languages: catalog.languages.rowsOf(preferences.languages),
    runtimeMin: preferences.runtimeMin,
    runtimeMax: preferences.runtimeMax,
    familiar: preferences.familiar,
    region: preferences.region !== null && catalog.offers.regions.includes(preferences.region) ? preferences.region : null,
  };
}
