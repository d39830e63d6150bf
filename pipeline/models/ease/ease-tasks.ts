import { wasmKernels } from '../../../src/engine/linalg/dense-wasm.ts';
import { TILE, type TileLayout, type TilePhase, tileAt, tileTask } from '../../../src/engine/linalg/tiles.ts';
import type { Interactions } from '../../data/interactions.ts';

export interface EaseAssignment {
  model: 'ease';
  memory: WebAssembly.Memory;
  layout: TileLayout;
  interactions: Interactions;
  /** Weight of each user. */
  userWeights: Float32Array;
  regularization: number;
  dropout: number;
  /** Number of weights in each size class. Each worker has its own counts: workers × SIZE_CLASSES. */
  sizes: Uint32Array;
}

/** The size class of a weight is the upper 16 bits of |weight|. Positive floats have the order of these bits. */
export const SIZE_CLASSES = 65536;

/** Rows of the kept weights: for each item the weights of size class `from` and above, columns ascending. */
export interface KeptWeights {
  from: number;
  /** n + 1 offsets. Entry i + 1 holds the count of row i until the counts are summed. */
  offsets: Uint32Array;
  columns: Uint32Array;
  values: Float32Array;
}

/** Where the parts of a fold-in are in the heap: Hᵀ (rank × rank), and B and Z (rank × `stride` floats). */
export interface FoldPlaces {
  rank: number;
  stride: number;
  project: number;
  columns: number;
  change: number;
}

/**
 * Phases of the training. `gram` fills the matrix, the tile phases invert it, `sizes` counts weights by size class, `count` and
 * `keep` select the largest weights. A fold-in computes Z = H B in `project` and subtracts ZᵀZ from the inverse in `fold`. In all but the
 * tile phases a task is a row of 64 items.
 */
export type EasePhase =
  | TilePhase
  | { kind: 'gram' }
  | { kind: 'sizes' }
  | ({ kind: 'project' | 'fold' } & FoldPlaces)
  | ({ kind: 'count' | 'keep' } & KeptWeights);

export function easeTask(assignment: EaseAssignment, worker: number): (phase: EasePhase, task: number) => void {
  const kernels = wasmKernels(assignment.memory);
  const { layout, sizes } = assignment;
  const line = new Float32Array(layout.n);
  const bits = new Uint16Array(line.buffer);
  const counts = sizes.subarray(worker * SIZE_CLASSES, (worker + 1) * SIZE_CLASSES);
  return (phase, task) => {
    const items = { first: task * TILE, end: Math.min((task + 1) * TILE, layout.n) };
    switch (phase.kind) {
      case 'gram':
        return gramRows(kernels.heap, assignment, line, task);
      case 'project': {
        const { rank, stride, project, columns, change } = phase;
        return kernels.gemmTn(rank, TILE, rank, 1, project, rank, columns + task * TILE, stride, change + task * TILE, stride, false);
      }
      case 'fold':
        for (let j = task; j < layout.side; j++) {
          const { rank, stride, change } = phase;
          kernels.gemmTn(
            TILE,
            TILE,
            rank,
            -1,
            change + task * TILE,
            stride,
            change + j * TILE,
            stride,
            tileAt(layout, task, j),
            TILE,
            false,
          );
        }
        return;
      case 'sizes':
        for (let i = items.first; i < items.end; i++) {
          weightRow(kernels.heap, layout, i, line);
          for (let j = 0; j < line.length; j++) counts[bits[2 * j + 1] & 0x7fff]++;
        }
        return;
      case 'count':
      case 'keep':
        for (let i = items.first; i < items.end; i++) {
          weightRow(kernels.heap, layout, i, line);
          keepRow(phase, i, line, bits);
        }
        return;
      default:
        tileTask(kernels, layout, phase, task, worker);
    }
  };
}

/** Row `tileRow` of the tiles of G + λI + δ diag G, where G[i, j] is the total weight of the users that like both i and j. */
function gramRows(
  heap: Float32Array,
  { layout, interactions, userWeights, regularization, dropout }: EaseAssignment,
  counts: Float32Array,
  tileRow: number,
): void {
  const { itemOffsets, items, likerOffsets, likers, itemValues, likerValues } = interactions;
  const { n, side } = layout;
  const first = tileRow * TILE;
  for (let j = tileRow; j < side; j++) heap.fill(0, tileAt(layout, tileRow, j), tileAt(layout, tileRow, j) + TILE * TILE);
  for (let i = first; i < first + TILE; i++) {
    const row = (i - first) * TILE;
    if (i >= n) {
      heap[tileAt(layout, tileRow, tileRow) + row + i - first] = 1;
      continue;
    }
    counts.fill(0, first);
    for (let p = likerOffsets[i]; p < likerOffsets[i + 1]; p++) {
      const user = likers[p];
      const weight = userWeights[user] * likerValues[p];
      // Items ascend: iterate from the end down to the first item of this row of tiles.
      for (let q = itemOffsets[user + 1] - 1; q >= itemOffsets[user] && items[q] >= first; q--) counts[items[q]] += weight * itemValues[q];
    }
    counts[i] += regularization + dropout * counts[i];
    for (let j = tileRow; j < side; j++) {
      const end = Math.min(TILE, n - j * TILE);
      heap.set(counts.subarray(j * TILE, j * TILE + end), tileAt(layout, tileRow, j) + row);
    }
  }
}

/** Row i of the weights: B[i, j] = -P[i, j] / P[j, j], 0 on the diagonal. */
function weightRow(heap: Float32Array, layout: TileLayout, i: number, weights: Float32Array): void {
  const { n, side } = layout;
  const tileRow = i >> 6;
  for (let tile = 0; tile < side; tile++) {
    const isAbove = tile < tileRow;
    const start = isAbove ? tileAt(layout, tile, tileRow) + (i & 63) : tileAt(layout, tileRow, tile) + (i & 63) * TILE;
    const stride = isAbove ? TILE : 1;
    const diagonal = tileAt(layout, tile, tile);
    const end = Math.min(TILE, n - tile * TILE);
    for (let j = 0; j < end; j++) weights[tile * TILE + j] = -heap[start + j * stride] / heap[diagonal + j * (TILE + 1)];
  }
  weights[i] = 0;
}

function keepRow(
  { kind, from, offsets, columns, values }: KeptWeights & { kind: 'count' | 'keep' },
  i: number,
  weights: Float32Array,
  bits: Uint16Array,
): void {
  let next = kind === 'keep' ? offsets[i] : 0;
  for (let j = 0; j < weights.length; j++) {
    if ((bits[2 * j + 1] & 0x7fff) < from) continue;
    if (kind === 'keep') {
      columns[next] = j;
      values[next] = weights[j];
    }
    next++;
  }
  if (kind === 'count') offsets[i + 1] = next;
}
