import { describe, expect, test } from 'vitest';
import { seeded } from '../../../pipeline/data/random.ts';
import { scalarKernels } from './dense.ts';
import { wasmKernels } from './dense-wasm.ts';
import { elementAt, inversionSteps, invertTiles, type TileLayout, tileLayout, tileTask } from './tiles.ts';

/** XᵀX + I for a random matrix X of n + 8 rows, as dense rows. */
function positiveDefinite(n: number): Float64Array[] {
  const random = seeded(5);
  const rows = Array.from({ length: n + 8 }, () => Float64Array.from({ length: n }, () => random() - 0.5));
  return Array.from({ length: n }, (_, i) =>
    Float64Array.from({ length: n }, (_, j) => rows.reduce((sum, row) => sum + row[i] * row[j], i === j ? 1 : 0)),
  );
}

function write(heap: Float32Array, layout: TileLayout, matrix: Float64Array[]): void {
  for (let i = 0; i < layout.side * 64; i++) heap[elementAt(layout, i, i)] = 1;
  for (let i = 0; i < layout.n; i++) for (let j = 0; j < layout.n; j++) heap[elementAt(layout, i, j)] = matrix[i][j];
}

async function inverted(n: number, isScalar: boolean): Promise<{ heap: Float32Array; layout: TileLayout }> {
  const layout = tileLayout(n, 1);
  const kernels = isScalar
    ? scalarKernels(new Float32Array(layout.end))
    : wasmKernels(new WebAssembly.Memory({ initial: Math.ceil(layout.end / 16_384) }));
  write(kernels.heap, layout, positiveDefinite(n));
  await invertTiles(kernels, layout, async (phase, tasks) => {
    // Last task first: tasks of a phase may run in any order.
    for (let task = tasks - 1; task >= 0; task--) tileTask(kernels, layout, phase, task, 0);
  });
  return { heap: kernels.heap.slice(0, layout.line), layout };
}

describe('the inverse in tiles', () => {
  test.each([1, 5, 63, 64, 65, 200])('of a matrix of %i is its inverse', async (n) => {
    const { heap, layout } = await inverted(n, false);
    const matrix = positiveDefinite(n);
    let worst = 0;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        let sum = 0;
        for (let k = 0; k < n; k++) sum += matrix[i][k] * heap[elementAt(layout, k, j)];
        worst = Math.max(worst, Math.abs(sum - (i === j ? 1 : 0)));
      }
    }
    expect(worst).toBeLessThan(1e-4);
  });

  test('has the same bits from the plain kernels', async () => {
    const fast = await inverted(130, false);
    const plain = await inverted(130, true);
    expect(Buffer.compare(Buffer.from(fast.heap.buffer), Buffer.from(plain.heap.buffer))).toBe(0);
  });

  test('can be stopped after any step and continued', async () => {
    const whole = await inverted(130, false);
    const layout = whole.layout;
    const kernels = wasmKernels(new WebAssembly.Memory({ initial: Math.ceil(layout.end / 16_384) }));
    write(kernels.heap, layout, positiveDefinite(130));
    const run = async (phase: Parameters<typeof tileTask>[2], tasks: number) => {
      for (let task = 0; task < tasks; task++) tileTask(kernels, layout, phase, task, 0);
    };
    for (let step = 0; step < inversionSteps(layout); step++) {
      const stop = async (done: number) => {
        if (done === step + 1) throw new Error('stopped');
      };
      await expect(invertTiles(kernels, layout, run, stop, step)).rejects.toThrow('stopped');
      // Memory outside the matrix is not saved, so its content must not matter.
      kernels.heap.fill(Number.NaN, layout.line);
    }
    expect(Buffer.compare(Buffer.from(kernels.heap.slice(0, layout.line).buffer), Buffer.from(whole.heap.buffer))).toBe(0);
  });

  test('refuses what is not positive definite', async () => {
    const layout = tileLayout(2, 1);
    const kernels = scalarKernels(new Float32Array(layout.end));
    write(kernels.heap, layout, [Float64Array.of(1, 2), Float64Array.of(2, 1)]);
    await expect(invertTiles(kernels, layout, async () => {})).rejects.toThrow('not positive definite at row 1');
  });
});
