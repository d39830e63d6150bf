import type { Measured } from './measure.ts';

/**
 * Content of metrics.json. It does not depend on the clock or the machine: the same inputs and seed give the same bytes.
 * Its keys belong to format 1.
 */
export interface Results {
  format: 1;
  protocol: string;
  about: string;
  /** File name without folder. */
  ratings: string;
  /** File name of the ratings of the test users, when they come from another file. */
  testRatings: string | null;
  /** File name without folder. Null without a catalog. */
  catalogue: string | null;
  seed: number;
  /** How often each user was asked. */
  shuffles: number;
  /** The users that the models are measured on. */
  users: 'test' | 'validation';
  counts: {
    trainingUsers: number;
    trainingLikes: number;
    /** Users that the models are measured on. */
    users: number;
    /** Relevant movies, over all these users. */
    targets: number;
    candidates: number;
  };
  models: Measured[];
}
