import type { AccountDirectory } from '../accounts/administration/account-directory.ts';
import type { HooksRoute } from '../http/hooks-route.ts';
import { HttpError } from '../http/http-error.ts';
import { InputError } from '../input-error.ts';
import { hashOfToken } from '../library/hooks/hook-token.ts';
import { noteUnread, receiveEvent } from '../library/hooks/receive-event.ts';
import type { LibraryStore } from '../library/library-store.ts';
import type { Snapshot } from '../recommendations/snapshot.ts';

/** Points of an event. A hook that sends as many as it may spends less than the budget of a key. */
export const EVENT_PRICE = 200;

export interface HookServices {
  snapshot(): Snapshot;
  library: Pick<LibraryStore, 'hooks'>;
  accounts: Pick<AccountDirectory, 'find'>;
}

/** Finds what takes the events of a token. */
export function hookReceivers({ snapshot, library: { hooks }, accounts }: HookServices): HooksRoute['find'] {
  const isActive = async (userId: string): Promise<boolean> => (await accounts.find(userId))?.disabled === false;
  return async (token) => {
    const tokenHash = hashOfToken(token);
    const found = tokenHash === undefined ? undefined : await hooks.findByToken(tokenHash);
    if (tokenHash === undefined || found === undefined) return undefined;
    return {
      id: tokenHash,
      async receive(event) {
        try {
          return { outcome: await receiveEvent({ hooks, snapshot: snapshot(), isActive }, found, event) };
        } catch (error) {
          if (error instanceof InputError) throw new HttpError(400, 'BAD_REQUEST', error.message);
          throw error;
        }
      },
      refuse: (problem) => noteUnread(hooks, found.owner, problem),
    };
  };
}
