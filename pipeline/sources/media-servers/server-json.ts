import type { z } from 'zod';
import { CliError } from '../../cli/cli-error.ts';
import type { PipelineContext } from '../../cli/pipeline-context.ts';
import { networkProblem, TransientError, withRetries } from '../../cli/retry.ts';
import { responseText, TooLongError } from '../response-text.ts';

const ATTEMPTS = 3;
const TIMEOUT_MS = 60_000;
const MAX_ANSWER_BYTES = 256 * 1024 ** 2;
/** Entries that are asked for at once. */
export const PAGE = 1_000;
/** Movies of one list: more than any server has. */
const MAX_ENTRIES = 1_000_000;

export interface MediaServer {
  /** As people know it: "Jellyfin". */
  readonly name: string;
  /** Its address, with a path where it has one. */
  readonly url: string;
  /** Headers that carry the key. */
  readonly headers: Readonly<Record<string, string>>;
}

/** The answer of a media server, checked. A CliError says what is wrong and never holds the key. */
export async function serverJson<T>(
  { name, url, headers }: MediaServer,
  path: string,
  parameters: Readonly<Record<string, string>>,
  schema: z.ZodType<T>,
  context: PipelineContext,
): Promise<T> {
  const address = `${url.replace(/\/+$/, '')}/${path}?${new URLSearchParams(parameters)}`;
  const text = await withRetries(context, ATTEMPTS, async () => {
    const signal = AbortSignal.any([context.signal, AbortSignal.timeout(TIMEOUT_MS)]);
    try {
      const response = await context.fetch(address, { headers: { accept: 'application/json', ...headers }, signal });
      if (response.status === 401 || response.status === 403)
        throw new CliError(`${name} rejects the key (HTTP ${response.status}); check --key`);
      if (response.status >= 500 || response.status === 429) throw new TransientError(`HTTP ${response.status}`);
      if (!response.ok) throw new CliError(`${url}: HTTP ${response.status} for /${path}; check that it is the address of ${name}`);
      return await responseText(response, MAX_ANSWER_BYTES);
    } catch (error) {
      if (error instanceof CliError || error instanceof TransientError) throw error;
      if (error instanceof TooLongError) throw new CliError(`${url}: ${error.message}; check that it is the address of ${name}`);
      throw new TransientError(networkProblem(error));
    }
  }).catch((error: unknown) => {
    if (error instanceof TransientError) throw new CliError(`${url}: ${name} does not respond (${error.message}); run again later`);
    throw error;
  });
  const parsed = schema.safeParse(parse(text));
  if (!parsed.success) throw new CliError(`${url}: not the answer of ${name} to /${path}; check the address`);
  return parsed.data;
}

/** A list of a media server, page by page. It ends where the server says, and at an empty page whatever the server says. */
export async function allPages<T>(
  { name, url }: MediaServer,
  pageAt: (start: number) => Promise<{ entries: readonly T[]; total: number }>,
): Promise<T[]> {
  const all: T[] = [];
  for (let start = 0; ; start += PAGE) {
    const { entries, total } = await pageAt(start);
    all.push(...entries);
    if (entries.length === 0 || start + PAGE >= total) return all;
    if (all.length >= MAX_ENTRIES) throw new CliError(`${url}: ${name} lists more than ${MAX_ENTRIES} movies; check the address`);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
