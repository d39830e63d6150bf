import { createAccessControl } from 'better-auth/plugins/access';

/** What an account may do on this server. Guests have no account, so they have no role. */
export const ROLES = ['member', 'admin', 'owner'] as const;
export type Role = (typeof ROLES)[number];

const control = createAccessControl({ user: [], session: [] });
const nothing = control.newRole({});

/**
 * Options of the auth library's admin plugin. The plugin adds the columns and refuses new sessions of disabled accounts. Its routes are off:
 * they know nothing of the last owner and of the audit log. So its roles permit nothing.
 */
export const ADMIN_PLUGIN = {
  defaultRole: 'member',
  adminRoles: ['admin', 'owner'],
  roles: { member: nothing, admin: nothing, owner: nothing },
  bannedUserMessage: 'This account is disabled. Ask whoever runs this server.',
};

/** Routes of the admin plugin. */
export const ADMIN_ROUTES = [
  'set-role',
  'get-user',
  'create-user',
  'update-user',
  'list-users',
  'list-user-sessions',
  'unban-user',
  'ban-user',
  'impersonate-user',
  'stop-impersonating',
  'revoke-user-session',
  'revoke-user-sessions',
  'remove-user',
  'set-user-password',
  'has-permission',
].map((name) => `/admin/${name}`);

/** The role of a row. Accounts that are older than roles have none. */
export function roleOf({ role }: { role?: string | null | undefined }): Role {
  return ROLES.find((known) => known === role) ?? 'member';
}

export function isAdministrator(role: Role): boolean {
  return role !== 'member';
}

/** Owners may act on everybody. Admins may act on members. */
export function mayManage(actor: Role, target: Role): boolean {
  return actor === 'owner' || (actor === 'admin' && target === 'member');
}
