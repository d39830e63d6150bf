import { describe, expect, test } from 'vitest';
import { retryAfterOf, TransientError, withRetries } from './retry.ts';

const MINUTE = 60_000;

/** Runs attempts that all fail, and returns how many there were and the pauses between them. */
async function failing(attempts: number, errorOf: (attempt: number) => Error = () => new TransientError('busy')) {
  const pauses: number[] = [];
  let made = 0;
  const context = {
    signal: new AbortController().signal,
    sleep: async (milliseconds: number) => void pauses.push(milliseconds),
  };
  const outcome = await withRetries(context, attempts, async () => {
    throw errorOf(++made);
  }).catch((error: unknown) => error);
  return { made, pauses, outcome };
}

describe('attempts', () => {
  test.each([1, 2, 6])('are made %d times and not once more, with a pause between two of them', async (attempts) => {
    const { made, pauses, outcome } = await failing(attempts);
    expect([made, pauses.length]).toEqual([attempts, attempts - 1]);
    expect(outcome).toEqual(new TransientError('busy'));
  });

  test('pause for half a second first, then twice as long each time, at most half a minute', async () => {
    expect((await failing(9)).pauses).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  });

  test('pause for as long as the server asks, up to ten minutes; beyond that the error is thrown', async () => {
    expect(await failing(3, () => new TransientError('busy', 10 * MINUTE))).toMatchObject({ made: 3, pauses: [10 * MINUTE, 10 * MINUTE] });
    expect(await failing(3, () => new TransientError('busy', 10 * MINUTE + 1))).toMatchObject({ made: 1, pauses: [] });
    expect((await failing(2, () => new TransientError('busy', 0))).pauses).toEqual([0]);
  });

  test('end with an error that another attempt would not change', async () => {
    expect(await failing(5, (n) => (n < 2 ? new TransientError('busy') : new Error('wrong key')))).toEqual({
      made: 2,
      pauses: [500],
      outcome: new Error('wrong key'),
    });
  });

  test('end with the first that succeeds', async () => {
    let made = 0;
    const context = { signal: new AbortController().signal, sleep: async () => undefined };
    const result = withRetries(context, 3, async () => {
      if (++made < 3) throw new TransientError('busy');
      return 'done';
    });
    expect([await result, made]).toEqual(['done', 3]);
  });

  test('end when the run is interrupted, also between two of them', async () => {
    const controller = new AbortController();
    let made = 0;
    const context = { signal: controller.signal, sleep: async () => controller.abort(new Error('interrupted')) };
    const result = withRetries(context, 5, async () => {
      made++;
      throw new TransientError('busy');
    });
    await expect(result).rejects.toThrow('interrupted');
    expect(made).toBe(1);
  });
});

test.each([
  ['120', 120_000],
  ['0', 0],
  ['-5', 0],
  ['Wed, 04 Mar 2026 00:00:30 GMT', 30_000],
  ['Wed, 04 Mar 2026 00:00:00 GMT', 0],
  ['Tue, 03 Mar 2026 00:00:00 GMT', 0],
  ['soon', undefined],
  ['', undefined],
  [undefined, undefined],
])('Retry-After %j is a pause of %s ms', (value, pause) => {
  const headers = new Headers(value === undefined ? {} : { 'retry-after': value });
  expect(retryAfterOf(headers, new Date('2026-03-04T00:00:00Z'))).toBe(pause);
});
