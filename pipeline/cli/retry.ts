import type { PipelineContext } from './pipeline-context.ts';

/** An error that may not occur again on the next attempt. `retryAfter` is the pause that the server asked for, in milliseconds. */
export class TransientError extends Error {
  readonly retryAfter: number | undefined;

  constructor(message: string, retryAfter?: number | undefined) {
    super(message);
    this.name = 'TransientError';
    this.retryAfter = retryAfter;
  }
}

const FIRST_PAUSE = 500;
const MAX_PAUSE = 30_000;
/** When a server asks for a longer pause, the error is thrown and the next run tries again. */
const MAX_RETRY_AFTER = 10 * 60_000;

/** Runs `attempt` at most `attempts` times, until it does not throw a TransientError. The pause doubles each time, unless the server asks for another. */
export async function withRetries<T>(
  context: Pick<PipelineContext, 'sleep' | 'signal'>,
  attempts: number,
  attempt: () => Promise<T>,
  onPause: (milliseconds: number, error: TransientError) => void = () => {},
): Promise<T> {
  for (let failures = 1; ; failures++) {
    context.signal.throwIfAborted();
    try {
      return await attempt();
    } catch (error) {
      context.signal.throwIfAborted();
      if (!(error instanceof TransientError) || failures >= attempts) throw error;
      if (error.retryAfter !== undefined && error.retryAfter > MAX_RETRY_AFTER) throw error;
      const pause = error.retryAfter ?? Math.min(FIRST_PAUSE * 2 ** (failures - 1), MAX_PAUSE);
      onPause(pause, error);
      await context.sleep(pause);
    }
  }
}

/** Retry-After in milliseconds (seconds or a date, RFC 9110). Undefined when the header is missing or malformed. */
export function retryAfterOf(headers: Headers, now: Date): number | undefined {
  const value = headers.get('retry-after');
  if (value === null) return undefined;
  const seconds = Number(value);
  if (value.trim() !== '' && Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now.getTime());
}

/** Reason of a failed fetch without its URL, which may contain a key: "ECONNRESET", "timed out". */
export function networkProblem(error: unknown): string {
  if (!(error instanceof Error)) return 'network error';
  if (error.name === 'TimeoutError') return 'timed out';
  const { cause } = error;
  if (cause instanceof Error) return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message;
  return error.message;
}
