import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { freeOldVersion } from './old-version-memory.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

/** Resolves in a later job: what a job has looked at through a WeakRef lives until the job ends. */
const later = () => new Promise((resolve) => setImmediate(resolve));

it('frees shared memory that nothing refers to, ten seconds later and without other garbage', async () => {
  const memory = new WeakRef(new SharedArrayBuffer(1_000_000));
  await later();
  freeOldVersion();
  vi.advanceTimersByTime(9_999);
  await later();
  expect(memory.deref() === undefined).toBe(false);
  await later();
  vi.advanceTimersByTime(1);
  for (let n = 0; n < 100 && memory.deref() !== undefined; n++) await later();
  expect(memory.deref() === undefined).toBe(true);
});
