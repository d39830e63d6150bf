import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { similarSchema } from '../../src/engine/recommender/hybrid/hybrid-config.ts';
import { parseConfig } from '../../src/engine/recommender/parse-config.ts';
import { CliError } from '../cli/cli-error.ts';

const itemChoice = { minLikes: z.int().nonnegative(), maxMovies: z.int().positive() };

const ratingWeights = z.strictObject({ neutral: z.number().nonnegative(), negative: z.number().nonnegative() });

const easeSchema = z.strictObject({
  ...itemChoice,
  regularization: z.number().positive(),
  dropout: z.number().nonnegative(),
  ratingWeights,
  userWeightExponent: z.number().nonnegative(),
  neighbours: z.int().positive(),
});

const rerankSchema = z.strictObject({
  hidden: z.int().min(1).max(64),
  epochs: z.int().positive(),
  learningRate: z.number().positive(),
  regularization: z.number().nonnegative(),
  /** Share of stratified NDCG@100 in the objective; the rest is NDCG@100. */
  stratified: z.number().min(0).max(1),
  seed: z.int(),
});

const schema = z.strictObject({
  itemKnn: z.strictObject({ ...itemChoice, neighbours: z.int().positive() }),
  ease: easeSchema,
  /** EASE for users with few known likes. The hybrid has both. */
  sparseProfileEase: easeSchema,
  coLikes: z.strictObject({
    ...itemChoice,
    userWeightExponent: z.number().nonnegative(),
    ratingWeights,
    prior: z.number().positive(),
    neighbours: z.int().positive(),
  }),
  ials: z.strictObject({
    ...itemChoice,
    embeddingSize: z.int().positive().multipleOf(8),
    epochs: z.int().positive(),
    unobservedWeight: z.number().positive(),
    regularization: z.number().positive(),
    regularizationExponent: z.number().nonnegative(),
    ratingWeights,
    initStd: z.number().positive(),
    seed: z.int(),
  }),
  /** The hybrid may use shorter vectors than iALS alone, because every request multiplies all of them. */
  hybrid: z.strictObject({ embeddingSize: z.int().positive().multipleOf(8) }),
  coldFactors: z.strictObject({
    regularization: z.number().positive(),
    itemWeightExponent: z.number(),
    intercept: z.number().nonnegative(),
    voteFeatures: z.number().nonnegative(),
    iterations: z.int().positive(),
    shrinkage: z.number().nonnegative(),
  }),
  similar: similarSchema,
  recentPopularity: z.strictObject({ halfLifeDays: z.number().positive() }),
  /** The learned second look. Left out: it is not trained. */
  rerank: rerankSchema.optional(),
});

/** Hyper-parameters of all models that are trained on ratings. */
export type RatingsModelsConfig = z.infer<typeof schema>;

/** The second look of --rerank, when the config does not state it. Chosen on validation users; see docs/research/evaluation.md. */
const DEFAULT_RERANK: z.infer<typeof rerankSchema> = {
  hidden: 24,
  epochs: 8,
  learningRate: 0.003,
  regularization: 0.0001,
  stratified: 0.4,
  seed: 1,
};

/** The config with a second look. */
export function withRerank(config: RatingsModelsConfig): RatingsModelsConfig {
  return { ...config, rerank: config.rerank ?? DEFAULT_RERANK };
}

/** Former name of each renamed key. A name means the same at every place of the config. */
const FORMER_KEYS: Readonly<Record<string, string>> = {
  sparseProfileEase: 'fewLikes',
  ratingWeights: 'lesser',
  neutral: 'middling',
  negative: 'low',
  userWeightExponent: 'activity',
  regularizationExponent: 'exponent',
  initStd: 'deviation',
  itemWeightExponent: 'confidence',
  voteFeatures: 'reception',
  shrinkage: 'priorLikes',
};

const DEFAULT = new URL('../config/ratings-models.json', import.meta.url);

/** Reads the config strictly: an unknown key is an error. The error of a renamed key names the new key. */
export async function readRatingsModelsConfig(path: string | URL = DEFAULT): Promise<RatingsModelsConfig> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new CliError(`${path}: there is no such config`, { cause });
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new CliError(`${path}: not JSON`, { cause });
  }
  const renamed = renamedKeysIn(value);
  if (renamed.length > 0) {
    const changes = renamed.map(({ place, to }) => `${place} is now ${to}`);
    throw new CliError(`${path}: renamed keys, write the new names: ${changes.join('; ')}`);
  }
  try {
    return parseConfig(schema, value, String(path));
  } catch (cause) {
    throw cause instanceof RangeError ? new CliError(cause.message, { cause }) : cause;
  }
}

/** The text that is hashed into a version. It has the former keys, so that renaming a key does not make a trained release stale. */
export function fingerprintText(config: RatingsModelsConfig): string {
  return JSON.stringify(withFormerKeys(config));
}

function withFormerKeys(value: unknown): unknown {
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [FORMER_KEYS[key] ?? key, withFormerKeys(inner)]));
}

function renamedKeysIn(value: unknown, path: readonly string[] = []): { place: string; to: string }[] {
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const place = [...path, key];
    const to = Object.keys(FORMER_KEYS).find((name) => FORMER_KEYS[name] === key);
    return [...(to === undefined ? [] : [{ place: place.join('.'), to }]), ...renamedKeysIn(inner, place)];
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
