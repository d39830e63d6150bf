import type { DenseKernels } from './dense.ts';

/** Rows and columns of a tile. */
export const TILE = 64;
const TILE_FLOATS = TILE * TILE;

/**
 * Layout of a symmetric n × n matrix in tiles of 64 × 64, each row-major. Only tiles (i, j) with i <= j are stored, in column order, so n =
 * 20,000 takes 0.8 GB. Rows from n on, which fill the last tile, are those of the identity. Offsets count floats of one heap.
 */
export interface TileLayout {
  n: number;
  /** Tiles in a row of the full matrix. */
  side: number;
  /** Offset of the tiles of the matrix. */
  tiles: number;
  /** Offset of the inverses of the diagonal tiles' Cholesky factors, `side` tiles. */
  inverses: number;
  /** Offset of a copy of one row or column of tiles. */
  line: number;
  /** Offset of one scratch tile for each worker. */
  scratch: number;
  /** Floats of the heap that are needed, from its start. */
  end: number;
}

/** The layout for n rows and this number of workers, from heap offset `start` on. */
export function tileLayout(n: number, workers: number, start = 0): TileLayout {
  const side = Math.ceil(n / TILE);
  const tiles = start;
  const inverses = tiles + ((side * (side + 1)) / 2) * TILE_FLOATS;
  const line = inverses + side * TILE_FLOATS;
  const scratch = line + side * TILE_FLOATS;
  return { n, side, tiles, inverses, line, scratch, end: scratch + workers * TILE_FLOATS };
}

/** Offset of tile (i, j), i <= j. */
export function tileAt(layout: TileLayout, i: number, j: number): number {
  return layout.tiles + ((j * (j + 1)) / 2 + i) * TILE_FLOATS;
}

/** Offset of element (i, j) of the symmetric matrix. Only the upper tiles are stored, so (i, j) and (j, i) may share one offset. */
export function elementAt(layout: TileLayout, i: number, j: number): number {
  const row = i >> 6;
  const column = j >> 6;
  return row <= column
    ? tileAt(layout, row, column) + (i & 63) * TILE + (j & 63)
    : tileAt(layout, column, row) + (j & 63) * TILE + (i & 63);
}

/** Tasks that may run at the same time: no task reads or writes a tile that another task of the phase writes. */
export interface TilePhase {
  /** `update` and `scale` compute a row of tiles of the factor, `invert` one of its inverse, `product` one of the inverse matrix. */
  kind: 'update' | 'scale' | 'invert' | 'product';
  step: number;
}

/**
 * Inverts a symmetric positive definite matrix in place, in three parts of `side` steps each:
 *
 *   1. A = UᵀU, by rows of tiles (left-looking).
 *   2. M = (Uᵀ)⁻¹, by rows; tile (k, i) of M replaces tile (i, k) of U.
 *   3. A⁻¹ = MᵀM, by rows.
 *
 * All work is products AᵀB of tiles, n³ multiplications in total. Each tile is summed in a fixed order, so the result has the same bits
 * with any number of workers. `run` runs the tasks of a phase, see tileTask. `afterStep` gets the number of steps done; the matrix may be
 * saved there, and a later call may continue with `from`. Throws a RangeError when the matrix is not positive definite.
 */
export async function invertTiles(
  kernels: DenseKernels,
  layout: TileLayout,
  run: (phase: TilePhase, tasks: number) => Promise<void>,
  afterStep: (done: number) => Promise<void> = async () => {},
  from = 0,
): Promise<void> {
  const { side } = layout;
  for (let done = from; done < inversionSteps(layout); done++) {
    const step = done % side;
    if (done < side) {
      await run({ kind: 'update', step }, side - step);
      factorDiagonal(kernels, layout, step);
      await run({ kind: 'scale', step }, side - step - 1);
    } else if (done < 2 * side) {
      for (let p = 0; p < step; p++) copyTile(kernels.heap, tileAt(layout, p, step), layout.line + p * TILE_FLOATS);
      await run({ kind: 'invert', step }, step);
      transposeTile(kernels.heap, layout.inverses + step * TILE_FLOATS, tileAt(layout, step, step));
    } else {
      for (let k = step; k < side; k++) copyTile(kernels.heap, tileAt(layout, step, k), layout.line + k * TILE_FLOATS);
      await run({ kind: 'product', step }, side - step);
    }
    await afterStep(done + 1);
  }
}

/** Number of steps of invertTiles. */
export function inversionSteps(layout: TileLayout): number {
  return 3 * layout.side;
}

/** Runs one task of a phase. `worker` is the number of the scratch tile; tasks that run at the same time need different ones. */
export function tileTask(kernels: DenseKernels, layout: TileLayout, { kind, step }: TilePhase, task: number, worker: number): void {
  const { heap } = kernels;
  const scratch = layout.scratch + worker * TILE_FLOATS;
  const addProduct = (alpha: number, a: number, b: number, c: number): void =>
    kernels.gemmTn(TILE, TILE, TILE, alpha, a, TILE, b, TILE, c, TILE, false);
  const inverse = layout.inverses + step * TILE_FLOATS;
  switch (kind) {
    case 'update': {
      const j = step + task;
      const target = tileAt(layout, step, j);
      for (let p = 0; p < step; p++) addProduct(-1, tileAt(layout, p, step), tileAt(layout, p, j), target);
      return;
    }
    case 'scale': {
      const target = tileAt(layout, step, step + 1 + task);
      copyTile(heap, target, scratch);
      heap.fill(0, target, target + TILE_FLOATS);
      addProduct(1, inverse, scratch, target);
      return;
    }
    case 'invert': {
      heap.fill(0, scratch, scratch + TILE_FLOATS);
      for (let p = task; p < step; p++) addProduct(1, layout.line + p * TILE_FLOATS, tileAt(layout, task, p), scratch);
      const target = tileAt(layout, task, step);
      heap.fill(0, target, target + TILE_FLOATS);
      addProduct(-1, inverse, scratch, target);
      return;
    }
    case 'product': {
      const j = step + task;
      const target = tileAt(layout, step, j);
      heap.fill(0, target, target + TILE_FLOATS);
      for (let k = j; k < layout.side; k++) {
        const line = layout.line + k * TILE_FLOATS;
        addProduct(1, line, task === 0 ? line : tileAt(layout, j, k), target);
      }
    }
  }
}

/** Replaces a diagonal tile by its Cholesky factor U, with zeros below the diagonal, and stores U⁻¹ among the inverses. */
function factorDiagonal({ heap, factorRows }: DenseKernels, layout: TileLayout, step: number): void {
  const tile = tileAt(layout, step, step);
  factorRows(tile, TILE, 0, TILE, TILE);
  for (let i = 0; i < TILE; i++) {
    heap.fill(0, tile + i * TILE, tile + i * TILE + i);
    if (Number.isNaN(heap[tile + i * TILE + i])) throw new RangeError(`the matrix is not positive definite at row ${step * TILE + i}`);
  }
  const inverse = layout.inverses + step * TILE_FLOATS;
  heap.fill(0, inverse, inverse + TILE_FLOATS);
  for (let j = 0; j < TILE; j++) {
    heap[inverse + j * TILE + j] = 1 / heap[tile + j * TILE + j];
    for (let i = j - 1; i >= 0; i--) {
      let sum = 0;
      for (let p = i + 1; p <= j; p++) sum += heap[tile + i * TILE + p] * heap[inverse + p * TILE + j];
      heap[inverse + i * TILE + j] = -sum / heap[tile + i * TILE + i];
    }
  }
}

function copyTile(heap: Float32Array, from: number, to: number): void {
  heap.copyWithin(to, from, from + TILE_FLOATS);
}

function transposeTile(heap: Float32Array, from: number, to: number): void {
  for (let i = 0; i < TILE; i++) for (let j = 0; j < TILE; j++) heap[to + j * TILE + i] = heap[from + i * TILE + j];
}
