import { InputError } from '../input-error.ts';
import { LibraryFullError, MAX_LIST_LENGTH } from './library-store.ts';

/** Turns the error of a full list into an InputError for `argument`. */
export async function mapQuotaError<T>(write: Promise<T>, argument: string): Promise<T> {
  try {
    return await write;
  } catch (error) {
    if (error instanceof LibraryFullError) throw new InputError(argument, error.message, { max: MAX_LIST_LENGTH });
    throw error;
  }
}
