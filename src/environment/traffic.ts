import { isIP } from 'node:net';
import { z } from 'zod';
import { listed, oneOf, optional, problem, wholeNumber } from './values.ts';

/** How many requests a minute. */
export interface RateLimitSettings {
  enabled: boolean;
  perAddress: number;
  perUser: number;
  perKey: number;
  signIn: number;
}

/** Whose word on the caller's address counts: nobody's, that of so many proxies before this server, or that of the proxies listed. */
export type TrustedProxies = false | number | string[];

const MAX_HOPS = 10;
const MAX_A_MINUTE = 100_000_000;

export const trafficVariables = {
  RATE_LIMIT: oneOf(['on', 'off'], 'on'),
  RATE_LIMIT_PER_ADDRESS: wholeNumber(1, MAX_A_MINUTE, 1_200),
  RATE_LIMIT_PER_USER: wholeNumber(1, MAX_A_MINUTE, 1_200),
  RATE_LIMIT_PER_KEY: wholeNumber(1, MAX_A_MINUTE, 1_200),
  RATE_LIMIT_SIGN_IN: wholeNumber(1, MAX_A_MINUTE, 20),
  TRUST_PROXY: optional(z.string().transform(proxiesOf), false),
  METRICS: oneOf(['on', 'off'], 'on'),
};

type TrafficVariables = z.output<z.ZodObject<typeof trafficVariables>>;

export function rateLimitSettings(env: TrafficVariables): RateLimitSettings {
  return {
    enabled: env.RATE_LIMIT === 'on',
    perAddress: env.RATE_LIMIT_PER_ADDRESS,
    perUser: env.RATE_LIMIT_PER_USER,
    perKey: env.RATE_LIMIT_PER_KEY,
    signIn: env.RATE_LIMIT_SIGN_IN,
  };
}

/** "1" -> one proxy; "10.0.0.0/8, ::1" -> the proxies at these addresses; "off" and nothing -> none. */
function proxiesOf(given: string, context: z.RefinementCtx): TrustedProxies {
  const value = given.trim();
  if (value === 'off') return false;
  if (/^\d{1,2}$/.test(value)) {
    if (Number(value) < 1 || Number(value) > MAX_HOPS) problem(context, `expected from 1 to ${MAX_HOPS} proxies`);
    return Number(value);
  }
  const networks = listed(value);
  for (const network of networks) {
    if (!isNetwork(network)) {
      problem(context, `"${network}" is not an address; expected a number of proxies, or addresses such as 10.0.0.0/8 separated by commas`);
    }
  }
  return networks;
}

function isNetwork(network: string): boolean {
  const [address, bits, more] = network.split('/');
  const version = isIP(address ?? '');
  if (version === 0 || more !== undefined) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}
