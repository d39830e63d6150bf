import { fieldOf, listOf, textField } from './answer-fields.ts';
import { authRequest } from './auth-request.ts';
import { BASE_PATH } from './base-path.ts';
import { unsubscribeBrowser } from './push-browser.ts';

export interface DeviceSession {
  token: string;
  userAgent: string | null;
  address: string | null;
  since: string;
  current: boolean;
}

export interface ApiKey {
  id: string;
  name: string;
  /** The first letters of the key. */
  start: string | null;
  /** What the key allows. */
  scopes: readonly string[];
  expiresAt: string | null;
}

/** `invitation` is the token of an invitation's link. */
export async function signUp(name: string, email: string, password: string, invitation?: string): Promise<void> {
  await authRequest('/sign-up/email', { name, email, password, ...(invitation === undefined ? {} : { invitation }) });
}

/** Sets a new password by the token of a link. */
export async function resetPassword(token: string, newPassword: string): Promise<void> {
  await authRequest('/reset-password', { token, newPassword });
}

/** Asks for a link to choose a new password. The server answers the same whether or not there is an account. */
export async function requestPasswordReset(email: string): Promise<void> {
  await authRequest('/request-password-reset', { email });
}

/** Proves the address by the token of a mail. */
export async function verifyEmail(token: string): Promise<void> {
  await authRequest(`/verify-email?token=${encodeURIComponent(token)}`);
}

/** Sends the signed-in account a link to prove its address. */
export async function sendVerification(email: string): Promise<void> {
  await authRequest('/send-verification-email', { email });
}

export async function signIn(email: string, password: string): Promise<void> {
  await authRequest('/sign-in/email', { email, password });
}

/** Opens the provider's page. The provider leads back to `returnTo`, or to the current page with `?error=` after a refusal. */
export async function continueWith(provider: string, returnTo: string, invitation?: string): Promise<void> {
  await goTo('/sign-in/social', provider, returnTo, invitation === undefined ? {} : { additionalData: { invitation } });
}

/** Like `continueWith`, but adds the provider as a way to sign in to the current account. */
export async function linkProvider(provider: string, returnTo: string): Promise<void> {
  await goTo('/link-social', provider, returnTo);
}

/** Removes a way to sign in. The server refuses to remove the last one. */
export async function unlinkProvider({ id }: SignInMethod): Promise<void> {
  await authRequest('/unlink-account', { accountId: id });
}

async function goTo(path: string, provider: string, returnTo: string, more: object = {}): Promise<void> {
  const callbackURL = BASE_PATH + returnTo;
  const answer = await authRequest(path, { provider, callbackURL, errorCallbackURL: window.location.pathname, ...more });
  window.location.assign(textField(answer, 'url') ?? callbackURL);
}

export async function signOut(): Promise<void> {
  await unsubscribeBrowser();
  await authRequest('/sign-out', {});
}

export async function rename(name: string): Promise<void> {
  await authRequest('/update-user', { name });
}

export async function changePassword(currentPassword: string, newPassword: string): Promise<void> {
  await authRequest('/change-password', { currentPassword, newPassword, revokeOtherSessions: true });
}

export interface SignInMethod {
  id: string;
  /** `credential` means a password. */
  provider: string;
}

/** The ways to sign in to this account. */
export async function signInMethods(): Promise<SignInMethod[]> {
  const accounts = listOf(await authRequest('/list-accounts'));
  return accounts
    .map((account) => ({ id: textField(account, 'id') ?? '', provider: textField(account, 'providerId') ?? '' }))
    .filter(({ id, provider }) => id !== '' && provider !== '');
}

export async function sessions(): Promise<DeviceSession[]> {
  const [listed, here] = await Promise.all([authRequest('/list-sessions'), authRequest('/get-session')]);
  const ownToken = textField(fieldOf(here, 'session'), 'token');
  return listOf(listed)
    .map((session) => ({
      token: textField(session, 'token') ?? '',
      userAgent: textField(session, 'userAgent'),
      address: textField(session, 'ipAddress'),
      since: textField(session, 'createdAt') ?? '',
      current: textField(session, 'token') === ownToken,
    }))
    .filter(({ token, since }) => token !== '' && since !== '')
    .sort((a, b) => Number(b.current) - Number(a.current) || b.since.localeCompare(a.since));
}

export async function endSession(token: string): Promise<void> {
  await authRequest('/revoke-session', { token });
}

export async function apiKeys(): Promise<ApiKey[]> {
  const keys = listOf(fieldOf(await authRequest('/api-key/list'), 'apiKeys'));
  return keys
    .map((key) => ({
      id: textField(key, 'id') ?? '',
      name: textField(key, 'name') ?? '',
      start: textField(key, 'start'),
      scopes: listOf(fieldOf(fieldOf(key, 'permissions'), 'library')).filter((scope) => typeof scope === 'string'),
      expiresAt: textField(key, 'expiresAt'),
    }))
    .filter(({ id }) => id !== '');
}

/** Returns the key itself. The server never shows it again. */
export async function createApiKey(name: string, mayWrite: boolean): Promise<string> {
  const created = await authRequest('/api-key/create', { name, configId: mayWrite ? 'write' : 'default' });
  return textField(created, 'key') ?? '';
}

export async function deleteApiKey(keyId: string): Promise<void> {
  await authRequest('/api-key/delete', { keyId });
}

/** Needs the password, or a sign-in within the last ten minutes for accounts without a password. */
export async function deleteAccount(password: string | undefined): Promise<void> {
  await authRequest('/delete-user', password === undefined ? {} : { password });
}

export async function deleteGuest(): Promise<void> {
  await authRequest('/delete-anonymous-user', {});
}
