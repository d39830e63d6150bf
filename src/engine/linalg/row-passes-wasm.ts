import type { RowPasses } from './row-passes.ts';
import {
  add,
  addF64V,
  addV,
  and,
  assemble,
  atLeastF64V,
  bitsOfLanes,
  type Code,
  constant,
  get,
  loadLowHalf,
  loadV128,
  loadV128FromSecond,
  loop,
  multiplyF64V,
  multiplyV,
  numbered,
  or,
  pickLanes,
  promoteLowHalf,
  set,
  shiftLeft,
  shiftRight,
  splat,
  splatF64,
  storeI32,
  storeV128,
  type ValueType,
  type WasmFunction,
  when,
} from './wasm-code.ts';

/** The passes in WebAssembly SIMD: dot products are in one memory, which may be the same, and all other columns in another. */
export function wasmRowPasses(columns: WebAssembly.Memory, dots: WebAssembly.Memory): RowPasses {
  const functions = [blend(), reaching('reaching', false), reaching('reachingWithDots', true)];
  return assemble(functions, { columns, dots }) as unknown as RowPasses;
}

const address = (column: number, row: number, shift: number): Code => add(get(column), shiftLeft(get(row), shift));

/** Two rows at a time. */
function blend(): WasmFunction {
  const l = numbered('count', 'out', 'x', 'y', 'a', 'b', 'row', 'a2', 'b2');
  const term = (column: number, weight: number): Code => multiplyF64V(get(weight), promoteLowHalf(loadLowHalf(address(column, l.row, 2))));
  return {
    name: 'blend',
    parameters: ['i32', 'i32', 'i32', 'i32', 'f64', 'f64'],
    locals: ['i32', 'v128', 'v128'],
    body: [
      set(l.a2, splatF64(get(l.a))),
      set(l.b2, splatF64(get(l.b))),
      set(l.row, constant(0)),
      loop(l.row, get(l.count), 2, storeV128(address(l.out, l.row, 3), addF64V(term(l.x, l.a2), term(l.y, l.b2)))),
    ],
  };
}

/** Four rows at a time: one comparison tells whether any of them is written. */
function reaching(name: string, hasDots: boolean): WasmFunction {
  const shared = ['row', 'count', 'threshold', 'base', 'x', 'y', 'z', 'a', 'b', 'c', 'rows'] as const;
  const ofDots = ['dots', 'scale', 'scales'] as const;
  const locals = ['mask', 'a4', 'b4', 'c4', 'threshold2', 'scale2', 'bound'] as const;
  const l = numbered(...shared, ...(hasDots ? ofDots : []), ...locals) as Record<
    (typeof shared | typeof ofDots | typeof locals)[number],
    number
  >;
  const term = (column: number, weight: number): Code => multiplyV(get(weight), loadV128(address(column, l.row, 2)));
  /** Bits of two of the four rows: `half` is 0 or 1. */
  const reached = (half: number, bounds: Code): Code => {
    const bound = addF64V(loadV128(address(l.base, l.row, 3), 16 * half), promoteLowHalf(bounds));
    if (!hasDots) return bitsOfLanes(atLeastF64V(bound, get(l.threshold2)));
    const dots = multiplyF64V(loadV128FromSecond(address(l.dots, l.row, 3), 16 * half), get(l.scale2));
    const similarity = multiplyF64V(dots, loadV128(address(l.scales, l.row, 3), 16 * half));
    return bitsOfLanes(atLeastF64V(addF64V(bound, similarity), get(l.threshold2)));
  };
  /** Adds 4 to `rows` when the bit is set. */
  const advance = (bit: number): Code => {
    const isSet = and(get(l.mask), constant(1 << bit));
    return set(l.rows, add(get(l.rows), bit <= 2 ? shiftLeft(isSet, 2 - bit) : shiftRight(isSet, bit - 2)));
  };
  const parameters: ValueType[] = ['i32', 'i32', 'f64', 'i32', 'i32', 'i32', 'i32', 'f32', 'f32', 'f32', 'i32'];
  return {
    name,
    parameters: hasDots ? [...parameters, 'i32', 'f64', 'i32'] : parameters,
    result: 'i32',
    locals: ['i32', 'v128', 'v128', 'v128', 'v128', 'v128', 'v128'],
    body: [
      set(l.a4, splat(get(l.a))),
      set(l.b4, splat(get(l.b))),
      set(l.c4, splat(get(l.c))),
      set(l.threshold2, splatF64(get(l.threshold))),
      ...(hasDots ? [set(l.scale2, splatF64(get(l.scale)))] : []),
      loop(l.row, get(l.count), 4, [
        set(l.bound, addV(addV(term(l.x, l.a4), term(l.y, l.b4)), term(l.z, l.c4))),
        set(l.mask, or(reached(0, get(l.bound)), shiftLeft(reached(1, pickLanes(get(l.bound), get(l.bound), [2, 3, 2, 3])), 2))),
        when(
          get(l.mask),
          [0, 1, 2, 3].map((n) => [storeI32(get(l.rows), add(get(l.row), constant(n))), advance(n)]),
        ),
      ]),
      get(l.rows),
    ],
  };
}
