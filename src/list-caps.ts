import { InputError } from './input-error.ts';

export const MAX_PER_PAGE = 100;
const MAX_OFFSET = 10_000;
/** Entries of a list of the catalog. No catalog reaches these lengths; they bound and price the fields that answer with such a list. */
export const MAX_GENRES = 100;
export const MAX_SERVICES = 500;
export const MAX_LANGUAGES = 300;
/** Entries of a list of one movie. */
export const MAX_GENRES_OF_A_MOVIE = 20;
export const MAX_SERVICES_OF_A_MOVIE = 50;
export const MAX_DIRECTORS_OF_A_MOVIE = 10;
export const MAX_CAST_OF_A_MOVIE = 50;
export const MAX_KEYWORDS_OF_A_MOVIE = 200;
export const MAX_OFFERS_OF_A_MOVIE = 100;
/** Countries that have offers. */
export const MAX_REGIONS = 300;
export const MAX_TITLES_OF_A_MOVIE = 50;
export const MAX_COUNTRIES_OF_A_MOVIE = 20;
export const MAX_COMPANIES_OF_A_MOVIE = 50;
export const MAX_LANGUAGES_OF_A_MOVIE = 30;
export const MAX_CREDITS_OF_A_MOVIE = 60;
export const MAX_PLAYS_OF_A_MOVIE = 100;
export const MAX_IDS = 500;
/** Invitations that wait for somebody. Further ones are refused. */
export const MAX_INVITATIONS = 100;
/** Rules of the operator. Further ones are refused. */
export const MAX_OPERATOR_RULES = 100;
/** Ways to sign in to one account: a password and the providers. */
export const MAX_METHODS_OF_AN_ACCOUNT = 10;
/** Imports of one user that are listed. */
export const MAX_IMPORTS = 50;
/** Users of media servers that are listed. */
export const MAX_HOOK_USERS = 100;
/** Genres, services and languages named in one list. */
export const MAX_LABELS = 100;
/** People, keywords and collections named in one list. Each is looked up in all names of the catalog. */
export const MAX_TAGS = 10;
/** Movies of one collection that are listed. */
export const MAX_MOVIES_OF_A_COLLECTION = 50;

/** `first`, or an error when it is not from 1 to `max`. */
export function checkedFirst(first: number, max = MAX_PER_PAGE): number {
  if (first < 1 || first > max) throw new InputError('first', `is ${first}; it must be from 1 to ${max}`, { min: 1, max });
  return first;
}

/** `offset` within a list that is short, or an error. */
export function checkedOffset(offset: number): number {
  if (offset < 0 || offset > MAX_OFFSET) throw new InputError('offset', `is ${offset}; it must be from 0 to ${MAX_OFFSET}`);
  return offset;
}

export function checkLength(argument: string, list: readonly unknown[], most: number): void {
  if (list.length > most) throw new InputError(argument, `has ${list.length} entries; at most ${most} are allowed`, { max: most });
}
