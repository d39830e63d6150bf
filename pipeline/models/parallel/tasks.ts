import { type EaseAssignment, type EasePhase, easeTask } from '../ease/ease-tasks.ts';
import { type IalsAssignment, type IalsPhase, ialsTask } from '../ials/ials-tasks.ts';

/** What a crew works on; everything in it can be sent to a thread. */
export type Assignment = EaseAssignment | IalsAssignment;
export type Phase = EasePhase | IalsPhase;
export type Task = (phase: Phase, task: number) => void;

/** The tasks of an assignment, for one worker. */
export function taskOf(assignment: Assignment, worker: number): Task {
  const task = assignment.model === 'ease' ? easeTask(assignment, worker) : ialsTask(assignment, worker);
  return task as Task;
}
