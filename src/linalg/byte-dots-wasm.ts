import type { ByteDots } from './byte-dots.ts';
import {
  add,
  addI32V,
  assemble,
  type Code,
  constant,
  dotPairs,
  get,
  loadI32,
  loadV128,
  loop,
  multiply,
  numbered,
  pickLanes,
  repeat,
  set,
  storeV128,
  type WasmFunction,
  widenHigh,
  widenLow,
  zeroV,
} from './wasm-code.ts';

/** The kernel as WebAssembly SIMD on `memory`. */
export function wasmByteDots(memory: WebAssembly.Memory): ByteDots {
  const module = new WebAssembly.Module(assemble([byteDots()], false));
  const exports = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as { byteDots: ByteDots };
  return exports.byteDots;
}

/** Four rows at a time, sixteen columns of each; in the end the four lanes of each row's sum are added crosswise. */
function byteDots(): WasmFunction {
  const l = numbered(
    ...(['count', 'stride', 'values', 'vector', 'rows', 'out'] as const),
    ...(['n', 'j', 'x', 'p0', 'p1', 'p2', 'p3'] as const),
    ...(['low', 'high', 'bytes', 's0', 's1', 's2', 's3'] as const),
  );
  const pointers = [l.p0, l.p1, l.p2, l.p3];
  const sums = [l.s0, l.s1, l.s2, l.s3];
  const advance = (local: number, bytes: number): Code => set(local, add(get(local), constant(bytes)));
  /** [a₀ + a₂, b₀ + b₂, a₁ + a₃, b₁ + b₃] */
  const fold = (a: number, b: number): Code => addI32V(pickLanes(get(a), get(b), [0, 4, 1, 5]), pickLanes(get(a), get(b), [2, 6, 3, 7]));
  return {
    name: 'byteDots',
    parameters: repeat(6, () => 'i32' as const),
    locals: [...repeat(7, () => 'i32' as const), ...repeat(7, () => 'v128' as const)],
    body: [
      set(l.n, constant(0)),
      loop(l.n, get(l.count), 4, [
        pointers.map((pointer, row) => set(pointer, add(get(l.values), multiply(loadI32(get(l.rows), 4 * row), get(l.stride))))),
        sums.map((sum) => set(sum, zeroV)),
        set(l.x, get(l.vector)),
        set(l.j, constant(0)),
        loop(l.j, get(l.stride), 16, [
          set(l.low, loadV128(get(l.x))),
          set(l.high, loadV128(get(l.x), 16)),
          pointers.map((pointer, row) => [
            set(l.bytes, loadV128(get(pointer))),
            set(sums[row], addI32V(get(sums[row]), dotPairs(widenLow(get(l.bytes)), get(l.low)))),
            set(sums[row], addI32V(get(sums[row]), dotPairs(widenHigh(get(l.bytes)), get(l.high)))),
            advance(pointer, 16),
          ]),
          advance(l.x, 32),
        ]),
        set(l.s0, fold(l.s0, l.s1)),
        set(l.s2, fold(l.s2, l.s3)),
        storeV128(get(l.out), addI32V(pickLanes(get(l.s0), get(l.s2), [0, 1, 4, 5]), pickLanes(get(l.s0), get(l.s2), [2, 3, 6, 7]))),
        advance(l.rows, 16),
        advance(l.out, 16),
      ]),
    ],
  };
}
