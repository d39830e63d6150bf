import { z } from 'zod';

const weight = z.number().nonnegative();

const textBlock = z.strictObject({
  kind: z.literal('text'),
  weight,
  /** This many terms are kept, those with the highest total count. */
  maxFeatures: z.int().positive(),
  ngrams: z.union([z.literal(1), z.literal(2)]),
  /** A term in fewer movies is left out. */
  minDocumentFrequency: z.int().positive(),
  /** A term that occurs n times in a document counts 1 + ln(n) instead of n. */
  sublinear: z.boolean(),
});

const labelBlock = z.strictObject({
  kind: z.enum(['genres', 'keywords', 'directors', 'cast', 'language', 'certification', 'title']),
  weight,
  /** A label of fewer movies is left out. */
  minDocumentFrequency: z.int().positive(),
  /** Multiplies each label by ln((1 + n) / (1 + df)) + 1, as in TF-IDF, so rare labels weigh more. */
  idf: z.boolean(),
  /** Scales each movie's labels to norm 1 before the block's weight is applied. */
  normalize: z.boolean(),
  /** Label r of a movie, from 0, is divided by 1 + rankDecay × r. For casts, whose order is the billing order. */
  rankDecay: z.number().nonnegative().default(0),
});

const eraBlock = z.strictObject({
  kind: z.literal('era'),
  weight,
  /** Years between the centres of neighbouring bins. A movie belongs to the bins less than two steps away; see `encodeEra`. */
  step: z.number().positive(),
});

const numberBlock = z.strictObject({
  kind: z.literal('zscore'),
  weight,
  field: z.enum(['year', 'runtime']),
});

/** Blocks of columns, from left to right. Each block's values are multiplied by its `weight`. */
export const blocksSchema = z.array(z.discriminatedUnion('kind', [textBlock, labelBlock, eraBlock, numberBlock])).min(1);

export type BlockConfig = z.infer<typeof blocksSchema>[number];
export type TextBlockConfig = z.infer<typeof textBlock>;
export type LabelBlockConfig = z.infer<typeof labelBlock>;

/** The blocks of a feature row. */
export interface FeatureConfig {
  blocks: BlockConfig[];
}
