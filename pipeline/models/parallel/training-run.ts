import type { Progress } from '../../cli/progress.ts';
import type { Checkpoint, State } from './checkpoint.ts';
import type { KeptState } from './kept-state.ts';

/** Environment of a training. It does not influence the model. */
export interface TrainingRun {
  /** Number of worker threads. 0: work in the calling thread. */
  threads: number;
  progress: Progress;
  signal: AbortSignal;
  /** Lets a killed run continue. */
  checkpoint?: Checkpoint | undefined;
  /** Takes the end state, so that users can be folded in later. Undefined: it is not kept. */
  keep?: ((state: KeptState) => void) | undefined;
}

/** Call this between steps. Saves the state from time to time. On an interruption it saves the state, then throws. */
export async function betweenSteps({ signal, checkpoint }: TrainingRun, step: number, state: State): Promise<void> {
  if (signal.aborted) await checkpoint?.save(step, state);
  signal.throwIfAborted();
  await checkpoint?.saveIfDue(step, state);
}
