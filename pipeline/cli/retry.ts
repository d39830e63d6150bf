import type { PipelineContext } from './pipeline-context.ts';

/** Thrown for what may well go right the next time. `retryAfter` is what the server asked for, in milliseconds. */
export class TransientError extends Error {
  readonly retryAfter: number | undefined;

  constructor(message: string, retryAfter?: number | undefined) {
    super(message);
    this.name = 'TransientError';
    this.retryAfter = retryAfter;
  }
}

const firstPause = 500;
const longestPause = 30_000;
// A server that asks for more than this gets it at the next run.
const longestObedience = 10 * 60_000;

/** Runs `attempt` until it does not throw a TransientError, waiting twice as long each time or as long as the server asks; at most `attempts` times. */
export async function withRetries<T>(
  effects: Pick<PipelineContext, 'sleep' | 'signal'>,
  attempts: number,
  attempt: () => Promise<T>,
  onPause: (milliseconds: number, error: TransientError) => void = () => {},
): Promise<T> {
  for (let failures = 1; ; failures++) {
    effects.signal.throwIfAborted();
    try {
      return await attempt();
    } catch (error) {
      effects.signal.throwIfAborted();
      if (!(error instanceof TransientError) || failures >= attempts) throw error;
      if (error.retryAfter !== undefined && error.retryAfter > longestObedience) throw error;
      const pause = error.retryAfter ?? Math.min(firstPause * 2 ** (failures - 1), longestPause);
      onPause(pause, error);
      await effects.sleep(pause);
    }
  }
}

/** Seconds or a date, as RFC 9110 allows; undefined when the header is absent or makes no sense. */
export function retryAfterOf(headers: Headers, now: Date): number | undefined {
  const value = headers.get('retry-after');
  if (value === null) return undefined;
  const seconds = Number(value);
  if (value.trim() !== '' && Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now.getTime());
}

/** What a failed fetch has to say, without its URL (which may hold a key): "ECONNRESET", "timed out". */
export function networkProblem(error: unknown): string {
  if (!(error instanceof Error)) return 'network error';
  if (error.name === 'TimeoutError') return 'timed out';
  const { cause } = error;
  if (cause instanceof Error) return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message;
  return error.message;
}
