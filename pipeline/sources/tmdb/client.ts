import { CliError } from '../../cli/cli-error.ts';
import type { PipelineContext } from '../../cli/pipeline-context.ts';
import { networkProblem, retryAfterOf, TransientError, withRetries } from '../../cli/retry.ts';
import { responseText, TooLongError } from '../response-text.ts';
import type { RateLimit } from './rate-limit.ts';

export type TmdbAnswer = { readonly kind: 'found'; readonly body: unknown } | { readonly kind: 'gone' };

export interface TmdbClientOptions {
  readonly baseUrl: string;
  readonly key: string;
  readonly rateLimit: RateLimit;
  readonly context: PipelineContext;
  readonly timeout?: number;
  readonly attempts?: number;
}

export interface TmdbClient {
  /** Throws a CliError when TMDb rejects the key, and a TransientError when all attempts have failed. */
  movie(id: number): Promise<TmdbAnswer>;
  /** Another resource below /3, with these parameters. Errors as above. */
  get(path: string, parameters: Readonly<Record<string, string>>): Promise<TmdbAnswer>;
}

/** The longest records of TMDb have some hundred thousand bytes. */
const MAX_ANSWER_BYTES = 8 * 1024 ** 2;

const DETAILS = 'alternative_titles,credits,keywords,release_dates,videos,watch/providers';

export function createTmdbClient({ baseUrl, key, rateLimit, context, timeout = 20_000, attempts = 6 }: TmdbClientOptions): TmdbClient {
  // TMDb has two kinds of keys: a JSON web token goes into a header, a short API key into the query.
  const isToken = /^[\w-]+\.[\w-]+\.[\w-]+$/.test(key);
  const headers = { accept: 'application/json', ...(isToken ? { authorization: `Bearer ${key}` } : {}) };
  const base = baseUrl.replace(/\/+$/, '');

  async function request(path: string, parameters: Readonly<Record<string, string>>): Promise<TmdbAnswer> {
    const query = new URLSearchParams({ ...parameters, ...(isToken ? {} : { api_key: key }) });
    await rateLimit.turn();
    // One deadline for headers and body, so that a slow body fails too.
    const signal = AbortSignal.any([context.signal, AbortSignal.timeout(timeout)]);
    let response: Response;
    let text: string;
    try {
      response = await context.fetch(`${base}/3/${path}?${query}`, { headers, signal });
      text = await responseText(response, MAX_ANSWER_BYTES);
    } catch (error) {
      if (error instanceof TooLongError) throw new UnusableAnswer(`an answer of ${error.message}`);
      // The error text may contain the URL, and so the key.
      throw new TransientError(networkProblem(error).replaceAll(key, '***'));
    }
    const { status } = response;
    if (status === 404) return { kind: 'gone' };
    if (status === 401 || status === 403) {
      throw new CliError(`TMDb rejects the key (HTTP ${status}); check --tmdb-key or TMDB_API_KEY, then run again to continue`);
    }
    if (status === 429 || status >= 500) {
      const retryAfter = retryAfterOf(response.headers, context.now());
      if (status === 429) rateLimit.pause(retryAfter ?? 1000);
      throw new TransientError(`HTTP ${status}`, retryAfter);
    }
    if (!response.ok) throw new UnusableAnswer(`HTTP ${status}`);
    try {
      return { kind: 'found', body: JSON.parse(text) };
    } catch {
      throw new TransientError('not JSON');
    }
  }

  const get = (path: string, parameters: Readonly<Record<string, string>>): Promise<TmdbAnswer> =>
    withRetries(context, attempts, () => request(path, parameters));
  return { get, movie: (id) => get(`movie/${id}`, { append_to_response: DETAILS }) };
}

/** A response that another attempt would not change. */
export class UnusableAnswer extends Error {
  override readonly name = 'UnusableAnswer';
}
