import { isIP } from 'node:net';
import { z } from 'zod';
import type { HttpSettings, TrustedProxies } from '../http/http-server.ts';
import { isBasePath, listed, oneOf, optional, problem, text, wholeNumber } from './values.ts';

const MAX_HOPS = 10;
const UNIX = 'unix:';
/** The system's limit. */
const MAX_SOCKET_BYTES = 107;

export const httpVariables = {
  PORT: wholeNumber(0, 65_535, 4000),
  HOST: text('::'),
  LISTEN: z
    .string()
    .trim()
    .refine(isSocket, `expected unix: and a path of at most ${MAX_SOCKET_BYTES} bytes from the root, e.g. unix:/run/cinematch/http.sock`)
    .optional(),
  BASE_PATH: z
    .string()
    .trim()
    .transform((path) => path.replace(/\/+$/, ''))
    .refine(isBasePath, 'expected a path, e.g. /films')
    .optional(),
  ASSETS_URL: z
    .string()
    .trim()
    .transform((address) => address.replace(/\/+$/, ''))
    .refine(isAssetsAddress, 'expected an address, e.g. https://cdn.example')
    .optional(),
  SITEMAP: oneOf(['on', 'off'], 'off'),
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
type PlaceVariables = Pick<HttpVariables, 'BASE_PATH' | 'SITEMAP'> & { PUBLIC_URL?: string | undefined };

/** Arguments for `refine`: BASE_PATH and the path of PUBLIC_URL do not contradict each other. */
export const ONE_BASE_PATH: readonly [(env: PlaceVariables) => boolean, { path: string[]; message: string; when(): boolean }] = [
  ({ BASE_PATH: path, PUBLIC_URL: url }: PlaceVariables): boolean => {
    const ofUrl = pathOf(url);
    return path === undefined || ofUrl === '' || ofUrl === path;
  },
  { path: ['BASE_PATH'], message: 'PUBLIC_URL names another path; leave one of them out', when: () => true },
];

/** Arguments for `refine`: the addresses of a list of pages have a host. */
export const SITEMAP_HAS_HOST: readonly [(env: PlaceVariables) => boolean, { path: string[]; message: string; when(): boolean }] = [
  ({ SITEMAP, PUBLIC_URL: url }: PlaceVariables): boolean => SITEMAP !== 'on' || url !== undefined,
  { path: ['SITEMAP'], message: 'set PUBLIC_URL too: the addresses of the list need a host', when: () => true },
];

export function httpSettings(env: HttpVariables & PlaceVariables): Omit<HttpSettings, 'pictureOrigins'> {
  return {
    port: env.PORT,
    host: env.HOST,
    socket: env.LISTEN?.slice(UNIX.length),
    basePath: env.BASE_PATH ?? pathOf(env.PUBLIC_URL),
    assetsUrl: env.ASSETS_URL,
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

function pathOf(url: string | undefined): string {
  return url === undefined || !URL.canParse(url) ? '' : new URL(url).pathname.replace(/\/$/, '');
}

function isSocket(text: string): boolean {
  return text.startsWith(`${UNIX}/`) && Buffer.byteLength(text.slice(UNIX.length)) <= MAX_SOCKET_BYTES;
}

function isAssetsAddress(text: string): boolean {
  return /^https?:\/\/[^?#"'<>\s]+$/.test(text) && URL.canParse(text) && new URL(text).username === '';
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
