import type { ElementType } from './section-file.ts';

export interface SectionEntry {
  type: ElementType;
  count: number;
  /** Size of the section's file. */
  bytes: number;
  crc32: number;
}

/** Measured on people whom the models did not learn from. */
export interface Validation {
  /** What was measured on whom: only figures of the same protocol can be compared. */
  protocol: string;
  users: number;
  /** NDCG@100 by how many likes were told. */
  ndcg: Record<string, number>;
}

/** `manifest.json`: what a set holds and where it came from. Written last, so a set without one is an unfinished set. */
export interface Manifest {
  format: number;
  /** The name of the set and of its folder; made from the inputs, so the same inputs give the same version. */
  version: string;
  /** e.g. 'sample' or 'ml-32m + TMDb'. */
  dataset: string;
  /** ISO 8601. */
  builtAt: string;
  movieCount: number;
  /** The feature config the set was trained with, whole. */
  config: unknown;
  /** Of the ratings models (`taste.*`): what they are; undefined in a set of content alone. */
  taste?: unknown;
  /** How good the set was found to be when it was trained; undefined when it was not measured. */
  validation?: Validation;
  /** Hash of the catalogue file and the config. */
  inputs: Record<string, string>;
  sections: Record<string, SectionEntry>;
}
