import type { ChangeKind } from './history-store.ts';
import type { LibraryStore } from './library-store.ts';

/** A list is counted and sorted whole for a page of it. */
const POINTS_OF_A_READ_ROW = 0.03;
/** A list is counted twice for a change: for this price, and for its greatest length. */
const POINTS_OF_A_COUNTED_ROW = 0.003;
/** With what comes with it on disk. */
const POINTS_OF_A_DELETED_ROW = 0.3;

/** Work whose size is that of a list of the viewer. */
export interface RowPayment {
  storedRowsOf(userId: string, list: ChangeKind): Promise<number>;
  /** Throws when the caller has not enough points. */
  charge(points: number): Promise<void>;
}

/** Spends the points for reading a list, before it is read. */
export const payToRead = payByRows(POINTS_OF_A_READ_ROW);

/** Spends the points for adding to a list, before it is counted. */
export const payToAdd = payByRows(POINTS_OF_A_COUNTED_ROW);

/** Spends the points for deleting a list, before it is deleted. */
export const payToDelete = payByRows(POINTS_OF_A_DELETED_ROW);

function payByRows(points: number) {
  return async ({ storedRowsOf, charge }: RowPayment, userId: string, list: ChangeKind): Promise<void> =>
    charge((await storedRowsOf(userId, list)) * points);
}

/** Spends the points for deleting everything that a user has stored, before it is deleted. */
export async function payToDeleteAll(
  { library, charge }: { library: Pick<LibraryStore, 'storedRows'>; charge: RowPayment['charge'] },
  userId: string,
): Promise<void> {
  const rows = Object.values(await library.storedRows(userId)).reduce((sum, count) => sum + count, 0);
  await charge(rows * POINTS_OF_A_DELETED_ROW);
}
