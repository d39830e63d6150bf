import { parentPort, workerData } from 'node:worker_threads';
import { type Phase, taskOf } from './tasks.ts';

// A thread of the worker pool. All threads take task numbers of a phase from one shared counter.
const { assignment, worker, counter } = workerData;
const task = taskOf(assignment, worker);

parentPort?.on('message', ({ phase, count }: { phase: Phase; count: number }) => {
  for (let n = Atomics.add(counter, 0, 1); n < count; n = Atomics.add(counter, 0, 1)) task(phase, n);
  parentPort?.postMessage(null);
});
