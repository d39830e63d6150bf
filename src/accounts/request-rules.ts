import { APIError, createAuthMiddleware, getSessionFromCtx, isAPIError } from 'better-auth/api';
import { ADDRESS_HEADER } from './address-header.ts';
import { LAST_OWNER } from './administration/ownership.ts';
import type { AttemptLimits, AttemptVerdict } from './attempt-limits.ts';
import type { AccountsLog } from './auth-log.ts';
import { isCommonPassword } from './common-passwords.ts';
import { GUEST_SECONDS, isGuest } from './guests.ts';
import { type AccountPost, isEmailAddress } from './post/account-post.ts';
import { profileProblem } from './profile-fields.ts';

/** Why an attempt to sign in failed, as the log and the metrics name it. */
export type SignInFailure = 'password' | 'delayed' | 'provider';

export interface RequestRulesParts {
  log: AccountsLog;
  /** Undefined when the limits are off. */
  attempts: AttemptLimits | undefined;
  onSignInFailed(reason: SignInFailure): void;
  /** Whether e-mail and password sign in and up. */
  passwords: boolean;
  post: Pick<AccountPost, 'isOn' | 'passwordReset'>;
  /** Whether the server would have no owner without this account. */
  isLastOwner(userId: string): Promise<boolean>;
  /** Called when a request that could have made an account failed. */
  onNotCreated(context: object): Promise<void>;
}

/** An account without a password is deleted within this time after a sign-in. */
const FRESH_SIGN_IN_MS = 10 * 60_000;
/** The routes that are off without passwords. */
const OFF_WITHOUT_PASSWORDS: readonly string[] = [
  ...['/sign-in/email', '/sign-up/email', '/change-password', '/reset-password', '/request-password-reset'],
];
/** The routes that are off without mail. */
const OFF_WITHOUT_MAIL: readonly string[] = ['/request-password-reset', '/send-verification-email', '/verify-email'];
/** The routes that check a password. */
const PASSWORD_ROUTES: readonly string[] = ['/sign-in/email', '/change-password', '/delete-user'];
/** The auth library's codes for a wrong password. */
const WRONG_PASSWORD: readonly unknown[] = ['INVALID_EMAIL_OR_PASSWORD', 'INVALID_PASSWORD'];

type Context = Parameters<Parameters<typeof createAuthMiddleware>[0]>[0];

/** What this server asks of requests to the account routes beyond the auth library. The library calls it with the path of the route. */
export function requestRules({ log, attempts, passwords, post, onSignInFailed, isLastOwner, onNotCreated }: RequestRulesParts) {
  const reportFailure = (context: Context, reason: SignInFailure): void => {
    onSignInFailed(reason);
    // docs/how-to/host.md has a filter of fail2ban for this line.
    log.warn({ address: context.headers?.get(ADDRESS_HEADER) ?? 'unknown', reason }, 'sign-in failed');
  };
  const before = createAuthMiddleware(async (context) => {
    const { path } = context;
    refuseNul(context);
    const body = fieldsOf(context.body);
    if (!passwords && OFF_WITHOUT_PASSWORDS.includes(path))
      throw refusal('FORBIDDEN', 'PASSWORD_SIGN_IN_OFF', 'This server takes no passwords. Sign in through a provider.');
    if (!post.isOn && OFF_WITHOUT_MAIL.includes(path))
      throw refusal('FORBIDDEN', 'MAIL_OFF', 'This server sends no mail. Ask whoever runs it for a link.');
    if (path === '/request-password-reset') return answerResetRequest(context, body, post);
    if (path === '/send-verification-email' && (await sessionOf(context)) === null)
      throw new APIError('UNAUTHORIZED', { code: 'UNAUTHENTICATED', message: 'Sign in first.' });
    if (path === '/sign-up/email' || path === '/update-user') checkProfile(body);
    if (path === '/sign-up/email') await checkPassword('password', body.password);
    if (path === '/change-password' || path === '/reset-password') await checkPassword('newPassword', body.newPassword);
    if (path === '/sign-in/anonymous' && attempts !== undefined)
      refuseUnless(await attempts.guestMade(context.headers?.get(ADDRESS_HEADER) ?? ''), 'Too many new guests from your address.');
    if (path === '/delete-user') await checkDeletion(context, body, isLastOwner);
    if (path === '/api-key/create' || path === '/api-key/update') return guestKey(context, body);
    if (attempts === undefined || !PASSWORD_ROUTES.includes(path)) return;
    const account = await accountOf(context, body);
    if (account === undefined) return;
    const verdict = await attempts.passwordOffered(account);
    if (verdict.allowed) return;
    reportFailure(context, 'delayed');
    refuseUnless(verdict, 'Too many wrong passwords for this account.');
  });
  const after = createAuthMiddleware(async (context) => {
    const { returned } = context.context;
    if (isAPIError(returned)) await onNotCreated(context);
    if (context.path.startsWith('/callback/') && isProviderError(returned)) reportFailure(context, 'provider');
    if (!PASSWORD_ROUTES.includes(context.path)) return;
    if (!isAPIError(returned)) {
      const account = await accountOf(context, fieldsOf(context.body));
      if (account !== undefined) attempts?.passwordWasRight(account);
    } else if (WRONG_PASSWORD.includes(returned.body?.code)) reportFailure(context, 'password');
  });
  return { before, after };
}

/** A provider's answer that signs nobody in leads to a page with `?error=`. */
function isProviderError(returned: unknown): boolean {
  return isAPIError(returned) && /[?&]error=/.test(new Headers(returned.headers).get('location') ?? '');
}

/** The account whose password a request offers: its e-mail address. */
async function accountOf(context: Context, { email, password, currentPassword }: Fields): Promise<string | undefined> {
  if (context.path === '/sign-in/email') return typeof email === 'string' ? email.toLowerCase() : undefined;
  if (typeof (password ?? currentPassword) !== 'string') return undefined;
  return (context.context.session ?? (await sessionOf(context)))?.user.email.toLowerCase();
}

/** In place of the auth library's route, whose time tells whether there is an account: the queue looks for the account when it sends. */
async function answerResetRequest(context: Context, { email }: Fields, post: RequestRulesParts['post']) {
  if (!isEmailAddress(email)) throw refusal('BAD_REQUEST', 'INVALID_EMAIL', 'email: expected an e-mail address');
  await post.passwordReset(email, context.headers?.get('accept-language'));
  return context.json({ status: true });
}

/** A stolen session must not be enough to delete an account: it takes the password, or else a sign-in a moment ago. */
async function checkDeletion(context: Context, { password }: Fields, isLastOwner: RequestRulesParts['isLastOwner']): Promise<void> {
  const session = await sessionOf(context);
  if (session === null) return;
  if (await isLastOwner(session.user.id)) throw refusal('FORBIDDEN', 'LAST_OWNER', LAST_OWNER);
  if (typeof password === 'string' && password !== '') return;
  const account = await context.context.internalAdapter.findCredentialAccount(session.user.id);
  if (account?.password) throw refusal('BAD_REQUEST', 'PASSWORD_REQUIRED', 'Deleting this account takes its password.');
  if (Date.now() - new Date(session.session.createdAt).getTime() > FRESH_SIGN_IN_MS)
    throw refusal('FORBIDDEN', 'SESSION_NOT_FRESH', 'Sign in again with your provider first, then delete the account within 10 minutes.');
}

/** A key of a guest lives no longer than a guest's session. Else it would keep the guest for a year. */
async function guestKey(context: Context, body: Fields) {
  const session = await sessionOf(context);
  if (session === null || !isGuest(session.user)) return;
  const { expiresIn } = body;
  if (typeof expiresIn === 'number' && expiresIn <= GUEST_SECONDS) return;
  if (expiresIn === undefined && context.path === '/api-key/update') return;
  return { context: { body: { ...body, expiresIn: GUEST_SECONDS } } };
}

function sessionOf(context: Context) {
  return getSessionFromCtx(context, { disableRefresh: true });
}

function checkProfile(fields: Fields): void {
  const problem = profileProblem(fields);
  if (problem !== undefined) throw refusal('BAD_REQUEST', 'INVALID_PROFILE', problem);
}

async function checkPassword(field: string, password: unknown): Promise<void> {
  if (typeof password !== 'string' || !(await isCommonPassword(password))) return;
  throw refusal('BAD_REQUEST', 'PASSWORD_TOO_COMMON', `${field}: this password is one of the commonest. Choose another one.`);
}

/** No field of an account takes NUL, and PostgreSQL answers it with an error. */
function refuseNul({ body, query, params }: Context): void {
  const waiting: [name: string, value: unknown][] = [
    ['body', body],
    ['query', query],
    ['params', params],
  ];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [name, value] = next;
    if (typeof value === 'string' && value.includes('\0'))
      throw refusal('BAD_REQUEST', 'VALIDATION_ERROR', `${name}: expected no NUL character`);
    if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value)) waiting.push([`${name}.${key.replaceAll('\0', '')}`.slice(0, 100), inner]);
  }
}

function refuseUnless({ allowed, retryAfterSeconds }: AttemptVerdict, problem: string): void {
  if (allowed) return;
  const message = `${problem} Try again in ${retryAfterSeconds} s.`;
  throw new APIError('TOO_MANY_REQUESTS', { code: 'RATE_LIMITED', message }, { 'retry-after': String(retryAfterSeconds) });
}

function refusal(status: 'BAD_REQUEST' | 'FORBIDDEN', code: string, message: string): APIError {
  return new APIError(status, { code, message });
}

type Fields = Partial<Record<string, unknown>>;

function fieldsOf(body: unknown): Fields {
  return typeof body === 'object' && body !== null ? { ...body } : {};
}
