import { describe, expect, it } from 'vitest';
import { recordingMetrics } from '../../test/recording-metrics.ts';
import { AttemptCounts } from './attempt-counts.ts';
import type { SharedCounts } from './rate-limiter.ts';

const MINUTE_MS = 60_000;
const LIMITS = { perAccount: 3, guests: 2 };

/** Counts of Redis, in memory. */
function sharedCounts(): SharedCounts & { keys(): string[] } {
  const counts = new Map<string, number>();
  return {
    async add(key, amount) {
      const total = (counts.get(key) ?? 0) + amount;
      counts.set(key, total);
      return total;
    },
    keys: () => [...counts.keys()],
  };
}

describe('attempts', () => {
  it('at an account pass up to the limit, and again when the quarter of an hour ends', async () => {
    let now = 0;
    const metrics = recordingMetrics();
    const attempts = new AttemptCounts(LIMITS, { metrics, now: () => now });
    for (let n = 0; n < LIMITS.perAccount; n++) expect((await attempts.passwordOffered('ann')).allowed).toBe(true);
    now = 14 * MINUTE_MS;
    expect(await attempts.passwordOffered('ann')).toMatchObject({ allowed: false, retryAfterSeconds: 60 });
    expect((await attempts.passwordOffered('ben')).allowed).toBe(true);
    now = 15 * MINUTE_MS;
    expect((await attempts.passwordOffered('ann')).allowed).toBe(true);
    expect(metrics.of('refused')).toEqual([['account']]);
  });

  it('with the right password do not count', async () => {
    const attempts = new AttemptCounts(LIMITS, { metrics: recordingMetrics(), now: () => 0 });
    for (let n = 0; n < 5 * LIMITS.perAccount; n++) {
      expect((await attempts.passwordOffered('ann')).allowed).toBe(true);
      attempts.passwordWasRight('ann');
    }
    for (let n = 0; n < LIMITS.perAccount; n++) expect((await attempts.passwordOffered('ann')).allowed).toBe(true);
    expect((await attempts.passwordOffered('ann')).allowed).toBe(false);
    attempts.passwordWasRight('nobody');
  });

  it('count over all servers that share Redis, which learns no e-mail address', async () => {
    const shared = sharedCounts();
    const [one, two] = [0, 1].map(() => new AttemptCounts(LIMITS, { metrics: recordingMetrics(), shared, now: () => 0 }));
    expect((await one.passwordOffered('ann@films.test')).allowed).toBe(true);
    expect((await two.passwordOffered('ann@films.test')).allowed).toBe(true);
    one.passwordWasRight('ann@films.test');
    expect((await one.passwordOffered('ann@films.test')).allowed).toBe(true);
    expect((await two.passwordOffered('ann@films.test')).allowed).toBe(true);
    expect((await one.passwordOffered('ann@films.test')).allowed).toBe(false);
    expect(shared.keys()).toHaveLength(1);
    expect(shared.keys()[0]).not.toContain('ann');
  });

  it('at making guests count by IPv4 address, by 48 bits of IPv6, and for an hour', async () => {
    let now = 0;
    const attempts = new AttemptCounts(LIMITS, { metrics: recordingMetrics(), now: () => now });
    const made = async (address: string): Promise<boolean> => (await attempts.guestMade(address)).allowed;
    expect([await made('192.0.2.1'), await made('192.0.2.1'), await made('192.0.2.1'), await made('192.0.2.2')]).toEqual([
      true,
      true,
      false,
      true,
    ]);
    expect([await made('2001:db8:1:1::1'), await made('2001:db8:1:2::1'), await made('2001:db8:1:3::1')]).toEqual([true, true, false]);
    expect(await made('2001:db8:2::1')).toBe(true);
    now = 60 * MINUTE_MS - 1;
    expect(await made('192.0.2.1')).toBe(false);
    now = 60 * MINUTE_MS;
    expect(await made('192.0.2.1')).toBe(true);
  });
});
