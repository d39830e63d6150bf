import { InputError } from '../input-error.ts';
import type { Viewer } from './dependencies.ts';
import { LibraryFullError, MAX_GUEST_LIST_LENGTH, MAX_LIST_LENGTH } from './library-store.ts';

/** The greatest length of each list of the viewer. */
export function quotaOf({ isGuest }: Viewer): number {
  return isGuest ? MAX_GUEST_LIST_LENGTH : MAX_LIST_LENGTH;
}

/** Turns the error of a full list into an InputError for `argument`. */
export async function mapQuotaError<T>(write: Promise<T>, argument: string): Promise<T> {
  try {
    return await write;
  } catch (error) {
    if (error instanceof LibraryFullError) throw new InputError(argument, error.message, { max: error.max });
    throw error;
  }
}
