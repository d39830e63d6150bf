import { describe, expect, it } from 'vitest';
import { recordingMetrics } from '../../test/recording-metrics.ts';
import { parseEnvironment } from '../environment/environment.ts';
import { RateLimits } from './rate-limits.ts';

describe('the rate limits', () => {
  it('are those of the environment', () => {
    const { rateLimits } = parseEnvironment({
      RATE_LIMIT_PER_ADDRESS: '7',
      RATE_LIMIT_PER_USER: '8',
      RATE_LIMIT_PER_KEY: '9',
      RATE_LIMIT_SIGN_IN: '3',
    });
    if (rateLimits === undefined) throw new Error('expected limits');
    const minute = { windowMs: 60_000, exact: false };
    expect(new RateLimits(rateLimits, { metrics: recordingMetrics() })).toMatchObject({
      address: { name: 'address', limit: 7, ...minute },
      user: { name: 'user', limit: 8, ...minute },
      key: { name: 'key', limit: 9, ...minute },
      signIn: { name: 'sign-in', limit: 3, windowMs: 60_000, exact: true },
    });
  });

  it('report each refusal by the name of its rule, also when the count is shared', async () => {
    const metrics = recordingMetrics();
    const settings = { perAddress: 1, perUser: 1, perKey: 1, signIn: 1 };
    const limits = new RateLimits(settings, { metrics, shared: { add: async () => 2 }, now: () => 0 });
    for (let n = 0; n < 3; n++) await limits.take('a caller', limits.user);
    expect((await limits.take('a caller', limits.signIn)).allowed).toBe(false);
    expect(metrics.of('refused')).toEqual([['user'], ['user'], ['sign-in']]);
  });
});
