import { InputError } from './input-error.ts';

export const MAX_PER_PAGE = 100;
export const MAX_IDS = 500;
/** Genres, services and languages named in one list. */
export const MAX_LABELS = 100;

/** `first`, or an error when it is not from 1 to 100. */
export function checkedFirst(first: number): number {
  if (first < 1 || first > MAX_PER_PAGE)
    throw new InputError('first', `is ${first}; it must be from 1 to ${MAX_PER_PAGE}`, { min: 1, max: MAX_PER_PAGE });
  return first;
}

export function checkLength(argument: string, list: readonly unknown[], most: number): void {
  if (list.length > most) throw new InputError(argument, `has ${list.length} entries; at most ${most} are allowed`, { max: most });
}
