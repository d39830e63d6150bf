export interface CliErrorOptions {
  readonly exitCode?: number;
  readonly cause?: unknown;
}

/** An error the user can act on: one line that says what, where and what to do. Anything else that is thrown is a defect of ours. */
export class CliError extends Error {
  readonly exitCode: number;

  constructor(message: string, { exitCode = 1, cause }: CliErrorOptions = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'CliError';
    this.exitCode = exitCode;
  }
}

/** Wrong use of the command line: exit code 2, as for most Unix programs. */
export function usageError(message: string): CliError {
  return new CliError(message, { exitCode: 2 });
}

export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
