import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { similarSchema } from '../../src/engine/recommender/hybrid/hybrid-config.ts';
import { CliError } from '../cli/cli-error.ts';

const choice = { minLikes: z.int().nonnegative(), maxMovies: z.int().positive() };

const lesser = z.strictObject({ middling: z.number().nonnegative(), low: z.number().nonnegative() });

const easeSchema = z.strictObject({
  ...choice,
  regularization: z.number().positive(),
  dropout: z.number().nonnegative(),
  lesser,
  activity: z.number().nonnegative(),
  neighbours: z.int().positive(),
});

const schema = z.strictObject({
  itemKnn: z.strictObject({ ...choice, neighbours: z.int().positive() }),
  ease: easeSchema,
  /** EASE for who has told little: a part of the hybrid beside the other one. */
  fewLikes: easeSchema,
  ials: z.strictObject({
    ...choice,
    embeddingSize: z.int().positive().multipleOf(8),
    epochs: z.int().positive(),
    unobservedWeight: z.number().positive(),
    regularization: z.number().positive(),
    exponent: z.number().nonnegative(),
    lesser,
    deviation: z.number().positive(),
    seed: z.int(),
  }),
  /** The vectors of a hybrid may be shorter than those of iALS alone: every request multiplies all of them. */
  hybrid: z.strictObject({ embeddingSize: z.int().positive().multipleOf(8) }),
  coldFactors: z.strictObject({
    regularization: z.number().positive(),
    confidence: z.number(),
    intercept: z.number().nonnegative(),
    reception: z.number().nonnegative(),
    iterations: z.int().positive(),
    priorLikes: z.number().nonnegative(),
  }),
  similar: similarSchema,
  recentPopularity: z.strictObject({ halfLifeDays: z.number().positive() }),
});

/** The hyper-parameters of every model that learns from ratings. */
export type RatingsModelsConfig = z.infer<typeof schema>;

const DEFAULT = new URL('../config/ratings-models.json', import.meta.url);

/** Reads the config strictly: an unknown key is an error. */
export async function readRatingsModelsConfig(path: string | URL = DEFAULT): Promise<RatingsModelsConfig> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new CliError(`${path}: there is no such config`, { cause });
  });
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    if (!(cause instanceof z.ZodError)) throw new CliError(`${path}: is not JSON`, { cause });
    throw new CliError(`${path}: ${cause.issues.map((issue) => `${issue.path.join('.') || '(root)'}: ${issue.message}`).join('; ')}`, {
      cause,
    });
  }
}
