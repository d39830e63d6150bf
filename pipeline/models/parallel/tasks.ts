import { type EaseAssignment, type EasePhase, easeTask } from '../ease/ease-tasks.ts';
import { type IalsAssignment, type IalsPhase, ialsTask } from '../ials/ials-tasks.ts';

/** The data that a worker pool works on. It can be sent to a thread. */
export type Assignment = EaseAssignment | IalsAssignment;
export type Phase = EasePhase | IalsPhase;
export type Task = (phase: Phase, task: number) => void;

/** The task function of an assignment for one worker. */
export function taskOf(assignment: Assignment, worker: number): Task {
  const task = assignment.model === 'ease' ? easeTask(assignment, worker) : ialsTask(assignment, worker);
  return task as Task;
}
