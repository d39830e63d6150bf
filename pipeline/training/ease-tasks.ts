import { wasmKernels } from '../../src/linalg/dense-wasm.ts';
import { TILE, type TileLayout, type TilePhase, tileAt, tileTask } from '../../src/linalg/tiles.ts';
import { TopK } from '../../src/linalg/topk.ts';
import type { Interactions } from './interactions.ts';

export interface EaseAssignment {
  model: 'ease';
  memory: WebAssembly.Memory;
  layout: TileLayout;
  interactions: Interactions;
  regularization: number;
  /** Kept of each movie's weights, item after item: `neighbours` columns and values (0 and 0 where there are fewer). */
  neighbours: number;
  columns: Uint32Array;
  values: Float32Array;
}

/** gram: a row of tiles; weights: a row of items, 64 at a time; otherwise a phase of the inverse. */
export type EasePhase = TilePhase | { kind: 'gram' } | { kind: 'weights' };

export function easeTask(assignment: EaseAssignment, worker: number): (phase: EasePhase, task: number) => void {
  const kernels = wasmKernels(assignment.memory);
  const counts = new Float64Array(assignment.layout.n);
  return (phase, task) => {
    if (phase.kind === 'gram') return gramRows(kernels.heap, assignment, counts, task);
    if (phase.kind === 'weights') return largestWeights(kernels.heap, assignment, counts, task);
    tileTask(kernels, assignment.layout, phase, task, worker);
  };
}

/** Row `tileRow` of the tiles of XᵀX + λI: for each item, how many users like it and another one. */
function gramRows(
  heap: Float32Array,
  { layout, interactions, regularization }: EaseAssignment,
  counts: Float64Array,
  tileRow: number,
): void {
  const { itemOffsets, items, likerOffsets, likers } = interactions;
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
      // Items ascend: from the end down to the first that this row of tiles has.
      for (let q = itemOffsets[user + 1] - 1; q >= itemOffsets[user] && items[q] >= first; q--) counts[items[q]]++;
    }
    counts[i] += regularization;
    for (let j = tileRow; j < side; j++) {
      const end = Math.min(TILE, n - j * TILE);
      heap.set(counts.subarray(j * TILE, j * TILE + end), tileAt(layout, tileRow, j) + row);
    }
  }
}

/** The weights B[i, j] = -P[i, j] / P[j, j] of 64 items, the largest of each item, columns ascending. */
function largestWeights(
  heap: Float32Array,
  { layout, neighbours, columns, values }: EaseAssignment,
  weights: Float64Array,
  tileRow: number,
): void {
  const { n, side } = layout;
  for (let i = tileRow * TILE; i < Math.min(n, (tileRow + 1) * TILE); i++) {
    for (let tile = 0; tile < side; tile++) {
      const isAbove = tile < tileRow;
      const start = isAbove ? tileAt(layout, tile, tileRow) + (i & 63) : tileAt(layout, tileRow, tile) + (i & 63) * TILE;
      const stride = isAbove ? TILE : 1;
      const diagonal = tileAt(layout, tile, tile);
      const end = Math.min(TILE, n - tile * TILE);
      for (let j = 0; j < end; j++) weights[tile * TILE + j] = -heap[start + j * stride] / heap[diagonal + j * (TILE + 1)];
    }
    weights[i] = 0;
    const best = new TopK(neighbours);
    let threshold = best.threshold;
    for (let j = 0; j < n; j++) {
      const size = Math.abs(weights[j]);
      if (size < threshold || size === 0) continue;
      best.offer(j, size);
      threshold = best.threshold;
    }
    const kept = best.drain().indices.sort();
    const to = i * neighbours;
    for (let p = 0; p < kept.length; p++) {
      columns[to + p] = kept[p];
      values[to + p] = weights[kept[p]];
    }
  }
}
