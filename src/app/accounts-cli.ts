import { accountWrites } from '../accounts/account-writes.ts';
import type { AccountSummary } from '../accounts/administration/account-directory.ts';
import type { Administrator } from '../accounts/administration/administration.ts';
import { COMMAND_LINE } from '../accounts/administration/audit-log.ts';
import { type AdministrationRooms, openAdministration } from '../accounts/administration/rooms.ts';
import { offlineAuth } from '../accounts/auth.ts';
import type { Database } from '../database/database.ts';
import { DatabaseError } from '../database/database-error.ts';
import type { Environment } from '../environment/environment.ts';
import { SqlLibraryStore } from '../library/sql-library-store.ts';
import type { AccountCommand } from './account-commands.ts';

/** The command line is for when nobody can get in, so it may do everything. */
const OPERATOR: Administrator = { ...COMMAND_LINE, role: 'owner' };
const PAGE = 100;

/** Runs a command and returns the lines to print. Servers may run meanwhile: they notice within 5 seconds. `email` is undefined for `users`, and may be for `invite`. */
export async function runAccountCommand(
  command: AccountCommand,
  email: string | undefined,
  database: Database,
  { accounts, http, mail }: Pick<Environment, 'accounts' | 'http' | 'mail'>,
): Promise<string[]> {
  const publicUrl = accounts.publicUrl ?? `http://localhost:${http.port}`;
  const library = new SqlLibraryStore(database);
  const auth = offlineAuth(database, publicUrl, (userId) => library.deleteUser(userId));
  const { ownerEmail, registration, passwords } = accounts;
  const rooms = openAdministration({
    database,
    settings: { ownerEmail, registration, passwords, publicUrl, basePath: http.basePath },
    writes: accountWrites(() => auth),
    onChanged: () => undefined,
  });
  const { actions } = rooms;
  const linkLines = (url: string, expiresAt: Date): string[] => [
    url,
    `works once, until ${expiresAt.toISOString()}`,
    // With mail, the same action on the page sends one.
    ...(mail === undefined ? [] : ['the command line sends no mail: hand the link over']),
  ];
  if (command === 'users') return listUsers(rooms);
  if (command === 'invite') {
    const { url, expiresAt } = await actions.invite(OPERATOR, email ?? null, 'member');
    return linkLines(url, expiresAt);
  }
  const account = await accountOf(rooms, email ?? '');
  switch (command) {
    case 'reset-password': {
      const { url, expiresAt } = await actions.createResetLink(OPERATOR, account.id);
      return linkLines(url, expiresAt);
    }
    case 'make-owner':
      await actions.setRole(OPERATOR, account.id, 'owner');
      return [`${account.email} owns this server`];
    case 'disable':
      await actions.disable(OPERATOR, account.id);
      return [`${account.email} is disabled`];
    case 'enable':
      await actions.enable(OPERATOR, account.id);
      return [`${account.email} can sign in again`];
    case 'delete-user':
      await actions.delete(OPERATOR, account.id);
      return [`${account.email} is deleted`];
  }
}

async function listUsers({ accounts }: AdministrationRooms): Promise<string[]> {
  const lines: string[] = [];
  for (let after: string | undefined, more = true; more; ) {
    const page = await accounts.page(PAGE, after, undefined);
    lines.push(...page.accounts.map(lineOf));
    after = page.accounts.at(-1)?.email;
    more = page.hasNextPage;
  }
  return [...lines, `${lines.length} accounts, ${await accounts.guestCount()} guests`];
}

function lineOf({ email, role, disabled, createdAt, lastSeenAt, sessions, apiKeys }: AccountSummary): string {
  const seen = lastSeenAt === null ? 'never' : lastSeenAt.toISOString().slice(0, 10);
  const since = createdAt.toISOString().slice(0, 10);
  const state = disabled ? ', disabled' : '';
  return `${email}  ${role}${state}, since ${since}, last seen ${seen}, sessions ${sessions}, keys ${apiKeys}`;
}

async function accountOf({ accounts }: AdministrationRooms, email: string): Promise<AccountSummary> {
  const account = await accounts.findByEmail(email);
  if (account === undefined) throw new DatabaseError(`there is no account ${email}; "npm run db -- users" lists them`);
  return account;
}
