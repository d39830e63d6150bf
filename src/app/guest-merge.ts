import type { AccountEvents } from '../accounts/auth.ts';
import type { LibraryStore } from '../library/library-store.ts';
import type { PointBudgets } from '../rate-limit/point-budgets.ts';

const POINTS_OF_A_MERGED_ROW = 0.5;

/**
 * Gives the library of a guest to the account that the guest signed in to. The account spends points for each row, and is never refused:
 * who has spent the points must be able to sign in, and would lose the library.
 */
export function guestMerge(
  library: Pick<LibraryStore, 'moveUser'>,
  budgets: Pick<PointBudgets, 'owe'> | undefined,
): AccountEvents['onGuestLinked'] {
  return async (guestId, userId, address) => {
    const rows = await library.moveUser(guestId, userId);
    budgets?.owe({ address, identity: { userId } }, rows * POINTS_OF_A_MERGED_ROW);
  };
}
