import { wasmKernels } from '../../../src/engine/linalg/dense-wasm.ts';
import { factorInPlace, solveFactored } from '../../../src/engine/linalg/solve.ts';
import type { Interactions } from '../../data/interactions.ts';

/** Number of vectors that are gathered for one product. */
const PANEL = 64;
/** Number of rows solved in one task. */
const SOLVE_ROWS = 32;
/** Number of parts that a gram matrix is summed from. It does not depend on the threads, so that the sum has the same bits. */
export const GRAM_PIECES = 16;

/** Offsets in the shared heap, in floats. Vectors are rows of `dimensions`, a multiple of 8. */
export interface IalsLayout {
  dimensions: number;
  users: number;
  items: number;
  userFactors: number;
  itemFactors: number;
  /** α₀ Σ y yᵀ over the vectors y of the other side, dimensions × dimensions. */
  gram: number;
  /** GRAM_PIECES matrices of the same size. */
  pieces: number;
  /** One matrix and one panel for each worker. */
  scratch: number;
  end: number;
}

export interface IalsAssignment {
  model: 'ials';
  memory: WebAssembly.Memory;
  layout: IalsLayout;
  interactions: Interactions;
  unobservedWeight: number;
  regularization: number;
  regularizationExponent: number;
}

/**
 * `gram`: parts of the gram matrix of this side. `solve`: the vectors of this side, for fixed vectors of the other side; all of them, or
 * those of `rows`.
 */
export interface IalsPhase {
  kind: 'gram' | 'solve';
  side: 'users' | 'items';
  rows?: Uint32Array;
}

/** Number of tasks that solve for so many rows. */
export function solveTasks(rows: number): number {
  return Math.ceil(rows / SOLVE_ROWS);
}

/** Sums the parts of the gram matrix in a fixed order. */
export function addPieces(heap: Float32Array, { gram, pieces, dimensions }: IalsLayout): void {
  const square = dimensions * dimensions;
  heap.copyWithin(gram, pieces, pieces + square);
  for (let piece = 1; piece < GRAM_PIECES; piece++) for (let p = 0; p < square; p++) heap[gram + p] += heap[pieces + piece * square + p];
}

export function ialsLayout(users: number, items: number, dimensions: number, workers: number): IalsLayout {
  const square = dimensions * dimensions;
  const itemFactors = users * dimensions;
  const gram = itemFactors + items * dimensions;
  const pieces = gram + square;
  const scratch = pieces + GRAM_PIECES * square;
  const end = scratch + workers * (square + PANEL * dimensions);
  return { dimensions, users, items, userFactors: 0, itemFactors, gram, pieces, scratch, end };
}

export function ialsTask(assignment: IalsAssignment, worker: number): (phase: IalsPhase, task: number) => void {
  const { layout, interactions, unobservedWeight, regularization, regularizationExponent } = assignment;
  const kernels = wasmKernels(assignment.memory);
  const { heap, gemmTn } = kernels;
  const { dimensions, users, items, userFactors, itemFactors } = layout;
  const square = dimensions * dimensions;
  const matrix = layout.scratch + worker * (square + PANEL * dimensions);
  const panel = matrix + square;
  const vector = new Float64Array(dimensions);

  function gramPiece(factors: number, rows: number, piece: number): void {
    const to = layout.pieces + piece * square;
    heap.fill(0, to, to + square);
    const end = Math.floor((rows * (piece + 1)) / GRAM_PIECES);
    for (let row = Math.floor((rows * piece) / GRAM_PIECES); row < end; row += PANEL) {
      const from = factors + row * dimensions;
      const count = Math.min(PANEL, end - row);
      gemmTn(dimensions, dimensions, count, unobservedWeight, from, dimensions, from, dimensions, to, dimensions, true);
    }
  }

  function solveRow(
    row: number,
    factors: number,
    others: number,
    otherCount: number,
    offsets: Uint32Array,
    liked: Uint32Array,
    values: Float32Array,
  ): void {
    const from = offsets[row];
    const count = offsets[row + 1] - from;
    const target = factors + row * dimensions;
    if (count === 0) {
      heap.fill(0, target, target + dimensions);
      return;
    }
    heap.copyWithin(matrix, layout.gram, layout.gram + square);
    vector.fill(0);
    for (let start = 0; start < count; start += PANEL) {
      const rows = Math.min(PANEL, count - start);
      for (let n = 0; n < rows; n++) {
        const other = others + liked[from + start + n] * dimensions;
        heap.copyWithin(panel + n * dimensions, other, other + dimensions);
        const value = values[from + start + n];
        for (let f = 0; f < dimensions; f++) vector[f] += value * heap[other + f];
      }
      gemmTn(dimensions, dimensions, rows, 1, panel, dimensions, panel, dimensions, matrix, dimensions, true);
    }
    const penalty = regularization * (count + unobservedWeight * otherCount) ** regularizationExponent;
    for (let f = 0; f < dimensions; f++) heap[matrix + f * (dimensions + 1)] += penalty;
    factorInPlace(kernels, matrix, dimensions);
    solveFactored(heap, matrix, dimensions, vector);
    heap.set(vector, target);
  }

  return ({ kind, side, rows }, task) => {
    const isUsers = side === 'users';
    if (kind === 'gram') return gramPiece(isUsers ? userFactors : itemFactors, isUsers ? users : items, task);
    const count = rows?.length ?? (isUsers ? users : items);
    for (let n = task * SOLVE_ROWS; n < Math.min(count, (task + 1) * SOLVE_ROWS); n++) {
      const row = rows === undefined ? n : rows[n];
      if (isUsers) solveRow(row, userFactors, itemFactors, items, interactions.itemOffsets, interactions.items, interactions.itemValues);
      else solveRow(row, itemFactors, userFactors, users, interactions.likerOffsets, interactions.likers, interactions.likerValues);
    }
  };
}
