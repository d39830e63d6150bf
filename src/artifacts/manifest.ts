import type { ElementType } from './section-file.ts';

export interface SectionEntry {
  type: ElementType;
  count: number;
  /** Size of the section's file. */
  bytes: number;
  crc32: number;
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
  /** Hash of the catalogue file and the config. */
  inputs: Record<string, string>;
  sections: Record<string, SectionEntry>;
}
