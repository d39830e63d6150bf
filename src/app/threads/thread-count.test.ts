import { expect, it } from 'vitest';
import { type Machine, threadCount } from './thread-count.ts';

const GB = 1_073_741_824;
const MACHINE: Machine = { platform: 'linux', cores: 4, memoryBytes: 8 * GB };
const BY_DEFAULT = { workers: undefined, onSocket: false };

it.each<[cores: number, memoryBytes: number, threads: number]>([
  [1, 8 * GB, 1],
  [4, 8 * GB, 4],
  [8, 8 * GB, 8],
  [9, 8 * GB, 8],
  [8, GB, 4],
  [8, GB / 4, 1],
  [8, GB / 8, 1],
])('on %i cores with %i bytes of memory there are %i threads', (cores, memoryBytes, threads) => {
  expect(threadCount(BY_DEFAULT, { ...MACHINE, cores, memoryBytes })).toEqual({ threads });
});

it('WORKERS wins over cores and memory', () => {
  expect(threadCount({ workers: 12, onSocket: false }, { ...MACHINE, memoryBytes: GB })).toEqual({ threads: 12 });
  expect(threadCount({ workers: 1, onSocket: false }, MACHINE)).toEqual({ threads: 1 });
});

it('one thread serves where threads cannot share a port, which is said to who asked for more', () => {
  expect(threadCount(BY_DEFAULT, { ...MACHINE, platform: 'darwin' })).toEqual({ threads: 1 });
  expect(threadCount({ ...BY_DEFAULT, onSocket: true }, MACHINE)).toEqual({ threads: 1 });
  expect(threadCount({ workers: 2, onSocket: false }, { ...MACHINE, platform: 'win32' }).obstacle).toContain('spreads no connections');
  expect(threadCount({ workers: 2, onSocket: true }, MACHINE)).toEqual({ threads: 1, obstacle: 'only one can listen on a Unix socket' });
});
