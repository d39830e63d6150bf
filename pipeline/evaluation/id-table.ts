/** Ids up to here are looked up in a plain table of at most 64 MB: MovieLens' are far below. */
const TABLE_UP_TO = 1 << 24;

/** External id -> its place in `ids`, or -1. Ids are whole numbers of 32 bits, none twice. */
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

/** The distinct ids of all columns, ascending. */
export function sortedIds(columns: readonly Uint32Array[]): Uint32Array {
  const distinct = new Set<number>();
  for (const column of columns) {
    let before = -1;
    for (let n = 0; n < column.length; n++) {
      // Files are sorted by user as a rule, and a set is asked once a run then.
      if (column[n] === before) continue;
      before = column[n];
      distinct.add(before);
    }
  }
  return Uint32Array.from(distinct).sort();
}
