import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** The processor of the server and the one of the load generator; undefined where processes cannot be pinned. */
export interface Processors {
  server: number | undefined;
  generator: number | undefined;
  /** Why the processes share processors; undefined when they do not. */
  problem: string | undefined;
}

/** Pins server and generator to two processors, so that the generator takes no time from the server. */
export function findProcessors(): Processors {
  const shared = (problem: string): Processors => ({ server: undefined, generator: undefined, problem });
  if (!hasProgram('taskset')) return shared('taskset is not installed, so the load generator is not pinned to a processor of its own');
  const list =
    spawnSync('taskset', ['-cp', String(process.pid)], { encoding: 'utf8' })
      .stdout.split(': ')
      .at(-1) ?? '';
  const allowed = list
    .trim()
    .split(',')
    .flatMap((range) => {
      const [from, to = from] = range.split('-').map(Number);
      return Array.from({ length: to - from + 1 }, (_, n) => from + n);
    });
  if (allowed.length < 2 || availableParallelism() < 2) return shared('there is one processor, which the load generator shares');
  return { server: allowed[0], generator: allowed[1], problem: undefined };
}

/** The command, on this processor only. */
export function pinned(command: string[], processor: number | undefined): string[] {
  return processor === undefined ? command : ['taskset', '-c', String(processor), ...command];
}

export function hasProgram(name: string): boolean {
  return spawnSync(name, ['--version']).error === undefined;
}
