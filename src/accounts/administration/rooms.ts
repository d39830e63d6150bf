import type { Database } from '../../database/database.ts';
import type { AccountSettings } from '../auth.ts';
import { AccountPost, type MailMeans } from '../post/account-post.ts';
import { AccountDirectory } from './account-directory.ts';
import { type AccountWrites, Administration } from './administration.ts';
import { AuditLog } from './audit-log.ts';
import { Invitations } from './invitations.ts';
import { Ownership } from './ownership.ts';
import { Registration } from './registration.ts';
import { RuleStore } from './rule-store.ts';
import { SettingsStore } from './settings-store.ts';

/** What owners and admins work with. */
export interface AdministrationRooms {
  accounts: AccountDirectory;
  ownership: Ownership;
  invitations: Invitations;
  registration: Registration;
  audit: AuditLog;
  post: AccountPost;
  rules: RuleStore;
  actions: Administration;
}

interface RoomsParts {
  database: Database;
  settings: Pick<AccountSettings, 'registration' | 'ownerEmail' | 'passwords' | 'publicUrl' | 'basePath'>;
  writes: AccountWrites;
  /** Undefined: the server sends no mail. */
  mail?: MailMeans | undefined;
  onChanged(): void;
}

export function openAdministration({ database, settings, writes, mail, onChanged }: RoomsParts): AdministrationRooms {
  const ownership = new Ownership(database, settings.ownerEmail);
  const invitations = new Invitations(database);
  const stored = new SettingsStore(database);
  const registration = new Registration({ fixedMode: settings.registration, settings: stored, ownership, invitations });
  const audit = new AuditLog(database);
  const rules = new RuleStore(database);
  const accounts = new AccountDirectory(database);
  const { passwords, publicUrl, basePath } = settings;
  const address = publicUrl + basePath;
  const post = new AccountPost({ means: mail, directory: accounts, invitations, writes, address });
  const actions = new Administration({
    directory: accounts,
    ownership,
    invitations,
    registration,
    audit,
    rules,
    writes,
    passwords,
    post,
    address,
    onChanged,
  });
  return { accounts, ownership, invitations, registration, audit, post, rules, actions };
}
