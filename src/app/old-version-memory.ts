import v8 from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Requests that began with the version before have ended by then. */
const AFTER_MS = 10_000;

/**
 * Frees what this thread holds of the version before, when its requests have ended. V8 does not count shared memory: without this, a version
 * of 100 MB would stay until ordinary garbage makes V8 collect, which may be later than the next version.
 */
export function freeOldVersion(): void {
  setTimeout(() => {
    v8.setFlagsFromString('--expose-gc');
    const collect: NodeJS.GCFunction = runInNewContext('gc');
    void collect({ type: 'major', execution: 'async' });
  }, AFTER_MS).unref();
}
