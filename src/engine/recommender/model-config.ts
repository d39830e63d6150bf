import { z } from 'zod';
import { blocksSchema } from '../features/feature-config.ts';
import { parseConfig } from './parse-config.ts';

const weight = z.number().nonnegative();

const pool = z.int().min(1).max(1000);

/** DIVERSE re-ranks the `pool` best movies by genre calibration; with a `calibration` of 0 the scores alone rank. */
const calibrationSchema = z.strictObject({ calibration: weight, pool });

/** Maximal marginal relevance, in configs and releases of before calibration. They get the calibration of the default config. */
const formerDiversitySchema = z
  .strictObject({ relevance: z.number().min(0).max(1), pool })
  .transform(() => ({ calibration: 0.1, pool: 200 }));

const diversitySchema = z.union([calibrationSchema, formerDiversitySchema]);

const modelConfigSchema = z.strictObject({
  name: z.string().min(1),
  seed: z.int(),
  blocks: blocksSchema,
  /**
   * The norm that a movie's dot product is divided by. `cosine`: the Euclidean norm of its feature row. `fixed`: the norm of a row that has
   * every block, so that a movie with few known features is not a perfect match of those few.
   */
  similarity: z.enum(['cosine', 'fixed']),
  /** Weights of the parts of a profile vector. */
  profile: z.strictObject({ likes: weight, genres: weight, dislikes: weight }),
  /** Weights of the popularity term. */
  popularity: z.strictObject({
    forYou: weight,
    trending: weight,
    /** In FOR_YOU for a viewer without likes and without preferred genres. */
    withoutTaste: weight,
    similar: weight,
    /** Whether movies that are newer than the ratings get their popularity from votes and content. The pipeline reads it. */
    newMovies: z.boolean().optional(),
  }),
  diversity: diversitySchema,
});

/** Settings of a model: its features, and how the recommender scores with them. Stored whole in the manifest as `config`. */
export type ModelConfig = z.infer<typeof modelConfigSchema>;

/**
 * Parses a config strictly: an unknown key is an error. Throws a RangeError that starts with `source` and lists every problem with its
 * path.
 */
export function parseModelConfig(value: unknown, source: string): ModelConfig {
  return parseConfig(modelConfigSchema, value, source);
}
