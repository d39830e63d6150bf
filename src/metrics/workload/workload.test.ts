import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BUCKETS, bucketOf, endOfBucket, quantile } from './duration-buckets.ts';
import { type SharedWorkload, Workload } from './workload.ts';
import { WorkloadRing } from './workload-ring.ts';

const MINUTE = 60_000;

describe('quantiles of durations', () => {
  it('are never below the exact ones, and at most a quarter above', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.3, max: 50_000, noNaN: true }), { minLength: 1 }),
        fc.constantFrom(0.5, 0.99),
        (durations, share) => {
          const counts = new Array<number>(BUCKETS).fill(0);
          for (const ms of durations) counts[bucketOf(ms)]++;
          const sorted = [...durations].sort((a, b) => a - b);
          const exact = sorted[Math.ceil(share * sorted.length) - 1];
          const found = quantile(counts, share) ?? Number.NaN;
          expect(found).toBeGreaterThanOrEqual(exact * (1 - 1e-9));
          expect(found).toBeLessThanOrEqual(exact * 1.25 * (1 + 1e-9));
        },
      ),
    );
  });

  it('are null without durations, and end at the last bucket', () => {
    expect(quantile(new Array<number>(BUCKETS).fill(0), 0.5)).toBeNull();
    expect(bucketOf(1e9)).toBe(BUCKETS - 1);
    expect(bucketOf(0)).toBe(0);
    expect(bucketOf(Number.NaN)).toBe(0);
    expect(endOfBucket(BUCKETS - 1)).toBeGreaterThan(60_000);
  });
});

describe('workload', () => {
  const counting = (shared?: SharedWorkload) => {
    const clock = { now: 1_000_000 * MINUTE, ready: 0 };
    const workload = new Workload({ readyHits: () => clock.ready, shared, now: () => clock.now });
    return { clock, workload };
  };

  it('counts requests, errors, layers and refusals by the minute, and forgets what is older than a day', async () => {
    const { clock, workload } = counting();
    workload.request('/graphql', 200, 0.002);
    workload.request('/graphql', 500, 0.2);
    workload.request('/health', 200, 5);
    workload.request('/ready', 200, 5);
    workload.request('/metrics', 200, 5);
    workload.operation('OK');
    workload.operation('BAD_USER_INPUT');
    workload.cachePage('memory');
    workload.refused();
    clock.ready = 3;
    clock.now += MINUTE;
    workload.request('/', 200, 0.002);
    const { servers, hour, day } = await workload.report();
    expect(servers).toBe(1);
    expect(hour.slots).toHaveLength(60);
    expect(hour.slots.slice(-2).map(({ requests, refused }) => [requests, refused])).toEqual([
      [2, 1],
      [1, 0],
    ]);
    expect(hour.total).toMatchObject({
      requests: 3,
      errors: { 'HTTP 500': 1, BAD_USER_INPUT: 1 },
      layers: { memory: 1, ready: 3 },
      refused: 1,
    });
    expect(quantile(hour.total.durations, 0.5)).toBeCloseTo(endOfBucket(bucketOf(2)), 9);
    expect(quantile(hour.total.durations, 0.99)).toBeCloseTo(endOfBucket(bucketOf(200)), 9);
    expect(day.slots).toHaveLength(96);
    expect(day.total.requests).toBe(3);
    clock.now += 61 * MINUTE;
    const later = await workload.report();
    expect([later.hour.total.requests, later.day.total.requests]).toEqual([0, 3]);
    expect(later.hour.total.layers).toEqual({});
    clock.now += 24 * 60 * MINUTE;
    expect((await workload.report()).day.total).toMatchObject({ requests: 0, errors: {}, layers: {}, refused: 0 });
  });

  it('is summed over servers, and what another release wrote is left out', async () => {
    const kept: Record<string, string> = { old: '{"hour":[{"at":"x"}],"day":[]}', broken: '{' };
    const shared: SharedWorkload = {
      publish: async (server, counts) => {
        kept[server] = counts;
      },
      all: async () => kept,
    };
    const one = counting(shared);
    const other = counting(shared);
    for (let n = 0; n < 3; n++) one.workload.request('/graphql', 200, 0.001);
    other.workload.request('/graphql', 503, 1);
    other.workload.operation('TIMEOUT');
    await other.workload.publish();
    await one.workload.publish();
    const report = await one.workload.report();
    expect(report.servers).toBe(2);
    expect(report.hour.total).toMatchObject({ requests: 4, errors: { 'HTTP 503': 1, TIMEOUT: 1 } });
    expect((await other.workload.report()).hour.total.requests).toBe(4);
    other.clock.now += 2 * 60 * MINUTE;
    expect((await other.workload.report()).hour.total.requests).toBe(0);
  });

  it('is that of the own server while the others cannot be read', async () => {
    const { workload } = counting({ publish: async () => undefined, all: async () => undefined });
    workload.request('/', 200, 0.001);
    const { servers, hour } = await workload.report();
    expect([servers, hour.total.requests]).toEqual([1, 1]);
  });

  it('takes bounded memory: names beyond a few are counted together, and old slots are counted anew', () => {
    const { workload } = counting();
    workload.request('/', 200, 0.001);
    for (let n = 0; n < 500; n++) workload.operation(`CODE_${n}`);
    const ring = new WorkloadRing(2, MINUTE);
    ring.at(0).requests = 1;
    ring.at(2 * MINUTE).requests = 1;
    expect(ring.used(2 * MINUTE).map(({ at }) => at)).toEqual([2 * MINUTE]);
    return workload.report().then(({ hour }) => {
      expect(Object.keys(hour.total.errors).length).toBeLessThanOrEqual(41);
      expect(Object.values(hour.total.errors).reduce((sum, count) => sum + count, 0)).toBe(500);
    });
  });
});
