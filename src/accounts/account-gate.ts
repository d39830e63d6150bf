import { getOAuthState } from 'better-auth/api';
import { type AuditLog, SIGN_IN_GROUPS } from './administration/audit-log.ts';
import type { Invitation, Invitations } from './administration/invitations.ts';
import type { Ownership } from './administration/ownership.ts';
import type { Registration } from './administration/registration.ts';
import { isGuest } from './guests.ts';
import { groupsOf, isLimited, mayUseProvider, type OidcRules } from './oidc-groups.ts';
import { PROXY } from './proxy-sign-in.ts';
import type { Role } from './roles.ts';

interface GateParts {
  settings: { guests: boolean; oidc?: OidcRules | undefined; proxy?: OidcRules | undefined };
  registration: Registration;
  ownership: Ownership;
  invitations: Invitations;
  audit: Pick<AuditLog, 'add'>;
}

/** The identity that the auth library is about to take in. */
interface Incoming {
  user: { id?: string | undefined; email?: string | undefined; emailVerified?: boolean | undefined; [field: string]: unknown };
  source: {
    action: 'create-user' | 'link-account' | 'sign-in';
    method: string;
    oauth?: { providerId: string; profile?: Record<string, unknown> | undefined } | undefined;
  };
}

interface Context {
  body?: unknown;
}

const REFUSED_BY_PROVIDER = {
  error: 'PROVIDER_ACCOUNT_NOT_ALLOWED',
  errorDescription: 'This server takes only some groups or domains of the provider, and yours is not among them.',
};

/** Decides who may have an account, and with which role. */
export class AccountGate {
  readonly #parts: GateParts;
  /** What was decided about a new account, by the request that makes it. */
  readonly #decided = new WeakMap<object, { invitation: Invitation | undefined; role: Role }>();

  constructor(parts: GateParts) {
    this.#parts = parts;
  }

  /** For the auth library: `validateUserInfo`. Undefined lets the identity in. */
  async validate({ user, source }: Incoming, context: Context): Promise<{ error: string; errorDescription: string } | undefined> {
    const { guests, oidc, proxy } = this.#parts.settings;
    if (source.method === 'anonymous')
      return guests ? undefined : { error: 'GUESTS_OFF', errorDescription: 'This server takes no guests. Sign in instead.' };
    const rules = source.oauth === undefined ? undefined : { oidc, [PROXY]: proxy }[source.oauth.providerId];
    const claims = source.oauth?.profile ?? {};
    if (rules !== undefined && !mayUseProvider(rules, claims)) return REFUSED_BY_PROVIDER;
    const isAdmin = rules?.adminGroup !== undefined && groupsOf(claims).includes(rules.adminGroup);
    if (source.action !== 'create-user') {
      if (rules?.adminGroup !== undefined && user.id !== undefined) await this.#follow(user.id, user.email ?? '', isAdmin);
      return undefined;
    }
    const admission = await this.#parts.registration.admit({
      email: user.email ?? '',
      invitation: await invitationIn(context),
      isVouchedFor: rules !== undefined && isLimited(rules),
    });
    if (!admission.admitted) return { error: admission.refusal.code, errorDescription: admission.refusal.message };
    const { invitation } = admission;
    this.#decided.set(context, { invitation, role: isAdmin ? 'admin' : (invitation?.role ?? 'member') });
    return undefined;
  }

  /** The role of a new account. */
  roleFor(context: object | null): Role {
    return (context === null ? undefined : this.#decided.get(context))?.role ?? 'member';
  }

  /** The first account owns the server. */
  async created(user: { id: string; email: string }, context: object | null): Promise<void> {
    const decided = context === null ? undefined : this.#decided.get(context);
    if (context !== null) this.#decided.delete(context);
    if (decided?.role === 'admin' && decided.invitation?.role !== 'admin')
      await this.#parts.audit.add(SIGN_IN_GROUPS, 'account.set-role', user.email, 'admin');
    if (!isGuest(user)) await this.#parts.ownership.claim(user);
  }

  /** The account was refused after all: the invitation can be used again. */
  async notCreated(context: object): Promise<void> {
    const invitation = this.#decided.get(context)?.invitation;
    if (invitation !== undefined) await this.#parts.invitations.giveBack(invitation.id);
  }

  /** Throws a LastOwnerError when nobody else owns the server. */
  async deleted(userId: string): Promise<void> {
    await this.#parts.ownership.release(userId);
  }

  /** With OIDC_ADMIN_GROUP the provider decides who is an admin. Owners stay owners. */
  async #follow(userId: string, email: string, isAdmin: boolean): Promise<void> {
    const current = await this.#parts.ownership.roleOf(userId);
    const role = isAdmin ? 'admin' : 'member';
    if (current === 'owner' || current === role) return;
    await this.#parts.ownership.update(userId, { role });
    await this.#parts.audit.add(SIGN_IN_GROUPS, 'account.set-role', email, role);
  }
}

/** The token that the page sent with the form, or began the provider's sign-in with. */
async function invitationIn({ body }: Context): Promise<string | undefined> {
  const inForm = typeof body === 'object' && body !== null && 'invitation' in body ? body.invitation : undefined;
  const token = inForm ?? (await getOAuthState().catch(() => null))?.invitation;
  return typeof token === 'string' && token !== '' ? token : undefined;
}
