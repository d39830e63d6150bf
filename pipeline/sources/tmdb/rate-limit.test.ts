import { expect, test } from 'vitest';
import { createRateLimit } from './rate-limit.ts';

/** A clock that only sleep() moves. Sleepers wake in the order of their times. */
function virtualTime() {
  let time = 0;
  const sleepers: { until: number; wake: () => void }[] = [];
  return {
    now: () => new Date(time),
    sleep: (milliseconds: number) => new Promise<void>((wake) => sleepers.push({ until: time + milliseconds, wake })),
    async run() {
      for (;;) {
        await new Promise((resolve) => setImmediate(resolve));
        const next = sleepers.sort((a, b) => a.until - b.until).shift();
        if (next === undefined) return;
        time = Math.max(time, next.until);
        next.wake();
      }
    },
    elapsed: () => time,
  };
}

test('starts are evenly spaced over all callers', async () => {
  const clock = virtualTime();
  const limit = createRateLimit(40, clock);
  const starts: number[] = [];
  const all = Promise.all(Array.from({ length: 5 }, () => limit.turn().then(() => starts.push(clock.elapsed()))));
  await clock.run();
  await all;
  expect(starts).toEqual([0, 25, 50, 75, 100]);
});

test('a pause delays all callers, also those that were already waiting', async () => {
  const clock = virtualTime();
  const limit = createRateLimit(40, clock);
  const starts: number[] = [];
  const all = Promise.all(Array.from({ length: 3 }, () => limit.turn().then(() => starts.push(clock.elapsed()))));
  limit.pause(7000);
  await clock.run();
  await all;
  expect(starts).toEqual([0, 7000, 7000]);
  const later = limit.turn().then(() => starts.push(clock.elapsed()));
  await clock.run();
  await later;
  expect(starts.at(-1)).toBe(7000);
});
