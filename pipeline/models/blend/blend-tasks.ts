import { type Pools, TERMS, TILT } from './blend-pools.ts';
import { BlendObjectives } from './objectives.ts';

/** All data of a phase is in the phase: the pools of one profile size follow those of another. */
export interface BlendAssignment {
  model: 'blend';
}

/** A coordinate ascent: task n raises the NDCG of the pools `which` from the weights `from`. */
export interface Ascent {
  which: Uint32Array;
  from: readonly number[];
}

/** Task n moves the tilt of `weights` by `step` natural sizes at a time, as long as NDCG@100 stays at `floor` or above. */
export interface Tilting {
  weights: readonly number[];
  step: number;
  floor: number;
  /** Leave out weights that are below the floor without a tilt: the objectives are then NaN. */
  needsFloor: boolean;
}

export type BlendPhase = { pools: Pools; natural: readonly number[]; results: Float64Array } & (
  | { kind: 'ascend'; tasks: readonly Ascent[]; minima: readonly number[] }
  | { kind: 'tilt'; tasks: readonly Tilting[] }
);

/** Weights, and both objectives of them. */
export interface Found {
  weights: number[];
  ndcg: number;
  stratified: number;
}

/** Numbers that a task writes: the weights and both objectives. */
export const RESULT_LENGTH = TERMS.length + 2;

const STEPS = [0.4, 0.7, 0.9, 1.1, 1.4, 2.5];
/** A term whose weight is 0 is tried again with this share of its natural size. */
const REVIVED = 0.05;
const ROUNDS = 6;
const MIN_GAIN = 1e-5;
const MAX_TILT = 0.8;

export function blendTask(): (phase: BlendPhase, task: number) => void {
  return (phase, task) => {
    const { weights, ndcg, stratified } = phase.kind === 'ascend' ? ascend(phase, phase.tasks[task]) : tilted(phase, phase.tasks[task]);
    phase.results.set([...weights, ndcg, stratified], task * RESULT_LENGTH);
  };
}

/** What task n wrote. */
export function foundBy(results: Float64Array, task: number): Found {
  const [first, end] = [task * RESULT_LENGTH, (task + 1) * RESULT_LENGTH];
  return { weights: [...results.subarray(first, end - 2)], ndcg: results[end - 2], stratified: results[end - 1] };
}

function ascend({ pools, natural, minima }: Extract<BlendPhase, { kind: 'ascend' }>, { which, from }: Ascent): Found {
  const objectives = new BlendObjectives(pools, which);
  let weights = from.map((weight, part) => Math.max(weight, minima[part]));
  let best = objectives.of(weights);
  for (let round = 0; round < ROUNDS; round++) {
    const before = best.ndcg;
    for (let part = 0; part < weights.length; part++) {
      if (part === TILT) continue;
      const rests = objectives.restsOf(weights, part);
      const tried = weights[part] === 0 ? [REVIVED * natural[part]] : [0, ...STEPS.map((step) => step * weights[part])];
      for (const value of tried) {
        const kept = Math.max(value, minima[part]);
        const found = objectives.at(rests, part, kept);
        if (found.ndcg > best.ndcg + MIN_GAIN) {
          best = found;
          weights = weights.with(part, kept);
        }
      }
    }
    if (best.ndcg - before < MIN_GAIN) break;
  }
  return { weights, ...best };
}

function tilted({ pools, natural }: BlendPhase, { weights, step, floor, needsFloor }: Tilting): Found {
  const objectives = new BlendObjectives(pools, Uint32Array.from(pools.users.keys()));
  if (needsFloor && objectives.of(weights).ndcg < floor) return { weights: [...weights], ndcg: Number.NaN, stratified: Number.NaN };
  const rests = objectives.restsOf(weights, TILT);
  let best = weights[TILT];
  for (let size = step; Math.abs(size) <= MAX_TILT; size += step) {
    const tilt = weights[TILT] + size * natural[TILT];
    if (objectives.at(rests, TILT, tilt).ndcg < floor) break;
    best = tilt;
  }
  const found = weights.with(TILT, best);
  return { weights: found, ...objectives.of(found) };
}
