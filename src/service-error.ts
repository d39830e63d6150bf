import { errorText } from './error-text.ts';

/**
 * The server cannot do its work now, and the caller did nothing wrong: the database is away, or the disk is full. The message is for the
 * caller; `cause` tells the operator why.
 */
export class ServiceError extends Error {
  override readonly name: string = 'ServiceError';
  readonly code: 'UNAVAILABLE' | 'STORAGE_FULL';

  constructor(code: ServiceError['code'], message: string, cause: unknown) {
    super(message, { cause });
    this.code = code;
  }

  get statusCode(): 503 | 507 {
    return this.code === 'UNAVAILABLE' ? 503 : 507;
  }

  /** A caller that tries again before this time is unlikely to succeed. */
  get retryAfterSeconds(): number {
    return this.code === 'UNAVAILABLE' ? 2 : 60;
  }
}

/** The text of an error for whoever runs the server. The text of a ServiceError is for callers, so its cause is told instead. */
export function operatorText(error: unknown): string {
  return errorText(error instanceof ServiceError ? (error.cause ?? error) : error);
}

/** The ServiceError among an error and its causes; the last one is the first that happened. */
export function serviceErrorIn(error: unknown): ServiceError | undefined {
  let cause = error;
  for (let depth = 0; depth < 10 && cause instanceof Error; depth++) {
    if (cause instanceof ServiceError) return cause;
    cause = cause.cause;
  }
  return undefined;
}

/** For answers that do without stored data while its service is away: null then. Any other error is thrown again. */
export function nullWhenAway(error: unknown): null {
  if (serviceErrorIn(error)?.code === 'UNAVAILABLE') return null;
  throw error;
}
