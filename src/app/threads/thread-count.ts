import { availableParallelism, totalmem } from 'node:os';

/** More threads are used only when WORKERS says so. */
const MAX_DEFAULT_THREADS = 8;
/** A thread takes some 70 MB beside the artifacts when it starts, and 100 after many requests. */
const BYTES_A_THREAD = 256 * 1_048_576;

export interface Machine {
  platform: NodeJS.Platform;
  cores: number;
  /** What this process may use: a container may have less memory than the machine. */
  memoryBytes: number;
}

export interface ThreadCount {
  threads: number;
  /** Why one thread answers although WORKERS asks for more. */
  obstacle?: string;
}

/** The threads that answer requests: as many as WORKERS says, else one for each core, as far as the memory goes. */
export function threadCount(
  { workers, onSocket }: { workers: number | undefined; onSocket: boolean },
  { platform, cores, memoryBytes }: Machine = thisMachine(),
): ThreadCount {
  const fitting = Math.max(1, Math.floor(memoryBytes / BYTES_A_THREAD));
  const wanted = workers ?? Math.min(cores, MAX_DEFAULT_THREADS, fitting);
  if (wanted === 1 || (platform === 'linux' && !onSocket)) return { threads: wanted };
  if (workers === undefined) return { threads: 1 };
  return { threads: 1, obstacle: onSocket ? 'only one can listen on a Unix socket' : 'this system spreads no connections over threads' };
}

function thisMachine(): Machine {
  // 0 when nothing bounds it.
  const bound = process.constrainedMemory() || Number.POSITIVE_INFINITY;
  return { platform: process.platform, cores: availableParallelism(), memoryBytes: Math.min(totalmem(), bound) };
}
