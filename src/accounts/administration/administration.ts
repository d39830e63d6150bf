import { InputError } from '../../input-error.ts';
import { MAX_INVITATIONS } from '../../list-caps.ts';
import { isAdministrator, mayManage, type Role } from '../roles.ts';
import type { AccountDirectory, AccountSummary } from './account-directory.ts';
import { AdministrationError } from './administration-error.ts';
import type { Actor, AuditAction, AuditLog } from './audit-log.ts';
import type { Invitation, Invitations } from './invitations.ts';
import { LastOwnerError, type Ownership } from './ownership.ts';
import type { Registration, RegistrationMode } from './registration.ts';
import type { NewRule, RuleStore, StoredRule } from './rule-store.ts';

export const RESET_LINK_HOURS = 1;

/** Who administers, with the role. The command line acts as an owner. */
export interface Administrator extends Actor {
  role: Role;
  /** Accept-Language of the request: mail to somebody who was never here is in this language. */
  acceptLanguage?: string | undefined;
}

/** A link to hand over. It is shown once. */
export interface HandedLink {
  url: string;
  expiresAt: Date;
  /** The server sends the link to this address as well; null: it sends no mail, or knows no address. */
  mailedTo: string | null;
}

/** The mail that administration sends. Each call returns whether the mail is on its way. */
export interface AdministrationMail {
  invitation(address: string, token: string, acceptLanguage: string | undefined): Promise<boolean>;
  passwordReset(address: string, acceptLanguage: string | undefined): Promise<boolean>;
}

/** What the auth library does to accounts. */
export interface AccountWrites {
  endSessions(userId: string): Promise<void>;
  deleteUser(userId: string): Promise<void>;
  /** Stores the hash of the token that lets the account choose a new password. */
  storeResetToken(userId: string, expiresAt: Date): Promise<string>;
}

export interface AdministrationParts {
  directory: AccountDirectory;
  ownership: Ownership;
  invitations: Invitations;
  registration: Registration;
  audit: AuditLog;
  rules: RuleStore;
  writes: AccountWrites;
  post: AdministrationMail;
  /** PASSWORD_SIGN_IN. */
  passwords: boolean;
  /** The address of the server, which links begin with. */
  address: string;
  /** Called after each change of an account: what is remembered of sessions may be wrong. */
  onChanged(): void;
}

/** What owners and admins do to accounts. Every action goes to the audit log. */
export class Administration {
  readonly #parts: AdministrationParts;

  constructor(parts: AdministrationParts) {
    this.#parts = parts;
  }

  async signOut(actor: Administrator, userId: string): Promise<AccountSummary> {
    return this.#act(actor, userId, 'account.sign-out', () => this.#parts.writes.endSessions(userId));
  }

  /** Ends every session at once. API keys and tokens of a disabled account are refused; they work again when it is enabled. */
  async disable(actor: Administrator, userId: string): Promise<AccountSummary> {
    refuseSelf(actor, userId);
    return this.#act(actor, userId, 'account.disable', async () => {
      await this.#parts.ownership.update(userId, { banned: true });
      await this.#parts.writes.endSessions(userId);
    });
  }

  async enable(actor: Administrator, userId: string): Promise<AccountSummary> {
    return this.#act(actor, userId, 'account.enable', () => this.#parts.ownership.update(userId, { banned: false }));
  }

  async delete(actor: Administrator, userId: string): Promise<AccountSummary> {
    refuseSelf(actor, userId);
    const account = await this.#managed(actor, userId);
    await translated(this.#parts.ownership.release(userId));
    await this.#parts.writes.deleteUser(userId);
    this.#parts.onChanged();
    await this.#parts.audit.add(actor, 'account.delete', account.email);
    return account;
  }

  async setRole(actor: Administrator, userId: string, role: Role): Promise<AccountSummary> {
    if (actor.role !== 'owner') throw new AdministrationError('FORBIDDEN', 'Only an owner changes roles.');
    return this.#act(actor, userId, 'account.set-role', () => this.#parts.ownership.update(userId, { role }), role);
  }

  /** The link is shown once: the database has the hash of its token. */
  async createResetLink(actor: Administrator, userId: string): Promise<HandedLink> {
    if (!this.#parts.passwords) throw new AdministrationError('PASSWORD_SIGN_IN_OFF', 'This server takes no passwords.');
    const { email } = await this.#managed(actor, userId);
    const expiresAt = new Date(Date.now() + RESET_LINK_HOURS * 3_600_000);
    const token = await this.#parts.writes.storeResetToken(userId, expiresAt);
    await this.#parts.audit.add(actor, 'account.reset-link', email);
    const isMailed = await this.#parts.post.passwordReset(email, actor.acceptLanguage);
    return { url: `${this.#parts.address}/reset-password#${token}`, expiresAt, mailedTo: isMailed ? email : null };
  }

  async invite(actor: Administrator, email: string | null, role: Role): Promise<HandedLink & { invitation: Invitation }> {
    if (isAdministrator(role) && actor.role !== 'owner')
      throw new AdministrationError('FORBIDDEN', 'Only an owner invites admins and owners.');
    if (email !== null && !EMAIL.test(email)) throw new InputError('email', `is "${email}"; expected an e-mail address`);
    const { invitations, audit, post, address } = this.#parts;
    if ((await invitations.open(MAX_INVITATIONS)).length >= MAX_INVITATIONS)
      throw new AdministrationError('TOO_MANY_INVITATIONS', `${MAX_INVITATIONS} invitations are open. Revoke some first.`);
    const { token, invitation } = await invitations.create({ email, role, createdBy: actor.id });
    await audit.add(actor, 'invitation.create', email ?? '(any address)', role);
    const isMailed = email !== null && (await post.invitation(email, token, actor.acceptLanguage));
    const mailedTo = isMailed ? email : null;
    return { url: `${address}/sign-up#invitation=${token}`, expiresAt: invitation.expiresAt, mailedTo, invitation };
  }

  async revokeInvitation(actor: Administrator, id: string): Promise<Invitation | undefined> {
    const revoked = await this.#parts.invitations.revoke(id);
    if (revoked !== undefined) await this.#parts.audit.add(actor, 'invitation.revoke', revoked.email ?? '(any address)');
    return revoked;
  }

  async chooseRegistration(actor: Administrator, mode: RegistrationMode): Promise<void> {
    const { registration, audit } = this.#parts;
    if (registration.isFixed) throw new InputError('mode', 'cannot be changed here: the setting REGISTRATION of the server decides');
    await registration.choose(mode);
    await audit.add(actor, 'registration.set', mode);
  }

  async addRule(actor: Administrator, rule: NewRule): Promise<StoredRule> {
    const stored = await this.#parts.rules.add(rule, actor.name);
    await this.#parts.audit.add(actor, 'rule.add', stored.subject, described(stored));
    return stored;
  }

  /** Returns the rule that was there. */
  async deleteRule(actor: Administrator, id: string): Promise<StoredRule | undefined> {
    const deleted = await this.#parts.rules.delete(id);
    if (deleted !== undefined) await this.#parts.audit.add(actor, 'rule.delete', deleted.subject, described(deleted));
    return deleted;
  }

  async #act(actor: Administrator, userId: string, action: AuditAction, change: () => Promise<void>, detail = ''): Promise<AccountSummary> {
    const { email } = await this.#managed(actor, userId);
    await translated(change());
    this.#parts.onChanged();
    await this.#parts.audit.add(actor, action, email, detail);
    return this.#account(userId);
  }

  async #managed(actor: Administrator, userId: string): Promise<AccountSummary> {
    const account = await this.#account(userId);
    if (mayManage(actor.role, account.role)) return account;
    throw new AdministrationError('FORBIDDEN', 'Admins may act on members only.');
  }

  async #account(userId: string): Promise<AccountSummary> {
    const account = await this.#parts.directory.find(userId);
    if (account === undefined) throw new InputError('userId', `is "${userId}"; there is no account with this id`);
    return account;
  }
}

/** One @ with something on both sides, and no space. The auth library checks the rest when the account is made. */
const EMAIL = /^[^\s@]{1,64}@[^\s@]{1,255}$/;

function refuseSelf(actor: Administrator, userId: string): void {
  if (actor.id === userId) throw new AdministrationError('FORBIDDEN', 'Nobody disables or deletes the own account here.');
}

function described({ effect, strength, reason }: NewRule): string {
  return effect === 'BOOST' ? `${effect} ${strength}: ${reason}` : `${effect}: ${reason}`;
}

async function translated<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof LastOwnerError ? new AdministrationError('LAST_OWNER', error.message) : error;
  }
}
