import type { Catalog } from '../catalog/catalog.ts';
import type { RequestContext } from '../graphql/context.ts';
import { MAX_IDS } from '../graphql/limits/list-caps.ts';
import type { PreferencesInput } from '../graphql/recommendation/recommendation.input.ts';
import type { SavedPreferences, Signal } from '../library/library-store.ts';
import { presentPreferences } from '../library/saved-preferences.ts';

/** What is stored of a viewer, as the recommendations need it. */
export interface ViewerProfile {
  userId: string;
  /** Ids of movies of this catalogue, latest first. */
  liked: string[];
  disliked: string[];
  /** MovieIndex of everything that something was said of or that was watched: never shown. */
  hidden: number[];
  preferences: SavedPreferences;
}

/** Null for who is signed out, or may not read what is stored: they are answered like anybody. */
export async function loadViewerProfile(context: RequestContext): Promise<ViewerProfile | null> {
  const identity = await context.identity();
  if (identity === null || !identity.scopes.has('read')) return null;
  const { library, snapshot } = context;
  const [said, watched, preferences] = await Promise.all([
    library.allFeedback(identity.userId),
    library.watchedMovies(identity.userId),
    library.preferences(identity.userId),
  ]);
  const known = said
    .map(({ movieId, signal }) => ({ id: String(movieId), signal, index: snapshot.catalog.indexOf(String(movieId)) }))
    .filter((item): item is { id: string; signal: Signal; index: number } => item.index !== undefined);
  const idsOf = (wanted: Signal): string[] => known.filter(({ signal }) => signal === wanted).map(({ id }) => id);
  const watchedIndices = watched.map((movieId) => snapshot.catalog.indexOf(String(movieId))).filter((index) => index !== undefined);
  return {
    userId: identity.userId,
    liked: idsOf('LIKE'),
    disliked: idsOf('DISLIKE'),
    hidden: [...known.map(({ index }) => index), ...watchedIndices],
    preferences,
  };
}

/**
 * What was asked for, with what is stored in every field that was left out. What was asked for wins: a stored like of a movie that is
 * disliked in the request counts for nothing, nor does a stored bound that would leave no length between it and the asked one.
 * A bound that is null is none, stored or not. The ranking follows the latest 500 likes and dislikes.
 */
export function filledPreferences(
  catalog: Catalog,
  asked: PreferencesInput,
  { liked, disliked, preferences }: ViewerProfile,
): PreferencesInput {
  const stored = presentPreferences(catalog, preferences);
  const { runtimeMin, runtimeMax } = stored;
  const fits = (low: number | null | undefined, high: number | null | undefined): boolean =>
    (low ?? 0) <= (high ?? Number.MAX_SAFE_INTEGER);
  return {
    ...asked,
    likedMovieIds: asked.likedMovieIds ?? without(liked, asked.dislikedMovieIds),
    dislikedMovieIds: asked.dislikedMovieIds ?? without(disliked, asked.likedMovieIds),
    preferredGenres: asked.preferredGenres ?? stored.preferredGenres.map(({ id }) => id),
    services: asked.services ?? stored.services.map(({ id }) => id),
    languages: asked.languages ?? stored.languages,
    runtimeMin: asked.runtimeMin === undefined && fits(runtimeMin, asked.runtimeMax) ? runtimeMin : (asked.runtimeMin ?? null),
    runtimeMax: asked.runtimeMax === undefined && fits(asked.runtimeMin, runtimeMax) ? runtimeMax : (asked.runtimeMax ?? null),
  };
}

function without(ids: readonly string[], left: readonly string[] | null | undefined): string[] {
  const out = new Set(left);
  return ids.filter((id) => !out.has(id)).slice(0, MAX_IDS);
}
