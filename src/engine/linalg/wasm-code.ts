/**
 * WebAssembly instructions as nested lists of bytes, limited to those that the kernels need. The modules are assembled at load time, so the
 * repository needs no WebAssembly tool and no binary file. Bytes are those of the binary format (WebAssembly Core Specification 2.0,
 * chapter 5; SIMD opcodes follow 0xfd). Integers are unsigned, 32 bits: byte addresses and counts.
 */
export type Code = readonly (number | Code)[];

export type ValueType = 'i32' | 'f32' | 'f64' | 'v128';

const TYPE_BYTES: Record<ValueType, number> = { i32: 0x7f, f32: 0x7d, f64: 0x7c, v128: 0x7b };
const NO_RESULT = 0x40;
/** Added to the alignment: the number of the memory follows. */
const SECOND_MEMORY = 0x40;

export interface WasmFunction {
  name: string;
  parameters: readonly ValueType[];
  /** The function gives the value that its body leaves. Nothing when left out. */
  result?: ValueType;
  locals: readonly ValueType[];
  body: Code;
}

export const get = (local: number): Code => [0x20, unsigned(local)];
export const set = (local: number, value: Code): Code => [value, 0x21, unsigned(local)];
export const constant = (value: number): Code => [0x41, signed(value)];
export const constantF32 = (value: number): Code => [0x43, ...new Uint8Array(Float32Array.of(value).buffer)];

export const add = (a: Code, b: Code): Code => [a, b, 0x6a];
export const subtract = (a: Code, b: Code): Code => [a, b, 0x6b];
export const multiply = (a: Code, b: Code): Code => [a, b, 0x6c];
export const and = (a: Code, b: Code): Code => [a, b, 0x71];
export const or = (a: Code, b: Code): Code => [a, b, 0x72];
export const shiftLeft = (a: Code, bits: number): Code => [a, constant(bits), 0x74];
export const shiftRight = (a: Code, bits: number): Code => [a, constant(bits), 0x76];
export const greater = (a: Code, b: Code): Code => [a, b, 0x4b];

export const loadF32 = (address: Code, offset = 0): Code => [address, 0x2a, 2, unsigned(offset)];
export const storeF32 = (address: Code, value: Code, offset = 0): Code => [address, value, 0x38, 2, unsigned(offset)];
export const addF32 = (a: Code, b: Code): Code => [a, b, 0x92];
export const subtractF32 = (a: Code, b: Code): Code => [a, b, 0x93];
export const multiplyF32 = (a: Code, b: Code): Code => [a, b, 0x94];
export const divideF32 = (a: Code, b: Code): Code => [a, b, 0x95];
export const rootF32 = (a: Code): Code => [a, 0x91];

/** Loads four floats. Addresses are aligned to 4 bytes only. */
export const loadV128 = (address: Code, offset = 0): Code => [address, 0xfd, 0x00, 2, unsigned(offset)];
/** As loadV128, from the second memory of the module. */
export const loadV128FromSecond = (address: Code, offset = 0): Code => [address, 0xfd, 0x00, 2 | SECOND_MEMORY, 1, unsigned(offset)];
export const loadSplat = (address: Code, offset = 0): Code => [address, 0xfd, 0x09, 2, unsigned(offset)];
export const storeV128ToSecond = (address: Code, value: Code, offset = 0): Code => [
  address,
  value,
  0xfd,
  0x0b,
  2 | SECOND_MEMORY,
  1,
  unsigned(offset),
];
export const storeV128 = (address: Code, value: Code, offset = 0): Code => [address, value, 0xfd, 0x0b, 2, unsigned(offset)];
export const splat = (value: Code): Code => [value, 0xfd, 0x13];
export const lane = (vector: Code, index: number): Code => [vector, 0xfd, 0x1f, index];
export const addV = (a: Code, b: Code): Code => [a, b, 0xfd, unsigned(0xe4)];
export const subtractV = (a: Code, b: Code): Code => [a, b, 0xfd, unsigned(0xe5)];
export const multiplyV = (a: Code, b: Code): Code => [a, b, 0xfd, unsigned(0xe6)];
/** Products of eight signed 16-bit integers, added in pairs to four of 32 bits. */
export const dotPairs = (a: Code, b: Code): Code => [a, b, 0xfd, unsigned(0xba)];
export const addI32V = (a: Code, b: Code): Code => [a, b, 0xfd, unsigned(0xae)];
/** Four of the eight 32-bit lanes of a and b. */
export const pickLanes = (a: Code, b: Code, lanes: readonly [number, number, number, number]): Code => [
  a,
  b,
  0xfd,
  0x0d,
  ...lanes.flatMap((one) => [4 * one, 4 * one + 1, 4 * one + 2, 4 * one + 3]),
];
export const loadI32FromSecond = (address: Code, offset = 0): Code => [address, 0x28, 2 | SECOND_MEMORY, 1, unsigned(offset)];
export const loadI32 = (address: Code, offset = 0): Code => [address, 0x28, 2, unsigned(offset)];
export const storeI32 = (address: Code, value: Code, offset = 0): Code => [address, value, 0x36, 2, unsigned(offset)];
/** Loads two floats into the low half. */
export const loadLowHalf = (address: Code, offset = 0): Code => [address, 0xfd, 0x5d, 2, unsigned(offset)];
export const splatF64 = (value: Code): Code => [value, 0xfd, 0x14];
/** The two floats of the low half, in 64 bits. */
export const promoteLowHalf = (a: Code): Code => [a, 0xfd, 0x5f];
export const addF64V = (a: Code, b: Code): Code => [a, b, 0xfd, unsigned(0xf0)];
export const multiplyF64V = (a: Code, b: Code): Code => [a, b, 0xfd, unsigned(0xf2)];
export const atLeastF64V = (a: Code, b: Code): Code => [a, b, 0xfd, 0x4c];
/** A bit for each of the two lanes of a comparison. */
export const bitsOfLanes = (a: Code): Code => [a, 0xfd, unsigned(0xc4)];
export const zeroV: Code = [0xfd, 0x0c, ...new Uint8Array(16)];

/** Numbers for the locals of a function, by name. Parameters come first. */
export function numbered<Name extends string>(...names: Name[]): Record<Name, number> {
  return Object.fromEntries(names.map((name, index) => [name, index])) as Record<Name, number>;
}

export const repeat = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n));

/** if (condition) body */
export const when = (condition: Code, body: Code): Code => [condition, 0x04, NO_RESULT, body, 0x0b];

/** while (!stop) body */
export const until = (stop: Code, body: Code): Code => [0x02, NO_RESULT, 0x03, NO_RESULT, stop, 0x0d, 1, body, 0x0c, 0, 0x0b, 0x0b];

/** for (; local + step <= limit; local += step) body. The caller sets `local` before, and handles the rest from `local` on. */
export function loop(local: number, limit: Code, step: number, body: Code): Code {
  return until(greater(add(get(local), constant(step)), limit), [body, set(local, add(get(local), constant(step)))]);
}

/** The module that imports these memories of `env` by name, in this order, and exports the functions by name. */
export function assemble(functions: readonly WasmFunction[], memories: Record<string, WebAssembly.Memory>): WebAssembly.Exports {
  const module = new WebAssembly.Module(bytesOf(functions, memories));
  return new WebAssembly.Instance(module, { env: memories }).exports;
}

function bytesOf(functions: readonly WasmFunction[], memories: Record<string, WebAssembly.Memory>): Uint8Array<ArrayBuffer> {
  const types = functions.map(({ parameters, result }) => [
    0x60,
    ...vector(parameters.map((type) => [TYPE_BYTES[type]])),
    ...vector(result === undefined ? [] : [[TYPE_BYTES[result]]]),
  ]);
  const imports = Object.entries(memories).map(([name, { buffer }]) => {
    const limits = buffer instanceof SharedArrayBuffer ? [0x03, 0, ...unsigned(65536)] : [0x00, 0];
    return [...text('env'), ...text(name), 0x02, ...limits];
  });
  const exports = functions.map(({ name }, index) => [...text(name), 0x00, ...unsigned(index)]);
  const bodies = functions.map(({ locals, body }) => {
    const bytes = [...vector(locals.map((type) => [1, TYPE_BYTES[type]])), ...flat(body), 0x0b];
    return [...unsigned(bytes.length), ...bytes];
  });
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, vector(types)),
    ...section(2, vector(imports)),
    ...section(3, vector(functions.map((_, index) => unsigned(index)))),
    ...section(7, vector(exports)),
    ...section(10, vector(bodies)),
  ]);
}

function flat(code: Code): number[] {
  return code.flatMap((part) => (typeof part === 'number' ? part : flat(part)));
}

function section(id: number, content: number[]): number[] {
  return [id, ...unsigned(content.length), ...content];
}

function vector(items: readonly (readonly number[])[]): number[] {
  return [...unsigned(items.length), ...items.flat()];
}

function text(name: string): number[] {
  return [...unsigned(name.length), ...new TextEncoder().encode(name)];
}

/** Unsigned LEB128, the integer encoding of the format. */
function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

/** Signed LEB128. */
function signed(value: number): number[] {
  const rest = value >> 7;
  const isLast = (rest === 0 && (value & 0x40) === 0) || (rest === -1 && (value & 0x40) !== 0);
  return isLast ? [value & 0x7f] : [(value & 0x7f) | 0x80, ...signed(rest)];
}
