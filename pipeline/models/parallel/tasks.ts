import { type BlendAssignment, type BlendPhase, blendTask } from '../blend/blend-tasks.ts';
import { type ColdAssignment, type ColdPhase, coldTask } from '../cold-start/cold-tasks.ts';
import { type EaseAssignment, type EasePhase, easeTask } from '../ease/ease-tasks.ts';
import { type IalsAssignment, type IalsPhase, ialsTask } from '../ials/ials-tasks.ts';

/** The data that a worker pool works on. It can be sent to a thread. */
export type Assignment = EaseAssignment | IalsAssignment | ColdAssignment | BlendAssignment;
export type Phase = EasePhase | IalsPhase | ColdPhase | BlendPhase;
export type Task = (phase: Phase, task: number) => void;

/** The task function of an assignment for one worker. */
export function taskOf(assignment: Assignment, worker: number): Task {
  return tasksOf(assignment, worker) as Task;
}

function tasksOf(assignment: Assignment, worker: number): unknown {
  if (assignment.model === 'blend') return blendTask();
  if (assignment.model === 'cold') return coldTask(assignment);
  return assignment.model === 'ease' ? easeTask(assignment, worker) : ialsTask(assignment, worker);
}
