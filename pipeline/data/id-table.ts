/** Ids below this are looked up in an array of at most 64 MB. The ids of MovieLens are far below. */
const TABLE_UP_TO = 1 << 24;

/** External id -> its index in `ids`, or -1. Ids are 32-bit whole numbers without repetition. */
export class IdTable {
  readonly #table: Int32Array | undefined;
  readonly #map: Map<number, number> | undefined;

  constructor(ids: ArrayLike<number>) {
    let largest = 0;
    for (let n = 0; n < ids.length; n++) largest = Math.max(largest, ids[n]);
    if (largest < TABLE_UP_TO) {
      this.#table = new Int32Array(largest + 1).fill(-1);
      for (let n = 0; n < ids.length; n++) this.#table[ids[n]] = n;
    } else {
      this.#map = new Map(Array.from(ids, (id, n) => [id, n]));
    }
  }

  get(id: number): number {
    if (this.#table !== undefined) return id < this.#table.length ? this.#table[id] : -1;
    return this.#map?.get(id) ?? -1;
  }
}

/** The distinct ids of all columns, in ascending order. */
export function sortedIds(columns: readonly Uint32Array[]): Uint32Array {
  const isThere = new Uint8Array(TABLE_UP_TO);
  const large = new Set<number>();
  for (const column of columns) {
    for (let n = 0; n < column.length; n++) {
      if (column[n] < TABLE_UP_TO) isThere[column[n]] = 1;
      else large.add(column[n]);
    }
  }
  const ids = [...large];
  for (let id = 0; id < TABLE_UP_TO; id++) if (isThere[id] === 1) ids.push(id);
  return Uint32Array.from(ids).sort();
}
