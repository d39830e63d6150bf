import { CliError } from '../../cli/cli-error.ts';

const PAGE_BYTES = 65536;

/** WebAssembly memory that threads share, of at least so many 32-bit floats, all 0. */
export function sharedMemory(floats: number): WebAssembly.Memory {
  const pages = Math.max(Math.ceil((floats * 4) / PAGE_BYTES), 1);
  if (pages > 65536)
    throw new CliError(
      `training needs ${(floats / 2 ** 28).toFixed(1)} GB in one piece, more than the 4 GB there can be: train on fewer movies`,
    );
  return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
}

/** Zeros that threads share. */
export function sharedU32(length: number): Uint32Array<SharedArrayBuffer> {
  return new Uint32Array(new SharedArrayBuffer(length * 4));
}

export function sharedF32(length: number): Float32Array {
  return new Float32Array(new SharedArrayBuffer(length * 4));
}
