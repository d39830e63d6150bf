import { fieldOf, listOf, textField } from './answer-fields.ts';
import { authRequest } from './auth-request.ts';

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
  /** Its first letters. */
  start: string | null;
  /** What it may do. */
  scopes: readonly string[];
  expiresAt: string | null;
}

export async function signUp(name: string, email: string, password: string): Promise<void> {
  await authRequest('/sign-up/email', { name, email, password });
}

export async function signIn(email: string, password: string): Promise<void> {
  await authRequest('/sign-in/email', { email, password });
}

export async function signOut(): Promise<void> {
  await authRequest('/sign-out', {});
}

export async function rename(name: string): Promise<void> {
  await authRequest('/update-user', { name });
}

export async function changePassword(currentPassword: string, newPassword: string): Promise<void> {
  await authRequest('/change-password', { currentPassword, newPassword, revokeOtherSessions: true });
}

/** How one can sign in: `credential` is a password. */
export async function signInMethods(): Promise<string[]> {
  const accounts = listOf(await authRequest('/list-accounts'));
  return accounts.map((account) => textField(account, 'providerId') ?? '').filter((provider) => provider !== '');
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

/** The key itself: it is never shown again. */
export async function createApiKey(name: string, mayWrite: boolean): Promise<string> {
  const created = await authRequest('/api-key/create', { name, configId: mayWrite ? 'write' : 'default' });
  return textField(created, 'key') ?? '';
}

export async function deleteApiKey(keyId: string): Promise<void> {
  await authRequest('/api-key/delete', { keyId });
}

/** A password where there is one; who came by a provider has to have signed in within the day. */
export async function deleteAccount(password: string | undefined): Promise<void> {
  await authRequest('/delete-user', password === undefined ? {} : { password });
}

export async function deleteGuest(): Promise<void> {
  await authRequest('/delete-anonymous-user', {});
}
