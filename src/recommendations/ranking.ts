import { type MovieSort, sortedRows } from '../catalog/movie-sort.ts';
import { Bitset } from '../engine/linalg/bitset.ts';
import { NEUTRAL, type UserProfile } from '../engine/recommender/profile.ts';
import { laterLikes, recencyWeights } from '../engine/recommender/recency.ts';
import type { Mode, Ranking } from '../engine/recommender/recommender.ts';
import type { Viewer } from '../library/dependencies.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { canonicalHash } from './canonical-hash.ts';
import type { RankingDependencies, RecommendationDependencies, ViewerDependencies } from './dependencies.ts';
import { Explanation } from './explanation.ts';
import { type RecommendationQuery, type StatedPreferences, toQuery } from './recommendation-query.ts';
import type { Snapshot } from './snapshot.ts';
import { loadViewerProfile, type ViewerProfile } from './viewer-profile.ts';

/** For reading it, and for leaving it out or choosing among it. */
export const POINTS_OF_A_READ_MOVIE = 0.06;

/** The query of a viewer, or of nobody: stored data fills what the request does not state. */
export async function viewerQuery(
  dependencies: ViewerDependencies,
  viewer: Viewer | null,
  preferences: StatedPreferences,
): Promise<RecommendationQuery> {
  if (viewer === null) return toQuery(preferences, null);
  const profile = await dependencies.metrics.span('profile', () => profileOnce(dependencies, viewer));
  await dependencies.charge(profile.excluded.length * POINTS_OF_A_READ_MOVIE);
  return toQuery(preferences, profile);
}

/** Read once a request, which may ask for many rankings: only what is paid for is done again. */
function profileOnce(dependencies: ViewerDependencies, viewer: Viewer): Promise<ViewerProfile> {
  const { profiles } = dependencies;
  let profile = profiles.get(viewer.userId);
  if (profile === undefined) {
    profile = loadViewerProfile(dependencies, viewer);
    profiles.set(viewer.userId, profile);
  }
  return profile;
}

/** The order of a list: by the scores of a mode, unless it is sorted by a fact. */
export interface RankingOrder {
  mode: Mode;
  sort?: MovieSort | undefined;
}

/** A page of the ranking for this query, from the cache or computed. */
export async function rankedPage(
  dependencies: Omit<RecommendationDependencies, 'library'>,
  { mode, sort }: RankingOrder,
  query: RecommendationQuery,
  offset: number,
  limit: number,
): Promise<Ranking> {
  const { snapshot, rankings, metrics } = dependencies;
  const { liked, disliked, rated, filter } = query;
  const key = rankingKey(snapshot, { mode, sort }, query);
  const contributions = liked.length + disliked.length + (rated?.size ?? 0) + filter.genres.length + 3;
  return rankings.page({ key, offset, limit, contributions }, (from, count) =>
    measured(dependencies, 'recommendations', () => {
      const candidates = metrics.span('candidates', () => candidatesOf(snapshot, query));
      const profile = profileOf(query);
      if (sort !== undefined) {
        const rows = sortedRows(
          { ...snapshot.catalog.columns, popularity: snapshot.recommender.popularity },
          candidates,
          sort,
          from,
          count,
        );
        return { total: candidates.count(), movies: snapshot.recommender.scoreMovies(profile, rows, mode, snapshot.rules) };
      }
      const request = { profile, mode, candidates, offset: from, limit: count, influence: snapshot.rules };
      return snapshot.recommender.recommend(request, (part, work) => metrics.span(part, work));
    }),
  );
}

function candidatesOf({ catalog, filters }: Snapshot, { filter, among, liked, disliked, notInterested }: RecommendationQuery): Bitset {
  if (among === undefined) return filters.candidates(filter, [...liked, ...disliked, ...notInterested]);
  return filters.candidates(filter).and(Bitset.of(catalog.size, among));
}

/** Ranks unless the time of the request is up, and reports how long it took. */
export function measured<T>(
  { metrics, deadline }: Pick<RankingDependencies, 'metrics' | 'deadline'>,
  kind: Parameters<Metrics['ranked']>[0],
  rank: () => T,
): T {
  deadline.check();
  const started = performance.now();
  const ranking = metrics.span('rank', rank);
  metrics.ranked(kind, (performance.now() - started) / 1_000);
  return ranking;
}

/** Explains the movies that are ranked for this query. */
export function explanationFor(
  { catalog, recommender, rules }: Pick<Snapshot, 'catalog' | 'recommender' | 'rules'>,
  { filter: { genres, services } }: RecommendationQuery,
  sort?: MovieSort,
): Explanation {
  // Nothing is pinned in a list that is sorted by a fact.
  const pinned = sort === undefined ? rules.pinned : [];
  return new Explanation(catalog, recommender.popularity, { preferredGenres: genres, services, pinned });
}

/** The profile of a query, where the latest stored likes weigh most. */
export function profileOf(query: RecommendationQuery): UserProfile {
  const { liked, disliked, filter, familiar = NEUTRAL } = query;
  const rated = ratedRows(query);
  return { liked, likedWeights: recencyWeights(likedTimes(query)), ...rated, disliked, genres: filter.genres, familiar };
}

/** The movies rated below a like, ascending, with their weights. */
function ratedRows({ rated }: RecommendationQuery): Pick<UserProfile, 'rated' | 'ratedWeights'> {
  if (rated === undefined) return {};
  const entries = [...rated].sort(([a], [b]) => a - b);
  return { rated: entries.map(([index]) => index), ratedWeights: entries.map(([, weight]) => weight) };
}

/** When each like was given; empty when that is not known. */
function likedTimes({ liked, likedAt }: RecommendationQuery): number[] {
  return likedAt === undefined ? [] : liked.map((index) => likedAt.get(index) ?? 0);
}

/**
 * Everything that the ranking depends on, and nothing of the viewer: equal queries share an entry. Two differences change no ranking and
 * are left out: whether a liked movie is marked not interesting too, and how a single genre is matched (ANY or ALL).
 */
export function rankingKey(
  { catalog, recommender, rules }: Pick<Snapshot, 'catalog' | 'recommender' | 'rules'>,
  { mode, sort }: RankingOrder,
  query: RecommendationQuery,
): string {
  const { liked, disliked, notInterested, filter, familiar, among } = query;
  const rated = new Set([...liked, ...disliked]);
  return canonicalHash({
    ...filter,
    version: catalog.version,
    model: recommender.modelName,
    rerank: recommender.isReranked || undefined,
    rules: rules.version === '' ? undefined : rules.version,
    mode,
    sort,
    among,
    liked,
    laterLikes: laterLikes(likedTimes(query)),
    ...ratedRows(query),
    disliked,
    notInterested: notInterested.filter((index) => !rated.has(index)),
    familiar,
    genreMatch: filter.genres.length === 1 && filter.genreMatch === 'ALL' ? 'ANY' : filter.genreMatch,
  });
}
