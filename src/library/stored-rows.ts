import type { ChangeKind } from './history-store.ts';
import type { StoredRows } from './library-store.ts';

/** A list is counted and sorted whole for a page of it. */
const POINTS_OF_A_READ_ROW = 0.03;
/** With what comes with it on disk. */
const POINTS_OF_A_DELETED_ROW = 0.3;

/** Work whose size is that of a list of the viewer. */
export interface RowPayment {
  storedRows(userId: string): Promise<StoredRows>;
  /** Throws when the caller has not enough points. */
  charge(points: number): Promise<void>;
}

/** Spends the points for reading a list, before it is read. */
export async function payToRead({ storedRows, charge }: RowPayment, userId: string, list: ChangeKind): Promise<void> {
  await charge((await storedRows(userId))[list] * POINTS_OF_A_READ_ROW);
}

/** Spends the points for deleting a list, before it is deleted. */
export async function payToDelete({ storedRows, charge }: RowPayment, userId: string, list: ChangeKind): Promise<void> {
  await charge((await storedRows(userId))[list] * POINTS_OF_A_DELETED_ROW);
}
