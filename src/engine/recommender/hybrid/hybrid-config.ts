import { z } from 'zod';
import { parseConfig } from '../parse-config.ts';

/** The weights that a release had before `familiar`. */
const formerWeights = { ease: z.number(), fewLikes: z.number(), factors: z.number(), content: z.number(), popularity: z.number() };
const weights = {
  ...formerWeights,
  coLikes: z.number(),
  itemSimilarity: z.number(),
  /** Weight of the ratings' popularity that no fact about the viewer's likes multiplies. Below 0 for little-known movies. */
  tilt: z.number(),
};
const weightsSchema = z.strictObject(weights);

/** The weights at one setting of `familiar`. */
const settingSchema = z.strictObject({ familiar: z.number().min(0).max(1), ...weights });

const knotSchema = z.strictObject({
  likes: z.int().positive(),
  settings: z
    .array(settingSchema)
    .min(1)
    .refine((settings) => settings.every((one, n) => n === 0 || one.familiar > settings[n - 1].familiar), '`familiar` must ascend'),
});

/** A knot of a release that was trained before `familiar`. */
const formerKnotSchema = z.strictObject({ likes: z.int().positive(), ...formerWeights });

/** The scores of a blend have the spread of content scores, so one tilt fits all releases that have none. */
const FORMER_TILT = 0.1;

const blendSchema = z
  .array(z.union([knotSchema, formerKnotSchema.transform(withSettings)]))
  .min(1)
  .refine((knots) => knots.every((knot, n) => n === 0 || knot.likes > knots[n - 1].likes), 'numbers of likes must ascend');

function withSettings({ likes, ...former }: z.infer<typeof formerKnotSchema>): z.infer<typeof knotSchema> {
  const settings = [0, 0.5, 1].map((familiar) => ({
    familiar,
    ...former,
    coLikes: 0,
    itemSimilarity: 0,
    tilt: (2 * familiar - 1) * FORMER_TILT,
  }));
  return { likes, settings };
}

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

/** Weights at some numbers of likes and settings of `familiar`, both ascending; see weightsAt. */
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
