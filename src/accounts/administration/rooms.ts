import type { Database } from '../../database/database.ts';
import type { AccountSettings } from '../auth.ts';
import { AccountDirectory } from './account-directory.ts';
import { type AccountWrites, Administration } from './administration.ts';
import { AuditLog } from './audit-log.ts';
import { Invitations } from './invitations.ts';
import { Ownership } from './ownership.ts';
import { Registration } from './registration.ts';
import { SettingsStore } from './settings-store.ts';

/** What owners and admins work with. */
export interface AdministrationRooms {
  accounts: AccountDirectory;
  ownership: Ownership;
  invitations: Invitations;
  registration: Registration;
  audit: AuditLog;
  actions: Administration;
}

interface RoomsParts {
  database: Database;
  settings: Pick<AccountSettings, 'registration' | 'ownerEmail' | 'passwords' | 'publicUrl' | 'basePath'>;
  writes: AccountWrites;
  onChanged(): void;
}

export function openAdministration({ database, settings, writes, onChanged }: RoomsParts): AdministrationRooms {
  const ownership = new Ownership(database, settings.ownerEmail);
  const invitations = new Invitations(database);
  const stored = new SettingsStore(database);
  const registration = new Registration({ fixedMode: settings.registration, settings: stored, ownership, invitations });
  const audit = new AuditLog(database);
  const accounts = new AccountDirectory(database);
  const { passwords, publicUrl, basePath } = settings;
  const actions = new Administration({
    directory: accounts,
    ownership,
    invitations,
    registration,
    audit,
    writes,
    passwords,
    address: publicUrl + basePath,
    onChanged,
  });
  return { accounts, ownership, invitations, registration, audit, actions };
}
