import { hash, randomBytes } from 'node:crypto';
import type { Catalog } from '../../catalog/catalog.ts';
import { InputError, quoted } from '../../input-error.ts';
import { checkLength } from '../../list-caps.ts';
import type { LibraryStore } from '../library-store.ts';
import { isShownLine } from '../shown-line.ts';
import {
  type GroupPlan,
  MAX_GROUP_MEMBERS,
  MAX_GROUP_SERVICES,
  MAX_MEMBER_MOVIES,
  MAX_MEMBER_NAME,
  MAX_VOTERS,
  MAX_VOTES_OF_A_VOTER,
  type SharedGroup,
  type Voter,
} from './shared-group.ts';

const ID_BYTES = 16;
const MAX_RUNTIME = 1_000;
const MOVIE_ID = /^(tmdb-)?\d{1,10}$/;
/** Another vote was written between reading and writing. */
const MAX_ATTEMPTS = 10;

interface Dependencies {
  library: Pick<LibraryStore, 'groups'>;
  snapshot: { catalog: Pick<Catalog, 'services'> };
}

export interface VoteCount {
  movieId: string;
  count: number;
  /** Whether the viewer voted for it. */
  mine: boolean;
}

export async function createGroup(dependencies: Dependencies, userId: string, plan: GroupPlan): Promise<SharedGroup> {
  const id = randomBytes(ID_BYTES).toString('base64url');
  return dependencies.library.groups.create(userId, { id, plan: checkedPlan(dependencies, plan) }, new Date());
}

/** `saved` is false when the group has another version by now. It is returned as it is then. Undefined when there is no such group. */
export async function changeGroup(
  dependencies: Dependencies,
  { id, version, plan }: { id: string; version: number; plan: GroupPlan },
): Promise<{ saved: boolean; group: SharedGroup } | undefined> {
  const { groups } = dependencies.library;
  const checked = checkedPlan(dependencies, plan);
  const group = await groups.find(id);
  if (group === undefined) return undefined;
  if (group.version === version) {
    const changed = { ...group, plan: checked };
    if (await groups.replace(changed, new Date())) return { saved: true, group: { ...changed, version: version + 1 } };
  }
  const current = await groups.find(id);
  return current && { saved: false, group: current };
}

/** Gives a vote, or takes it back. Undefined when there is no such group. */
export async function voteInGroup(
  { library }: Pick<Dependencies, 'library'>,
  userId: string,
  { id, movieId, vote }: { id: string; movieId: string; vote: boolean },
): Promise<SharedGroup | undefined> {
  if (!MOVIE_ID.test(movieId)) throw new InputError('movieId', `is ${quoted(movieId)}; it must be the id of a movie`);
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const group = await library.groups.find(id);
    if (group === undefined) return undefined;
    const voted = { ...group, voters: votersAfter(group.voters, voterKey(id, userId), movieId, vote) };
    if (await library.groups.replace(voted, new Date())) return { ...voted, version: group.version + 1 };
  }
  throw new InputError('id', 'names a group that changes too fast; try again');
}

/** Most votes first. */
export function countVotes({ id, voters }: SharedGroup, userId: string | undefined): VoteCount[] {
  const own = userId === undefined ? undefined : voters.find(({ key }) => key === voterKey(id, userId));
  const counts = new Map<string, number>();
  for (const movieId of voters.flatMap(({ movieIds }) => movieIds)) counts.set(movieId, (counts.get(movieId) ?? 0) + 1);
  return [...counts]
    .map(([movieId, count]) => ({ movieId, count, mine: own?.movieIds.includes(movieId) === true }))
    .sort((a, b) => b.count - a.count);
}

function votersAfter(voters: readonly Voter[], key: string, movieId: string, vote: boolean): Voter[] {
  const own = voters.find((voter) => voter.key === key);
  const others = voters.filter((voter) => voter !== own);
  const rest = (own?.movieIds ?? []).filter((other) => other !== movieId);
  const movieIds = vote ? [...rest, movieId] : rest;
  if (movieIds.length > MAX_VOTES_OF_A_VOTER)
    throw new InputError('movieId', `is one vote too many; everybody has ${MAX_VOTES_OF_A_VOTER}`, { max: MAX_VOTES_OF_A_VOTER });
  if (movieIds.length === 0) return others;
  if (others.length >= MAX_VOTERS)
    throw new InputError('id', `names a group in which ${MAX_VOTERS} people vote already`, { max: MAX_VOTERS });
  return [...others, { key, movieIds }];
}

/** The group does not tell who voted: the hash of one group and one user. */
function voterKey(groupId: string, userId: string): string {
  return hash('sha256', `${groupId} ${userId}`, 'base64url').slice(0, 22);
}

/** An InputError names the member and the field. */
function checkedPlan({ snapshot }: Dependencies, { members, strategy, services, runtimeMax }: GroupPlan): GroupPlan {
  checkLength('group.members', members, MAX_GROUP_MEMBERS);
  checkLength('group.services', services, MAX_GROUP_SERVICES);
  if (members.length === 0) throw new InputError('group.members', `has no entries; a group has from 1 to ${MAX_GROUP_MEMBERS}`);
  if (runtimeMax !== null && (runtimeMax < 1 || runtimeMax > MAX_RUNTIME))
    throw new InputError('group.runtimeMax', `is ${runtimeMax}; it must be from 1 to ${MAX_RUNTIME}`, { min: 1, max: MAX_RUNTIME });
  return {
    members: members.map(({ name, movieIds }, place) => {
      const path = `group.members[${place}]`;
      if (name.length > MAX_MEMBER_NAME || !isShownLine(name))
        throw new InputError(`${path}.name`, `is ${quoted(name)}; it must be one line of at most ${MAX_MEMBER_NAME} characters`);
      checkLength(`${path}.movieIds`, movieIds, MAX_MEMBER_MOVIES);
      movieIds.forEach((movieId, at) => {
        if (!MOVIE_ID.test(movieId)) throw new InputError(`${path}.movieIds[${at}]`, `is ${quoted(movieId)}; it must be the id of a movie`);
      });
      return { name: name.trim(), movieIds: [...new Set(movieIds)] };
    }),
    strategy,
    services: services.map((service, at) => {
      const found = snapshot.catalog.services.find(service);
      if (found === undefined) throw new InputError(`group.services[${at}]`, `is ${quoted(service)}; no service has this id`);
      return found.id;
    }),
    runtimeMax,
  };
}
