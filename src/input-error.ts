const MAX_ECHO = 60;

/**
 * Input that the caller can correct. Use cases throw it; GraphQL answers it as BAD_USER_INPUT.
 * `path` names what is wrong, for example `prefs.preferredGenres[1]`, and begins the message. `details` holds what helps a program to
 * correct the call: bounds, allowed values, the nearest names.
 */
export class InputError extends Error {
  override readonly name = 'InputError';
  readonly path: string;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(path: string, problem: string, details: Readonly<Record<string, unknown>> = {}) {
    super(`${path}: ${problem}`);
    this.path = path;
    this.details = details;
  }
}

/** The caller's own text for use in a message: quoted, and cut when it is long. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > MAX_ECHO ? `${text.slice(0, MAX_ECHO)}…` : text);
}
