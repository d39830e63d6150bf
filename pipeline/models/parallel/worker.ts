import { parentPort, workerData } from 'node:worker_threads';
import { type Phase, taskOf } from './tasks.ts';

// A thread of a crew: takes the next task of the phase it is told until none is left.
const { assignment, worker, counter } = workerData;
const task = taskOf(assignment, worker);

parentPort?.on('message', ({ phase, count }: { phase: Phase; count: number }) => {
  for (let n = Atomics.add(counter, 0, 1); n < count; n = Atomics.add(counter, 0, 1)) task(phase, n);
  parentPort?.postMessage(null);
});
