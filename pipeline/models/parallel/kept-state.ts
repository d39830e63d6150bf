import type { SectionArray } from '../../../src/engine/artifacts/section-file.ts';

/** The end state of a training, by name: what a later run needs to fold users into the model. */
export type KeptState = Record<string, SectionArray>;

/** Names of the sections of a release that hold kept states. No server reads them. */
export function stateSections(model: string, state: KeptState): KeptState {
  return Object.fromEntries(Object.entries(state).map(([name, array]) => [`training.${model}.${name}`, array]));
}
