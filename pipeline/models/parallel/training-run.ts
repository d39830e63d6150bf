import type { Progress } from '../../cli/progress.ts';
import type { Checkpoint, State } from './checkpoint.ts';

/** The surroundings of a training; none of it changes the model. */
export interface TrainingRun {
  /** 0: the caller's own. */
  threads: number;
  progress: Progress;
  signal: AbortSignal;
  /** Where a run that is killed can be taken up again. */
  checkpoint?: Checkpoint | undefined;
}

/** To be called between steps, with what it takes to go on: saves it now and then, and at once when the run is interrupted, which it then is. */
export async function betweenSteps({ signal, checkpoint }: TrainingRun, step: number, state: State): Promise<void> {
  if (signal.aborted) await checkpoint?.save(step, state);
  signal.throwIfAborted();
  await checkpoint?.saveIfDue(step, state);
}
