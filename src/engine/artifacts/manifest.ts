import type { ElementType } from './section-file.ts';

export interface SectionEntry {
  type: ElementType;
  count: number;
  /** Size of the section's file. */
  bytes: number;
  crc32: number;
}

/** Quality of a release, measured on users that its models were not trained on. */
export interface Validation {
  /** Name of the measurement. Only figures of the same protocol can be compared. */
  protocol: string;
  users: number;
  /** NDCG@100 by the number of likes that were folded in. */
  ndcg: Record<string, number>;
}

/**
 * `manifest.json`: the sections of a release and the inputs it was made from. Written last, so a release without a manifest is unfinished.
 */
export interface Manifest {
  format: number;
  /** Name of the release and of its folder. Made from the inputs, so the same inputs give the same version. */
  version: string;
  /** For instance 'sample' or 'ml-32m + TMDb'. */
  dataset: string;
  /** ISO 8601. */
  builtAt: string;
  movieCount: number;
  /** The config that the release was trained with; see recommender/model-config.ts. */
  config: unknown;
  /** Settings of the ratings models in the sections `taste.*`, see recommender/hybrid/hybrid-config.ts; undefined without such models. */
  taste?: unknown;
  /** Undefined when quality was not measured in training. */
  validation?: Validation;
  /** SHA-256 of each input, by name. */
  inputs: Record<string, string>;
  sections: Record<string, SectionEntry>;
}
