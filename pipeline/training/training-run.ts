import type { Progress } from '../progress.ts';
import type { Checkpoint } from './checkpoint.ts';

/** The surroundings of a training; none of it changes the model. */
export interface TrainingRun {
  /** 0: the caller's own. */
  threads: number;
  progress: Progress;
  signal: AbortSignal;
  /** Where a run that is killed can be taken up again. */
  checkpoint?: Checkpoint | undefined;
}
