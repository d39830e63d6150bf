import { CliError } from '../../cli/cli-error.ts';

const PAGE_BYTES = 65536;

/** WebAssembly memory that threads share, with room for `floats` 32-bit floats, all 0. */
export function sharedMemory(floats: number): WebAssembly.Memory {
  const pages = Math.max(Math.ceil((floats * 4) / PAGE_BYTES), 1);
  if (pages > 65536)
    throw new CliError(
      `training needs ${(floats / 2 ** 28).toFixed(1)} GB in one block, and the limit is 4 GB; lower maxMovies in --ratings-config`,
    );
  return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
}
