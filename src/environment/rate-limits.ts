import type { z } from 'zod';
import type { AttemptSettings } from '../rate-limit/attempt-counts.ts';
import type { PointSettings } from '../rate-limit/point-budgets.ts';
import type { RateLimitSettings } from '../rate-limit/rate-limits.ts';
import { oneOf, wholeNumber } from './values.ts';

const MAX_A_MINUTE = 100_000_000;

export const rateLimitVariables = {
  RATE_LIMIT: oneOf(['on', 'off'], 'on'),
  RATE_LIMIT_PER_ADDRESS: wholeNumber(1, MAX_A_MINUTE, 1_200),
  RATE_LIMIT_PER_USER: wholeNumber(1, MAX_A_MINUTE, 1_200),
  RATE_LIMIT_PER_KEY: wholeNumber(1, MAX_A_MINUTE, 1_200),
  API_KEY_REQUESTS_PER_MINUTE: wholeNumber(0, 1_000_000, 600),
  RATE_LIMIT_SIGN_IN: wholeNumber(1, MAX_A_MINUTE, 20),
  RATE_LIMIT_PASSWORDS: wholeNumber(1, MAX_A_MINUTE, 10),
  RATE_LIMIT_GUESTS: wholeNumber(1, MAX_A_MINUTE, 30),
  RATE_LIMIT_POINTS_PER_ADDRESS: wholeNumber(1, MAX_A_MINUTE, 600_000),
  RATE_LIMIT_POINTS_ANONYMOUS: wholeNumber(1, MAX_A_MINUTE, 200_000),
  RATE_LIMIT_POINTS_PER_USER: wholeNumber(1, MAX_A_MINUTE, 300_000),
  RATE_LIMIT_POINTS_PER_KEY: wholeNumber(1, MAX_A_MINUTE, 300_000),
};

type RateLimitVariables = z.output<z.ZodObject<typeof rateLimitVariables>>;

/** Undefined when the limits are off. */
export function rateLimitSettings(env: RateLimitVariables): RateLimitSettings | undefined {
  if (env.RATE_LIMIT === 'off') return undefined;
  return {
    perAddress: env.RATE_LIMIT_PER_ADDRESS,
    perUser: env.RATE_LIMIT_PER_USER,
    perKey: Math.min(env.RATE_LIMIT_PER_KEY, env.API_KEY_REQUESTS_PER_MINUTE || Number.POSITIVE_INFINITY),
    signIn: env.RATE_LIMIT_SIGN_IN,
  };
}

/** Undefined when the limits are off. */
export function attemptSettings(env: RateLimitVariables): AttemptSettings | undefined {
  if (env.RATE_LIMIT === 'off') return undefined;
  return { perAccount: env.RATE_LIMIT_PASSWORDS, guests: env.RATE_LIMIT_GUESTS };
}

/** Undefined when the limits are off. */
export function pointSettings(env: RateLimitVariables): PointSettings | undefined {
  if (env.RATE_LIMIT === 'off') return undefined;
  return {
    perAddress: env.RATE_LIMIT_POINTS_PER_ADDRESS,
    anonymous: env.RATE_LIMIT_POINTS_ANONYMOUS,
    perUser: env.RATE_LIMIT_POINTS_PER_USER,
    perKey: env.RATE_LIMIT_POINTS_PER_KEY,
  };
}
