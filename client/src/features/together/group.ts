/** A member of the group that looks for a movie. */
export interface Member {
  name: string;
  movieIds: readonly string[];
}

export const MIN_MEMBERS = 2;
export const MAX_MEMBERS = 8;
const MAX_MOVIES = 30;
const MAX_NAME = 30;
const PARAM = 'p';

/** The address holds the whole group, so that sending the link is enough: `?p=2571.541~Ada&p=~Ben`. */
export function readGroup(search: URLSearchParams): Member[] {
  return search
    .getAll(PARAM)
    .slice(0, MAX_MEMBERS)
    .map((text) => {
      const [ids = '', ...name] = text.split('~');
      const movieIds = [...new Set(ids.split('.').filter((id) => /^\d{1,9}$/.test(id)))].slice(0, MAX_MOVIES);
      return { name: name.join('~').slice(0, MAX_NAME), movieIds };
    });
}

export function writeGroup(group: readonly Member[]): URLSearchParams {
  return new URLSearchParams(
    group.map(({ name, movieIds }) => [PARAM, `${movieIds.slice(0, MAX_MOVIES).join('.')}~${name.slice(0, MAX_NAME)}`]),
  );
}

export function withMember(group: readonly Member[], place: number, change: Partial<Member>): Member[] {
  return group.map((member, n) => (n === place ? { ...member, ...change } : member));
}

/** The members who picked at least one movie. The others have no preferences to count. */
export function membersWithPicks(group: readonly Member[]): Member[] {
  return group.filter(({ movieIds }) => movieIds.length > 0);
}
