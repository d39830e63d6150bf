import { registerEnumType } from 'type-graphql';
import type { Role } from '../../accounts/roles.ts';

export type AccountRoleValue = Uppercase<Role>;

export const AccountRole: { [R in AccountRoleValue]: R } = { MEMBER: 'MEMBER', ADMIN: 'ADMIN', OWNER: 'OWNER' };

registerEnumType(AccountRole, {
  name: 'AccountRole',
  description: 'What an account may do on this server.',
  valuesConfig: {
    MEMBER: { description: 'Keeps an own library.' },
    ADMIN: { description: 'Acts on members, invitations, the catalog and the rules.' },
    OWNER: { description: 'Acts on everybody and gives roles.' },
  },
});

const VALUES: { [R in Role]: AccountRoleValue } = { member: 'MEMBER', admin: 'ADMIN', owner: 'OWNER' };
const ROLES: { [V in AccountRoleValue]: Role } = { MEMBER: 'member', ADMIN: 'admin', OWNER: 'owner' };

export function accountRole(role: Role): AccountRoleValue {
  return VALUES[role];
}

export function roleNamed(value: AccountRoleValue): Role {
  return ROLES[value];
}
