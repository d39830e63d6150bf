import { Worker } from 'node:worker_threads';
import { type Assignment, type Phase, type Task, taskOf } from './tasks.ts';

/** Who does the tasks of a phase: threads, or the caller's own. */
export interface WorkerPool {
  /** Does tasks 0 .. count - 1, each once, in whatever order; resolves when all are done. */
  run(phase: Phase, count: number): Promise<void>;
  close(): Promise<void>;
}

/** Threads with an assignment, which must be of shared memory; with `threads` 0 everything is done by the caller's thread, tasks in order. */
export async function openWorkerPool(assignment: Assignment, threads: number): Promise<WorkerPool> {
  if (threads === 0) return inlineCrew(taskOf(assignment, 0));
  const counter = new Int32Array(new SharedArrayBuffer(4));
  const hands = Array.from({ length: threads }, (_, worker) => new PoolWorker(assignment, worker, counter));
  return {
    async run(phase, count) {
      if (count === 0) return;
      Atomics.store(counter, 0, 0);
      await Promise.all(hands.map((hand) => hand.run(phase, count)));
    },
    async close() {
      await Promise.all(hands.map((hand) => hand.close()));
    },
  };
}

function inlineCrew(task: Task): WorkerPool {
  return {
    async run(phase, count) {
      for (let n = 0; n < count; n++) task(phase, n);
      // Lets signals and timers through.
      await new Promise(setImmediate);
    },
    async close() {},
  };
}

/** One thread and the phase it is busy with. */
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
