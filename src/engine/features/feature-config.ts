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

/** The blocks of a feature row, in the order of their columns. */
export const blocksSchema = z.array(z.discriminatedUnion('kind', [textBlock, labelBlock, eraBlock, numberBlock])).min(1);

export type BlockConfig = z.infer<typeof blocksSchema>[number];
export type TextBlockConfig = z.infer<typeof textBlock>;
export type LabelBlockConfig = z.infer<typeof labelBlock>;

/** What feature rows are made of. */
export interface FeatureConfig {
  blocks: BlockConfig[];
}
