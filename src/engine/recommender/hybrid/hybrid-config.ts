import { z } from 'zod';
import { parseConfig } from '../parse-config.ts';

const weights = { ease: z.number(), fewLikes: z.number(), factors: z.number(), content: z.number(), popularity: z.number() };
const weightsSchema = z.strictObject(weights);

const blendSchema = z
  .array(z.strictObject({ likes: z.int().positive(), ...weights }))
  .min(1)
  .refine((knots) => knots.every((knot, n) => n === 0 || knot.likes > knots[n - 1].likes), 'numbers of likes must ascend');

/** Weights of the terms of similar movies, see SimilarScorer. `damping` is that of ItemSimilarity. */
export const similarSchema = z.strictObject({
  factors: z.number().nonnegative(),
  content: z.number().nonnegative(),
  popularity: z.number().nonnegative(),
  damping: z.number().positive(),
});

const hybridSchema = z.strictObject({
  factors: z.strictObject({
    dimensions: z.int().positive().multipleOf(4),
    regularization: z.number().positive(),
    penaltyBase: z.number().nonnegative(),
    exponent: z.number().nonnegative(),
  }),
  blend: blendSchema,
  similar: similarSchema,
});

/** Weights of the terms of a hybrid score, see HybridScorer. */
export type BlendWeights = z.infer<typeof weightsSchema>;

/** Weights of the terms of similar movies. */
export type SimilarWeights = z.infer<typeof similarSchema>;

/** Weights at some numbers of likes, ascending; see weightsAt. */
export type Blend = z.infer<typeof blendSchema>;

/** Settings of the ratings models of a release; the manifest stores them as `taste`. */
export type HybridConfig = z.infer<typeof hybridSchema>;

/**
 * Parses settings strictly: an unknown key is an error. Throws a RangeError that starts with `source` and lists every problem with its
 * path.
 */
export function parseHybridConfig(value: unknown, source: string): HybridConfig {
  return parseConfig(hybridSchema, value, source);
}
