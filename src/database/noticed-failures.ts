import { AsyncLocalStorage } from 'node:async_hooks';
import type { ServiceError } from '../service-error.ts';

const noticed = new AsyncLocalStorage<{ failure: ServiceError | undefined }>();

/** Remembers that a statement failed because the database is away or the disk is full. */
export function noteFailure<E extends ServiceError>(error: E): E {
  const store = noticed.getStore();
  if (store !== undefined) store.failure = error;
  return error;
}

/**
 * Runs `work` of a library that replaces the errors of the database by its own. `isFailure` tells an answer that reports an error. Such an
 * answer, or an error, becomes the failure of the database when there was one.
 */
export function revealFailures<T>(work: () => Promise<T>, isFailure: (result: T) => boolean = () => false): Promise<T> {
  const store: { failure: ServiceError | undefined } = { failure: undefined };
  return noticed.run(store, async () => {
    let result: T;
    try {
      result = await work();
    } catch (error) {
      throw store.failure ?? error;
    }
    if (store.failure !== undefined && isFailure(result)) throw store.failure;
    return result;
  });
}
