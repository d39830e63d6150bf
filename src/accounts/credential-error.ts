/** Thrown for invalid or limited credentials. The message is for the caller. */
export class CredentialError extends Error {
  override readonly name = 'CredentialError';
  readonly code: 'UNAUTHENTICATED' | 'RATE_LIMITED';
  readonly retryAfterSeconds: number | undefined;

  constructor(code: CredentialError['code'], message: string, retryAfterSeconds?: number) {
    super(message);
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
