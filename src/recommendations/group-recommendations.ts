import type { Catalog } from '../catalog/catalog.ts';
import type { Filters } from '../catalog/filters.ts';
import type { GroupStrategy } from '../engine/recommender/group.ts';
import { InputError } from '../input-error.ts';
import { canonicalHash } from './canonical-hash.ts';
import type { RankingDependencies } from './dependencies.ts';
import { explanationFor, measured, profileOf } from './ranking.ts';
import { type Preferences, type RecommendationQuery, readPreferences, toQuery } from './recommendation-query.ts';
import { GroupRecommendedMovie } from './recommended-movie.ts';

const MIN_MEMBERS = 2;
export const MAX_MEMBERS = 8;

export interface GroupQuery {
  members: RecommendationQuery[];
  strategy: GroupStrategy;
  /** Ids in the preferences of any member that the catalog does not have, each once. */
  ignoredMovieIds: string[];
}

export interface GroupRecommendations {
  /** How many movies pass the filters of every member. */
  total: number;
  /** Best first. */
  movies: GroupRecommendedMovie[];
}

/** Checks the preferences of a group. An InputError names the member and the field. */
export function readGroupQuery(catalog: Catalog, members: readonly Preferences[], strategy: GroupStrategy): GroupQuery {
  if (members.length < MIN_MEMBERS || members.length > MAX_MEMBERS) {
    const problem = `has ${members.length} entries; a group has from ${MIN_MEMBERS} to ${MAX_MEMBERS}`;
    throw new InputError('members', problem, { min: MIN_MEMBERS, max: MAX_MEMBERS });
  }
  const stated = members.map((preferences, i) => readPreferences(catalog, preferences, `members[${i}]`));
  return {
    members: stated.map((preferences) => toQuery(preferences, null)),
    strategy,
    ignoredMovieIds: [...new Set(stated.flatMap(({ ignoredMovieIds }) => ignoredMovieIds))],
  };
}

/** Ranks movies for a group. Stored data of the viewer does not count: each member is described by preferences alone. */
export function recommendForGroup(
  dependencies: RankingDependencies,
  { members, strategy }: GroupQuery,
  offset: number,
  limit: number,
): GroupRecommendations {
  const { snapshot } = dependencies;
  const { total, movies } = measured(dependencies, 'group', () => {
    const candidates = candidatesOf(snapshot.filters, members);
    return snapshot.recommender.recommendForGroup({
      profiles: members.map(profileOf),
      strategy,
      candidates,
      offset,
      limit,
      influence: snapshot.rules,
    });
  });
  const explanations = members.map((member) => explanationFor(snapshot, member));
  return { total, movies: movies.map((ranked) => new GroupRecommendedMovie(ranked, explanations)) };
}

/** Names the list of a group for cursors. */
export function groupListKey({ members, strategy }: GroupQuery): string {
  return canonicalHash({ strategy, members });
}

/** The movies that pass the filters of every member, without those that any member liked, disliked or marked. */
function candidatesOf(filters: Filters, members: readonly RecommendationQuery[]): ReturnType<Filters['candidates']> {
  const excluded = members.flatMap(({ liked, disliked, notInterested }) => [...liked, ...disliked, ...notInterested]);
  const [first, ...others] = members.map(({ filter }) => filters.candidates(filter, excluded));
  for (const other of others) first.and(other);
  return first;
}
