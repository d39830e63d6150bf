/** One of the people who look for a film together. */
export interface Person {
  name: string;
  movieIds: readonly string[];
}

export const FEWEST = 2;
export const MAX = 8;
const MAX_FILMS = 30;
const MAX_NAME = 30;
const PARAM = 'p';

/** The whole party stands in the address, so that a link is all that has to be sent: `?p=2571.541~Ada&p=~Ben`. */
export function readParty(search: URLSearchParams): Person[] {
  return search
    .getAll(PARAM)
    .slice(0, MAX)
    .map((text) => {
      const [ids = '', ...name] = text.split('~');
      const movieIds = [...new Set(ids.split('.').filter((id) => /^\d{1,9}$/.test(id)))].slice(0, MAX_FILMS);
      return { name: name.join('~').slice(0, MAX_NAME), movieIds };
    });
}

export function writeParty(party: readonly Person[]): URLSearchParams {
  return new URLSearchParams(
    party.map(({ name, movieIds }) => [PARAM, `${movieIds.slice(0, MAX_FILMS).join('.')}~${name.slice(0, MAX_NAME)}`]),
  );
}

export function withPerson(party: readonly Person[], place: number, change: Partial<Person>): Person[] {
  return party.map((person, n) => (n === place ? { ...person, ...change } : person));
}

/** Who has picked something: the others have no taste yet that counts. */
export function readyOf(party: readonly Person[]): Person[] {
  return party.filter(({ movieIds }) => movieIds.length > 0);
}
