import type { ShortDotPairs, ShortDots } from './short-dots.ts';
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
  type ValueType,
  type WasmFunction,
  zeroV,
} from './wasm-code.ts';

/** The kernels in WebAssembly SIMD: `values` are in one memory, which threads may share, and everything else is in another. */
export function wasmShortDots(
  values: WebAssembly.Memory,
  scratch: WebAssembly.Memory,
): { shortDots: ShortDots; shortDotPairs: ShortDotPairs } {
  return assemble([shortDots('shortDots', 1), shortDots('shortDotPairs', 2)], { values, scratch }) as unknown as ReturnType<
    typeof wasmShortDots
  >;
}

/** Four rows at a time, eight columns of each. At the end the four lanes of each sum are added together. */
function shortDots(name: string, vectors: 1 | 2): WasmFunction {
  const l = numbered(
    ...(['count', 'stride', 'values', 'vector', 'rows', 'out'] as const),
    ...(vectors === 2 ? (['secondVector', 'secondOut'] as const) : []),
    ...(['n', 'j', 'p0', 'p1', 'p2', 'p3', 'x', 'x8', 'row8', 's0', 's1', 's2', 's3'] as const),
    ...(vectors === 2 ? (['secondX', 'secondX8', 't0', 't1', 't2', 't3'] as const) : []),
  ) as Record<string, number>;
  const pointers = [l.p0, l.p1, l.p2, l.p3];
  const first = { vector: l.vector, out: l.out, x: l.x, x8: l.x8, sums: [l.s0, l.s1, l.s2, l.s3] };
  const second = { vector: l.secondVector, out: l.secondOut, x: l.secondX, x8: l.secondX8, sums: [l.t0, l.t1, l.t2, l.t3] };
  const all = vectors === 1 ? [first] : [first, second];
  const advance = (local: number, bytes: number): Code => set(local, add(get(local), constant(bytes)));
  /** [a₀ + a₂, b₀ + b₂, a₁ + a₃, b₁ + b₃] */
  const fold = (a: number, b: number): Code => addI32V(pickLanes(get(a), get(b), [0, 4, 1, 5]), pickLanes(get(a), get(b), [2, 6, 3, 7]));
  const i32s = (count: number): ValueType[] => repeat(count, () => 'i32');
  const vs = (count: number): ValueType[] => repeat(count, () => 'v128');
  return {
    name,
    parameters: i32s(vectors === 1 ? 6 : 8),
    locals: [...i32s(7), ...vs(6), ...(vectors === 1 ? [] : [...i32s(1), ...vs(5)])],
    body: [
      set(l.n, constant(0)),
      loop(l.n, get(l.count), 4, [
        pointers.map((pointer, row) =>
          set(pointer, add(get(l.values), shiftLeft(multiply(loadI32FromSecond(get(l.rows), 4 * row), get(l.stride)), 1))),
        ),
        all.map(({ vector, x, sums }) => [sums.map((sum) => set(sum, zeroV)), set(x, get(vector))]),
        set(l.j, constant(0)),
        loop(l.j, get(l.stride), 8, [
          all.map(({ x, x8 }) => [set(x8, loadV128FromSecond(get(x))), advance(x, 16)]),
          pointers.map((pointer, row) => [
            set(l.row8, loadV128(get(pointer))),
            all.map(({ x8, sums }) => set(sums[row], addI32V(get(sums[row]), dotPairs(get(l.row8), get(x8))))),
            advance(pointer, 16),
          ]),
        ]),
        all.map(({ out, sums: [a, b, c, d] }) => [
          set(a, fold(a, b)),
          set(c, fold(c, d)),
          storeV128ToSecond(get(out), addI32V(pickLanes(get(a), get(c), [0, 1, 4, 5]), pickLanes(get(a), get(c), [2, 3, 6, 7]))),
          advance(out, 16),
        ]),
        advance(l.rows, 16),
      ]),
    ],
  };
}
