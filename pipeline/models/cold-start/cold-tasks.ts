import { type Regression, ridge } from './ridge.ts';

export interface ColdAssignment {
  model: 'cold';
  regressions: readonly Regression[];
  /** Takes the feature weights of each regression. */
  weights: readonly Float32Array[];
  /** Takes the number of steps of each regression, as they are done. */
  steps: Int32Array;
}

export type ColdPhase = 'regress';

/** Task n is regression n. */
export function coldTask({ regressions, weights, steps }: ColdAssignment): (phase: ColdPhase, task: number) => void {
  return (_, task) => {
    const found = ridge(regressions[task], (step) => {
      Atomics.store(steps, task, step);
    });
    weights[task].set(found);
  };
}
