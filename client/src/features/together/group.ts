import type { GroupStrategy } from '../../generated/graphql.ts';

/** A member of the group that looks for a movie. */
export interface Member {
  name: string;
  movieIds: readonly string[];
}

/** What the group looks for. */
export interface Group {
  members: readonly Member[];
  strategy: GroupStrategy;
  /** Ids of services. Empty: any. */
  services: readonly string[];
  /** In minutes. */
  runtimeMax: number | null;
}

export const MIN_MEMBERS = 2;
export const MAX_MEMBERS = 8;
export const MAX_NAME = 30;
const MAX_MOVIES = 30;
const MAX_SERVICES = 50;
const MEMBER = 'p';
const STRATEGY = 'by';
const SERVICES = 'on';
const LENGTH = 'max';

/** Before it is shared, the address holds the whole group: `?p=2571.541~Ada&p=~Ben&by=average&on=netflix&max=120`. */
export function readGroup(search: URLSearchParams): Group {
  const members = search
    .getAll(MEMBER)
    .slice(0, MAX_MEMBERS)
    .map((text) => {
      const [ids = '', ...name] = text.split('~');
      const movieIds = [...new Set(ids.split('.').filter((id) => /^(tmdb-)?\d{1,9}$/.test(id)))].slice(0, MAX_MOVIES);
      return { name: name.join('~').slice(0, MAX_NAME), movieIds };
    });
  const services = (search.get(SERVICES) ?? '').split('.').filter((id) => /^[\p{L}\d-]{1,60}$/u.test(id));
  const minutes = Number(search.get(LENGTH));
  return {
    members,
    strategy: search.get(STRATEGY) === 'average' ? 'AVERAGE' : 'LEAST_MISERY',
    services: [...new Set(services)].slice(0, MAX_SERVICES),
    runtimeMax: Number.isInteger(minutes) && minutes > 0 && minutes <= 1_000 ? minutes : null,
  };
}

export function writeGroup({ members, strategy, services, runtimeMax }: Group): URLSearchParams {
  const search = new URLSearchParams(
    members.map(({ name, movieIds }) => [MEMBER, `${movieIds.slice(0, MAX_MOVIES).join('.')}~${name.slice(0, MAX_NAME)}`]),
  );
  if (strategy === 'AVERAGE') search.set(STRATEGY, 'average');
  if (services.length > 0) search.set(SERVICES, services.join('.'));
  if (runtimeMax !== null) search.set(LENGTH, String(runtimeMax));
  return search;
}

/** With so many members that a page can show them. */
export function withEmptyMembers(group: Group): Group {
  const missing = Math.max(0, MIN_MEMBERS - group.members.length);
  return { ...group, members: [...group.members, ...Array.from({ length: missing }, () => ({ name: '', movieIds: [] }))] };
}

export function withMember(group: Group, place: number, change: Partial<Member>): Group {
  return { ...group, members: group.members.map((member, n) => (n === place ? { ...member, ...change } : member)) };
}

/** The members who picked at least one movie. The others have no preferences to count. */
export function membersWithPicks(members: readonly Member[]): Member[] {
  return members.filter(({ movieIds }) => movieIds.length > 0);
}
