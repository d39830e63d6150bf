import { AuthError } from '../../../api/auth-request.ts';

export type AuthErrorKind =
  | 'wrongPassword'
  | 'taken'
  | 'passwordShort'
  | 'passwordLong'
  | 'passwordCommon'
  | 'passwordNeeded'
  | 'nameRefused'
  | 'email'
  | 'tooOften'
  | 'notFresh'
  | 'notGranted'
  | 'notLinked'
  | 'linkedElsewhere'
  | 'otherEmail'
  | 'startAgain'
  | 'closed'
  | 'invitationNeeded'
  | 'invitationOver'
  | 'guestsOff'
  | 'passwordsOff'
  | 'notAllowed'
  | 'disabled'
  | 'lastOwner'
  | 'linkOver'
  | 'mailOff'
  | 'verified'
  | 'other';

const AUTH_ERRORS: Record<string, AuthErrorKind> = {
  INVALID_EMAIL_OR_PASSWORD: 'wrongPassword',
  INVALID_PASSWORD: 'wrongPassword',
  USER_ALREADY_EXISTS: 'taken',
  USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: 'taken',
  PASSWORD_TOO_SHORT: 'passwordShort',
  PASSWORD_TOO_LONG: 'passwordLong',
  PASSWORD_TOO_COMMON: 'passwordCommon',
  PASSWORD_REQUIRED: 'passwordNeeded',
  INVALID_PROFILE: 'nameRefused',
  INVALID_EMAIL: 'email',
  SESSION_EXPIRED: 'notFresh',
  SESSION_NOT_FRESH: 'notFresh',
  REGISTRATION_CLOSED: 'closed',
  INVITATION_REQUIRED: 'invitationNeeded',
  INVITATION_INVALID: 'invitationOver',
  GUESTS_OFF: 'guestsOff',
  PASSWORD_SIGN_IN_OFF: 'passwordsOff',
  PROVIDER_ACCOUNT_NOT_ALLOWED: 'notAllowed',
  BANNED_USER: 'disabled',
  LAST_OWNER: 'lastOwner',
  INVALID_TOKEN: 'linkOver',
  TOKEN_EXPIRED: 'linkOver',
  USER_NOT_FOUND: 'linkOver',
  MAIL_OFF: 'mailOff',
  EMAIL_ALREADY_VERIFIED: 'verified',
};

const PROVIDER_ERRORS: Record<string, AuthErrorKind> = {
  access_denied: 'notGranted',
  account_not_linked: 'notLinked',
  account_already_linked_to_different_user: 'linkedElsewhere',
  "email_doesn't_match": 'otherEmail',
};

/** The message key of a refusal, by its code. */
export function authErrorOf(error: unknown): AuthErrorKind {
  if (!(error instanceof AuthError)) return 'other';
  if (error.status === 429) return 'tooOften';
  return AUTH_ERRORS[error.code] ?? 'other';
}

/** The message key of the code that a provider's redirect carries. */
export function providerErrorOf(code: string): AuthErrorKind {
  if (code.startsWith('state_') || code === 'please_restart_the_process') return 'startAgain';
  return PROVIDER_ERRORS[code] ?? AUTH_ERRORS[code] ?? 'other';
}
