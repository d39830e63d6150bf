/** An action that the rules of the server refuse. The message is meant for the caller. */
export class AdministrationError extends Error {
  override readonly name = 'AdministrationError';
  readonly code: 'FORBIDDEN' | 'LAST_OWNER' | 'PASSWORD_SIGN_IN_OFF' | 'TOO_MANY_INVITATIONS' | 'TOO_MANY_RULES';

  constructor(code: AdministrationError['code'], message: string) {
    super(message);
    this.code = code;
  }
}
