import { expect, test } from 'vitest';
import { blocksSchema } from './feature-config.ts';

const TEXT = { kind: 'text', weight: 1, maxFeatures: 1, ngrams: 2, minDocumentFrequency: 1, sublinear: true };
const LABELS = { weight: 0, minDocumentFrequency: 1, idf: false, normalize: false, rankDecay: 0 };
const KINDS = ['genres', 'keywords', 'directors', 'cast', 'language', 'certification', 'title'];

test.each([
  TEXT,
  { ...TEXT, ngrams: 1 },
  ...KINDS.map((kind) => ({ kind, ...LABELS })),
  { kind: 'era', weight: 1, step: 0.5 },
  { kind: 'zscore', weight: 1, field: 'year' },
  { kind: 'zscore', weight: 1, field: 'runtime' },
])('a block may be %j', (block) => {
  expect(blocksSchema.parse([block])).toEqual([block]);
});

test('a block of labels needs no decay', () => {
  const { rankDecay, ...labels } = LABELS;
  expect(blocksSchema.parse([{ kind: 'cast', ...labels }])).toEqual([{ kind: 'cast', ...labels, rankDecay }]);
});

test.each([
  { ...TEXT, weight: -0.1 },
  { ...TEXT, maxFeatures: 0 },
  { ...TEXT, ngrams: 3 },
  { ...TEXT, minDocumentFrequency: 0 },
  { kind: 'cast', ...LABELS, minDocumentFrequency: 0 },
  { kind: 'cast', ...LABELS, rankDecay: -0.1 },
  { kind: 'era', weight: 1, step: 0 },
  { kind: 'zscore', weight: 1, field: 'budget' },
  { kind: 'plot', ...LABELS },
])('a block may not be %j', (block) => {
  expect(blocksSchema.safeParse([block]).success).toBe(false);
});

test('there is at least one block', () => {
  expect(blocksSchema.safeParse([]).success).toBe(false);
});
