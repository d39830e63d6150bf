import type { DenseKernels } from './dense.ts';
import {
  add,
  addF32,
  addV,
  and,
  assemble,
  type Code,
  constant,
  constantF32,
  divideF32,
  get,
  lane,
  loadF32,
  loadSplat,
  loadV128,
  loop,
  multiply,
  multiplyF32,
  multiplyV,
  numbered,
  repeat,
  rootF32,
  set,
  shiftLeft,
  splat,
  storeF32,
  storeV128,
  subtract,
  subtractF32,
  subtractV,
  type WasmFunction,
  zeroV,
} from './wasm-code.ts';

/** The kernels in WebAssembly SIMD. The heap is `memory` as 32-bit floats; it may be shared between threads. */
export function wasmKernels(memory: WebAssembly.Memory): DenseKernels {
  const exports = assemble([gemmTn(), factorRows(), rowDots()], { memory }) as unknown as {
    gemmTn(...numbers: number[]): void;
    factorRows(...numbers: number[]): void;
    rowDots(...numbers: number[]): void;
  };
  return {
    heap: new Float32Array(memory.buffer),
    gemmTn(m, n, k, alpha, a, lda, b, ldb, c, ldc, upper) {
      exports.gemmTn(m, n, k, alpha, a * 4, lda * 4, b * 4, ldb * 4, c * 4, ldc * 4, upper ? ~7 : 0);
    },
    factorRows(u, ldu, first, last, n) {
      exports.factorRows(u * 4, ldu * 4, first, last, n);
    },
    rowDots(rows, d, a, lda, x, out) {
      exports.rowDots(rows, d, a * 4, lda * 4, x * 4, out * 4);
    },
  };
}

/**
 * Strides and addresses are in bytes here. The first column of row i is i & upperMask: `upperMask` is ~7 for the upper part, 0 for all
 * columns.
 */
function gemmTn(): WasmFunction {
  const l = numbered(
    ...(['m', 'n', 'k', 'alpha', 'a', 'lda', 'b', 'ldb', 'c', 'ldc', 'upperMask'] as const),
    ...(['i', 'j', 'p', 'pa', 'pb', 'pc', 'sum', 'left', 'b0', 'b1', 'value'] as const),
    ...(['s00', 's01', 's10', 's11', 's20', 's21', 's30', 's31'] as const),
  );
  const cell = (row: number, half: number): number => l.s00 + 2 * row + half;
  const at = (base: number, index: number): Code => add(get(base), shiftLeft(get(index), 2));
  const cAt = (row: Code): Code => add(add(get(l.c), multiply(row, get(l.ldc))), shiftLeft(get(l.j), 2));
  const startOfSum = [set(l.pa, at(l.a, l.i)), set(l.pb, at(l.b, l.j)), set(l.p, constant(0))];
  const nextRow = [set(l.pa, add(get(l.pa), get(l.lda))), set(l.pb, add(get(l.pb), get(l.ldb)))];
  // 4 rows × 8 columns of C in registers.
  const block: Code = [
    startOfSum,
    repeat(8, (n) => set(l.s00 + n, zeroV)),
    loop(l.p, get(l.k), 1, [
      set(l.b0, loadV128(get(l.pb))),
      set(l.b1, loadV128(get(l.pb), 16)),
      repeat(4, (row) => [
        set(l.value, loadSplat(get(l.pa), 4 * row)),
        set(cell(row, 0), addV(get(cell(row, 0)), multiplyV(get(l.value), get(l.b0)))),
        set(cell(row, 1), addV(get(cell(row, 1)), multiplyV(get(l.value), get(l.b1)))),
      ]),
      nextRow,
    ]),
    set(l.value, splat(get(l.alpha))),
    repeat(4, (row) => [
      set(l.pc, cAt(add(get(l.i), constant(row)))),
      repeat(2, (half) =>
        storeV128(get(l.pc), addV(loadV128(get(l.pc), 16 * half), multiplyV(get(l.value), get(cell(row, half)))), 16 * half),
      ),
    ]),
  ];
  const element: Code = [
    startOfSum,
    set(l.sum, constantF32(0)),
    loop(l.p, get(l.k), 1, [set(l.sum, addF32(get(l.sum), multiplyF32(loadF32(get(l.pa)), loadF32(get(l.pb))))), nextRow]),
    set(l.pc, cAt(get(l.i))),
    storeF32(get(l.pc), addF32(loadF32(get(l.pc)), multiplyF32(get(l.alpha), get(l.sum)))),
  ];
  const firstColumn = set(l.j, and(get(l.i), get(l.upperMask)));
  return {
    name: 'gemmTn',
    parameters: ['i32', 'i32', 'i32', 'f32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32'],
    locals: [...repeat(6, () => 'i32' as const), 'f32', 'i32', ...repeat(11, () => 'v128' as const)],
    body: [
      set(l.i, constant(0)),
      loop(l.i, get(l.m), 4, [
        firstColumn,
        loop(l.j, get(l.n), 8, block),
        // The columns left over after blocks of eight, for these four rows.
        set(l.left, get(l.j)),
        repeat(4, () => [set(l.j, get(l.left)), loop(l.j, get(l.n), 1, element), set(l.i, add(get(l.i), constant(1)))]),
        set(l.i, subtract(get(l.i), constant(4))),
      ]),
      loop(l.i, get(l.m), 1, [firstColumn, loop(l.j, get(l.n), 1, element)]),
    ],
  };
}

function factorRows(): WasmFunction {
  const l = numbered(
    ...(['u', 'ldu', 'first', 'last', 'n'] as const),
    ...(['i', 'j', 'p', 'row', 'pa', 'pb', 'pc', 'sum', 'inverse', 's0', 's1', 'value'] as const),
  );
  const start: Code = [
    set(l.pc, add(get(l.row), shiftLeft(get(l.j), 2))),
    set(l.pa, add(add(get(l.u), multiply(get(l.first), get(l.ldu))), shiftLeft(get(l.i), 2))),
    set(l.pb, add(get(l.pa), shiftLeft(subtract(get(l.j), get(l.i)), 2))),
    set(l.p, get(l.first)),
  ];
  const next: Code = [set(l.pa, add(get(l.pa), get(l.ldu))), set(l.pb, add(get(l.pb), get(l.ldu)))];
  const less = (sum: number, half: number): Code => set(sum, subtractV(get(sum), multiplyV(get(l.value), loadV128(get(l.pb), 16 * half))));
  return {
    name: 'factorRows',
    parameters: repeat(5, () => 'i32' as const),
    locals: [...repeat(7, () => 'i32' as const), 'f32', 'f32', 'v128', 'v128', 'v128'],
    body: [
      set(l.i, get(l.first)),
      loop(l.i, get(l.last), 1, [
        set(l.row, add(get(l.u), multiply(get(l.i), get(l.ldu)))),
        set(l.j, get(l.i)),
        loop(l.j, get(l.n), 8, [
          start,
          set(l.s0, loadV128(get(l.pc))),
          set(l.s1, loadV128(get(l.pc), 16)),
          loop(l.p, get(l.i), 1, [set(l.value, loadSplat(get(l.pa))), less(l.s0, 0), less(l.s1, 1), next]),
          storeV128(get(l.pc), get(l.s0)),
          storeV128(get(l.pc), get(l.s1), 16),
        ]),
        loop(l.j, get(l.n), 1, [
          start,
          set(l.sum, loadF32(get(l.pc))),
          loop(l.p, get(l.i), 1, [set(l.sum, subtractF32(get(l.sum), multiplyF32(loadF32(get(l.pa)), loadF32(get(l.pb))))), next]),
          storeF32(get(l.pc), get(l.sum)),
        ]),
        set(l.pc, add(get(l.row), shiftLeft(get(l.i), 2))),
        set(l.sum, rootF32(loadF32(get(l.pc)))),
        storeF32(get(l.pc), get(l.sum)),
        set(l.inverse, divideF32(constantF32(1), get(l.sum))),
        set(l.value, splat(get(l.inverse))),
        set(l.j, add(get(l.i), constant(1))),
        set(l.pc, add(get(l.pc), constant(4))),
        loop(l.j, get(l.n), 4, [
          storeV128(get(l.pc), multiplyV(loadV128(get(l.pc)), get(l.value))),
          set(l.pc, add(get(l.pc), constant(16))),
        ]),
        loop(l.j, get(l.n), 1, [
          storeF32(get(l.pc), multiplyF32(loadF32(get(l.pc)), get(l.inverse))),
          set(l.pc, add(get(l.pc), constant(4))),
        ]),
      ]),
    ],
  };
}

function rowDots(): WasmFunction {
  const l = numbered(...(['rows', 'd', 'a', 'lda', 'x', 'out', 'i', 'j', 'pa', 'px', 'sum', 's0', 's1', 's2', 's3'] as const));
  const advance = (bytes: number): Code => [set(l.pa, add(get(l.pa), constant(bytes))), set(l.px, add(get(l.px), constant(bytes)))];
  const sums = [l.s0, l.s1, l.s2, l.s3];
  return {
    name: 'rowDots',
    parameters: repeat(6, () => 'i32' as const),
    locals: [...repeat(4, () => 'i32' as const), 'f32', ...repeat(4, () => 'v128' as const)],
    body: [
      set(l.i, constant(0)),
      loop(l.i, get(l.rows), 1, [
        set(l.pa, get(l.a)),
        set(l.px, get(l.x)),
        set(l.j, constant(0)),
        sums.map((sum) => set(sum, zeroV)),
        loop(l.j, get(l.d), 16, [
          sums.map((sum, n) => set(sum, addV(get(sum), multiplyV(loadV128(get(l.pa), 16 * n), loadV128(get(l.px), 16 * n))))),
          advance(64),
        ]),
        set(l.s0, addV(addV(get(l.s0), get(l.s1)), addV(get(l.s2), get(l.s3)))),
        set(l.sum, addF32(addF32(lane(get(l.s0), 0), lane(get(l.s0), 1)), addF32(lane(get(l.s0), 2), lane(get(l.s0), 3)))),
        loop(l.j, get(l.d), 1, [set(l.sum, addF32(get(l.sum), multiplyF32(loadF32(get(l.pa)), loadF32(get(l.px))))), advance(4)]),
        storeF32(add(get(l.out), shiftLeft(get(l.i), 2)), get(l.sum)),
        set(l.a, add(get(l.a), get(l.lda))),
      ]),
    ],
  };
}
