import { Worker } from 'node:worker_threads';
import { type Assignment, type Phase, type Task, taskOf } from './tasks.ts';

/** Runs the tasks of a phase in threads, or in the calling thread. */
export interface WorkerPool {
  /** Runs tasks 0 .. count - 1, each once, in any order. Resolves when all are done. */
  run(phase: Phase, count: number): Promise<void>;
  close(): Promise<void>;
}

/** Starts threads on an assignment, which must be in shared memory. With `threads` 0 the calling thread runs the tasks in order. */
export async function openWorkerPool(assignment: Assignment, threads: number): Promise<WorkerPool> {
  if (threads === 0) return inlinePool(taskOf(assignment, 0));
  const counter = new Int32Array(new SharedArrayBuffer(4));
  const workers = Array.from({ length: threads }, (_, worker) => new PoolWorker(assignment, worker, counter));
  return {
    async run(phase, count) {
      if (count === 0) return;
      Atomics.store(counter, 0, 0);
      await Promise.all(workers.map((worker) => worker.run(phase, count)));
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.close()));
    },
  };
}

function inlinePool(task: Task): WorkerPool {
  return {
    async run(phase, count) {
      for (let n = 0; n < count; n++) task(phase, n);
      // Lets signals and timers run.
      await new Promise(setImmediate);
    },
    async close() {},
  };
}

/** One thread and the phase that it is running. */
class PoolWorker {
  readonly #worker: Worker;
  #settle: { resolve: () => void; reject: (cause: unknown) => void } | undefined;
  #failure: unknown;

  constructor(assignment: Assignment, worker: number, counter: Int32Array) {
    this.#worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: { assignment, worker, counter } });
    this.#worker.on('message', () => this.#settle?.resolve());
    this.#worker.on('error', (cause) => this.#fail(cause));
    this.#worker.on('exit', (code) => this.#fail(new Error(`a training thread ended with code ${code}`)));
  }

  async run(phase: Phase, count: number): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    await new Promise<void>((resolve, reject) => {
      this.#settle = { resolve, reject };
      this.#worker.postMessage({ phase, count });
    });
    this.#settle = undefined;
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #fail(cause: unknown): void {
    this.#failure ??= cause;
    this.#settle?.reject(cause);
  }
}
