import type { Accounts } from '../src/accounts/accounts.ts';
import { type AdministrationRooms, openAdministration } from '../src/accounts/administration/rooms.ts';
import type { Database } from '../src/database/database.ts';

/** Everybody may create an account. */
export const OPEN_SIGN_IN: { signInOptions(): ReturnType<Accounts['signInOptions']> } = {
  signInOptions: async () => ({ registration: 'open', mail: false, guests: true, passwords: true, refusal: null }),
};

/** The administration of a server whose accounts come from headers: nothing is in the tables of the auth library. */
export function administrationOf(database: Database): AdministrationRooms {
  const never = () => Promise.reject(new Error('these tests have no accounts in the database'));
  return openAdministration({
    database,
    settings: { passwords: true, publicUrl: 'http://films.test', basePath: '' },
    writes: { endSessions: never, deleteUser: never, storeResetToken: never },
    onChanged: () => undefined,
  });
}
