export interface CliErrorOptions {
  readonly exitCode?: number;
  readonly cause?: unknown;
}

/** An error that the user can act on. Its message is one line: what failed, where, and what to do. Any other error is a bug. */
export class CliError extends Error {
  readonly exitCode: number;

  constructor(message: string, { exitCode = 1, cause }: CliErrorOptions = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'CliError';
    this.exitCode = exitCode;
  }
}

/** Wrong use of the command line. Exit code 2, like most Unix programs. */
export function usageError(message: string): CliError {
  return new CliError(message, { exitCode: 2 });
}

export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
