import { z } from 'zod';

const weight = z.number().nonnegative();

const textBlock = z.strictObject({
  kind: z.literal('text'),
  weight,
  /** The terms with the highest total count that are kept. */
  maxFeatures: z.int().positive(),
  ngrams: z.union([z.literal(1), z.literal(2)]),
  minDocumentFrequency: z.int().positive(),
  /** Term counts as 1 + ln(count). */
  sublinear: z.boolean(),
});

const labelBlock = z.strictObject({
  kind: z.enum(['genres', 'keywords', 'directors', 'cast', 'language', 'certification', 'title']),
  weight,
  minDocumentFrequency: z.int().positive(),
  /** Rare labels weigh more: ln((1 + n) / (1 + df)) + 1, as in TF-IDF. */
  idf: z.boolean(),
  /** Each movie's labels scaled to length 1, then weighted. */
  normalize: z.boolean(),
  /** Label r of a movie (from 0) counts 1 / (1 + rankDecay × r): billing order in a cast. */
  rankDecay: z.number().nonnegative().default(0),
});

const eraBlock = z.strictObject({
  kind: z.literal('era'),
  weight,
  /** Years between the centres of neighbouring bins; a movie belongs to the bins less than two such steps away, more to nearer ones. */
  step: z.number().positive(),
});

const numberBlock = z.strictObject({
  kind: z.literal('zscore'),
  weight,
  field: z.enum(['year', 'runtime']),
});

const popularityWeights = z.strictObject({
  forYou: weight,
  trending: weight,
  /** In FOR_YOU when nothing is known of the viewer's taste. */
  withoutTaste: weight,
  similar: weight,
});

export const featureConfigSchema = z.strictObject({
  name: z.string().min(1),
  seed: z.int(),
  blocks: z.array(z.discriminatedUnion('kind', [textBlock, labelBlock, eraBlock, numberBlock])).min(1),
  /**
   * What a movie's similarity is divided by. `cosine`: the length of its row. `fixed`: the length of a row that has every block, so that
   * a movie of which little is known is not taken for a perfect match of the little.
   */
  similarity: z.enum(['cosine', 'fixed']),
  profile: z.strictObject({ likes: weight, genres: weight, dislikes: weight }),
  popularity: popularityWeights,
  /** Maximal marginal relevance (Carbonell and Goldstein 1998) over the `pool` best: 1 is relevance alone. */
  diversity: z.strictObject({ relevance: z.number().min(0).max(1), pool: z.int().min(1).max(1000) }),
});

export type FeatureConfig = z.infer<typeof featureConfigSchema>;
export type BlockConfig = FeatureConfig['blocks'][number];
export type TextBlockConfig = z.infer<typeof textBlock>;
export type LabelBlockConfig = z.infer<typeof labelBlock>;

/** Checks a config strictly (an unknown key is an error); throws a RangeError that lists every problem with its path. */
export function parseFeatureConfig(value: unknown, source: string): FeatureConfig {
  const result = featureConfigSchema.safeParse(value);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => `${issue.path.join('.') || '(root)'}: ${issue.message}`);
  throw new RangeError(`${source}: ${problems.join('; ')}`);
}
