import { isIP } from 'node:net';
import { z } from 'zod';
import type { HttpSettings, TrustedProxies } from '../http/http-server.ts';
import { listed, oneOf, optional, problem, text, wholeNumber } from './values.ts';

const MAX_HOPS = 10;

export const httpVariables = {
  PORT: wholeNumber(0, 65_535, 4000),
  HOST: text('::'),
  CORS_ORIGINS: optional(z.string().transform(originsOf), []),
  BODY_LIMIT_BYTES: wholeNumber(1_024, 10_485_760, 102_400),
  IMPORT_LIMIT_BYTES: wholeNumber(1_024, 104_857_600, 10_485_760),
  REQUEST_TIMEOUT_MS: wholeNumber(1, 600_000, 10_000),
  ANONYMOUS_TIMEOUT_MS: wholeNumber(1, 600_000, 5_000),
  SHUTDOWN_TIMEOUT_MS: wholeNumber(0, 600_000, 10_000),
  DRAIN_MS: wholeNumber(0, 300_000, 5_000),
  LOG_REQUESTS: oneOf(['all', 'errors', 'sample'], 'all'),
  TRUST_PROXY: optional(z.string().transform(proxiesOf), false),
};

type HttpVariables = z.output<z.ZodObject<typeof httpVariables>>;

export function httpSettings(env: HttpVariables): Omit<HttpSettings, 'pictureOrigins'> {
  return {
    port: env.PORT,
    host: env.HOST,
    corsOrigins: env.CORS_ORIGINS,
    bodyLimitBytes: env.BODY_LIMIT_BYTES,
    importLimitBytes: env.IMPORT_LIMIT_BYTES,
    requestTimeoutMs: env.REQUEST_TIMEOUT_MS,
    anonymousTimeoutMs: env.ANONYMOUS_TIMEOUT_MS,
    shutdownTimeoutMs: env.SHUTDOWN_TIMEOUT_MS,
    drainMs: env.DRAIN_MS,
    trustedProxies: env.TRUST_PROXY,
    logRequests: env.LOG_REQUESTS,
  };
}

/** "https://a.example, https://b.example" -> the origins. An origin has no path. */
function originsOf(list: string, context: z.RefinementCtx): string[] {
  const origins = listed(list);
  for (const origin of origins) {
    if (!URL.canParse(origin) || new URL(origin).origin !== origin) {
      problem(context, `"${origin}" is not an origin; expected e.g. https://films.example, several separated by commas`);
    }
  }
  return origins;
}

/** "1" -> one proxy; "10.0.0.0/8, ::1" -> the proxies at these addresses; "off" or nothing -> none. */
function proxiesOf(setting: string, context: z.RefinementCtx): TrustedProxies {
  const value = setting.trim();
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
