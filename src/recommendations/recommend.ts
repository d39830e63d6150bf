import type { MovieFilter } from '../catalog/filters.ts';
import type { MovieIndex } from '../catalog/movie-id.ts';
import type { ReadOfferFilter } from '../catalog/offers.ts';
import { NEUTRAL } from '../engine/recommender/profile.ts';
import type { Viewer } from '../library/dependencies.ts';
import { canonicalHash } from './canonical-hash.ts';
import type { RecommendationDependencies } from './dependencies.ts';
import { explanationFor, POINTS_OF_A_READ_MOVIE, type RankingOrder, rankedPage, viewerQuery } from './ranking.ts';
import { type StatedPreferences, toQuery } from './recommendation-query.ts';
import { RecommendedMovie } from './recommended-movie.ts';

/** Movies of a shared watchlist, the last ones that were added: whoever has the link may ask for them, without an account. */
export const MAX_SHARED_MOVIES = 1_000;
/** An entry of the list in which they are looked for. */
const POINTS_OF_A_PASSED_MOVIE = 0.03;

export interface RecommendationRequest extends RankingOrder {
  preferences: StatedPreferences;
  /** Only movies that the viewer wants to watch. */
  onWatchlist?: boolean | undefined;
  /** Only movies to watch on this list, which its owner shares. Without an owner it has none. */
  sharedWatchlist?: { id: string; ownerId: string | undefined } | undefined;
}

export interface Recommendations {
  /** How many movies pass the filters. */
  total: number;
  /** Best first. */
  movies: RecommendedMovie[];
  /** The filters of the request, filled with those of the viewer. */
  filter: MovieFilter;
  /** How the movies can be watched; undefined: in any way, or not at all. */
  watch: ReadOfferFilter | undefined;
  /** How well known the movies were asked to be, from 0 to 1. */
  familiar: number;
}

/** Ranks movies for a viewer. Stored data of the viewer fills what the request does not state; null is nobody. */
export function recommend(
  dependencies: RecommendationDependencies,
  viewer: Viewer | null,
  request: RecommendationRequest,
  offset: number,
  limit: number,
): Promise<Recommendations> {
  return dependencies.metrics.span('recommend', () => recommendPage(dependencies, viewer, request, offset, limit));
}

async function recommendPage(
  dependencies: RecommendationDependencies,
  viewer: Viewer | null,
  { preferences, onWatchlist = false, sharedWatchlist, ...order }: RecommendationRequest,
  offset: number,
  limit: number,
): Promise<Recommendations> {
  const query = await viewerQuery(dependencies, viewer, preferences);
  if (onWatchlist) query.among = await ownListedMovies(dependencies, viewer);
  if (sharedWatchlist !== undefined) {
    const { ownerId } = sharedWatchlist;
    const shared = ownerId === undefined ? [] : await sharedMovies(dependencies, ownerId);
    const own = onWatchlist ? new Set(query.among) : undefined;
    query.among = own === undefined ? shared : shared.filter((index) => own.has(index));
  }
  await dependencies.deadline.turn();
  const { total, movies } = await rankedPage(dependencies, order, query, offset, limit);
  const explanation = explanationFor(dependencies.snapshot, query, order.sort);
  return {
    total,
    movies: movies.map((ranked) => new RecommendedMovie(ranked, explanation)),
    filter: query.filter,
    watch: query.watch,
    familiar: query.familiar ?? NEUTRAL,
  };
}

/** A watchlist may have 50,000 movies, so reading it costs points by its length. */
async function ownListedMovies(dependencies: RecommendationDependencies, viewer: Viewer | null): Promise<MovieIndex[]> {
  if (viewer === null) return [];
  const rows = await dependencies.storedRowsOf(viewer.userId, 'WATCHLIST');
  await dependencies.charge(rows * POINTS_OF_A_READ_MOVIE);
  return listedMovies(dependencies, viewer.userId);
}

/** The last ones are found behind any number of movies that the owner has watched. */
async function sharedMovies(dependencies: RecommendationDependencies, ownerId: string): Promise<MovieIndex[]> {
  const rows = await dependencies.storedRowsOf(ownerId, 'WATCHLIST');
  await dependencies.charge(rows * POINTS_OF_A_PASSED_MOVIE);
  return listedMovies(dependencies, ownerId, MAX_SHARED_MOVIES);
}

async function listedMovies(
  { library, snapshot: { catalog } }: RecommendationDependencies,
  userId: string,
  latest?: number,
): Promise<MovieIndex[]> {
  const ids = await library.toWatch(userId, latest);
  return ids.map((id) => catalog.indexOf(id)).filter((index) => index !== undefined);
}

/** Names a viewer's list for cursors. It covers the request and nothing stored: a like between two pages must not end the list. */
export function recommendationListKey(
  viewer: Viewer | null,
  { preferences, mode, sort, onWatchlist, sharedWatchlist }: RecommendationRequest,
): string {
  const { watch, ...others } = preferences;
  // The stored region may have services that the default region lacks.
  return canonicalHash({
    mode,
    sort,
    onWatchlist: onWatchlist === true ? true : undefined,
    sharedWatchlistId: sharedWatchlist?.id,
    viewer: viewer?.userId,
    ...toQuery({ ...others, watch: undefined }, null),
    watch: watch?.filter,
  });
}
