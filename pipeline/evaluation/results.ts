import type { Measured } from './measure.ts';

/** What metrics.json holds: nothing in it depends on the clock or the machine, so the same inputs and seed give the same bytes. */
export interface Results {
  format: 1;
  protocol: string;
  about: string;
  /** File name alone. */
  ratings: string;
  /** Of the test users, where they are of another file. */
  testRatings: string | null;
  /** File name alone; null when none was named. */
  catalogue: string | null;
  seed: number;
  /** The users that were asked about. */
  users: 'test' | 'validation';
  counts: {
    trainingUsers: number;
    trainingLikes: number;
    /** Users asked about. */
    users: number;
    /** Films to be found, over all of them. */
    targets: number;
    candidates: number;
  };
  models: Measured[];
}

export function toJson(results: Results): string {
  return `${JSON.stringify(results, null, 1)}\n`;
}
