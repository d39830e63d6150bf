import type { ShortDots } from './short-dots.ts';
import {
  add,
  addI32V,
  assemble,
  type Code,
  constant,
  dotPairs,
  get,
  loadI32FromSecond,
  loadV128,
  loadV128FromSecond,
  loop,
  multiply,
  numbered,
  pickLanes,
  repeat,
  set,
  shiftLeft,
  storeV128ToSecond,
  type WasmFunction,
  zeroV,
} from './wasm-code.ts';

/** The kernel in WebAssembly SIMD: `values` are in one memory, which threads may share, and everything else is in another. */
export function wasmShortDots(values: WebAssembly.Memory, scratch: WebAssembly.Memory): ShortDots {
  return (assemble([shortDots()], { values, scratch }) as unknown as { shortDots: ShortDots }).shortDots;
}

/** Four rows at a time, eight columns of each. At the end the four lanes of each row's sum are added together. */
function shortDots(): WasmFunction {
  const l = numbered(
    ...(['count', 'stride', 'values', 'vector', 'rows', 'out'] as const),
    ...(['n', 'j', 'x', 'p0', 'p1', 'p2', 'p3'] as const),
    ...(['x8', 's0', 's1', 's2', 's3'] as const),
  );
  const pointers = [l.p0, l.p1, l.p2, l.p3];
  const sums = [l.s0, l.s1, l.s2, l.s3];
  const advance = (local: number, bytes: number): Code => set(local, add(get(local), constant(bytes)));
  /** [a₀ + a₂, b₀ + b₂, a₁ + a₃, b₁ + b₃] */
  const fold = (a: number, b: number): Code => addI32V(pickLanes(get(a), get(b), [0, 4, 1, 5]), pickLanes(get(a), get(b), [2, 6, 3, 7]));
  return {
    name: 'shortDots',
    parameters: repeat(6, () => 'i32' as const),
    locals: [...repeat(7, () => 'i32' as const), ...repeat(5, () => 'v128' as const)],
    body: [
      set(l.n, constant(0)),
      loop(l.n, get(l.count), 4, [
        pointers.map((pointer, row) =>
          set(pointer, add(get(l.values), shiftLeft(multiply(loadI32FromSecond(get(l.rows), 4 * row), get(l.stride)), 1))),
        ),
        sums.map((sum) => set(sum, zeroV)),
        set(l.x, get(l.vector)),
        set(l.j, constant(0)),
        loop(l.j, get(l.stride), 8, [
          set(l.x8, loadV128FromSecond(get(l.x))),
          pointers.map((pointer, row) => [
            set(sums[row], addI32V(get(sums[row]), dotPairs(loadV128(get(pointer)), get(l.x8)))),
            advance(pointer, 16),
          ]),
          advance(l.x, 16),
        ]),
        set(l.s0, fold(l.s0, l.s1)),
        set(l.s2, fold(l.s2, l.s3)),
        storeV128ToSecond(
          get(l.out),
          addI32V(pickLanes(get(l.s0), get(l.s2), [0, 1, 4, 5]), pickLanes(get(l.s0), get(l.s2), [2, 3, 6, 7])),
        ),
        advance(l.rows, 16),
        advance(l.out, 16),
      ]),
    ],
  };
}
