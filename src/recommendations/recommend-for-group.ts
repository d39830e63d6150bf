import type { Filters } from '../catalog/filters.ts';
import type { GroupStrategy } from '../engine/recommender/group.ts';
import type { UserProfile } from '../engine/recommender/profile.ts';
import type { RequestContext } from '../graphql/context.ts';
import { decodeCursor, encodeCursor } from '../graphql/paging/cursor.ts';
import { pageOf } from '../graphql/paging/page.ts';
import { GroupRecommendation, type GroupRecommendationConnection } from '../graphql/recommendation/group.type.ts';
import type { PreferencesInput } from '../graphql/recommendation/recommendation.input.ts';
import { InputError } from '../input-error.ts';
import { checkedFirst } from '../list-caps.ts';
import { canonicalHash } from './cache/canonical-hash.ts';
import { Explanation } from './explanation.ts';
import { type Preferences, readPreferences } from './recommendation-query.ts';

const MIN_MEMBERS = 2;
const MAX_MEMBERS = 8;

export interface GroupArguments {
  members: PreferencesInput[];
  strategy: GroupStrategy;
  first: number;
  after: string | null | undefined;
}

/** Nothing stored counts here: the members are whoever they are said to be. */
export function recommendForGroup({ snapshot, rankings, deadline }: RequestContext, args: GroupArguments): GroupRecommendationConnection {
  const { catalog, recommender, filters } = snapshot;
  const limit = checkedFirst(args.first);
  if (args.members.length < MIN_MEMBERS || args.members.length > MAX_MEMBERS) {
    const problem = `has ${args.members.length} entries; a group has from ${MIN_MEMBERS} to ${MAX_MEMBERS}`;
    throw new InputError('members', problem, { min: MIN_MEMBERS, max: MAX_MEMBERS });
  }
  const members = args.members.map((prefs, i) => readPreferences(catalog, prefs, `members[${i}]`));
  const key = canonicalHash({ strategy: args.strategy, members: members.map((member) => ({ ...member, ignoredMovieIds: undefined })) });
  const offset = args.after === null || args.after === undefined ? 0 : decodeCursor(args.after, catalog.version, key, catalog.size);
  deadline.check();
  const begun = performance.now();
  const tastes = members.map(({ liked, disliked, filter }): UserProfile => ({ liked, disliked, genres: filter.genres }));
  const candidates = candidatesOf(filters, members);
  const ranking = recommender.recommendForGroup({ profiles: tastes, strategy: args.strategy, candidates, offset, limit });
  rankings.computed('group', (performance.now() - begun) / 1_000);
  const explanations = members.map(
    ({ filter: { genres, services } }) => new Explanation(catalog, recommender.popularity, { preferredGenres: genres, services }),
  );
  const nodes = ranking.movies.map((ranked) => new GroupRecommendation(ranked, explanations));
  const page = pageOf(nodes, offset, ranking.total, (place) => encodeCursor(catalog.version, key, place));
  return { ...page, ignoredMovieIds: [...new Set(members.flatMap(({ ignoredMovieIds }) => ignoredMovieIds))] };
}

/** What passes every member's filters, without what any of them liked, disliked or marked. */
function candidatesOf(filters: Filters, members: readonly Preferences[]): ReturnType<Filters['candidates']> {
  const excluded = members.flatMap(({ liked, disliked, notInterested }) => [...liked, ...disliked, ...notInterested]);
  const [first, ...others] = members.map(({ filter }) => filters.candidates(filter, excluded));
  for (const other of others) first.and(other);
  return first;
}
