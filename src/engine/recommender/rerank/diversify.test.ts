import { expect, test } from 'vitest';
import { generatedMovies } from '../../../../test/generated-movies.ts';
import { releaseInMemory, shippedConfig } from '../../../../test/release-in-memory.ts';
import type { Csr } from '../../linalg/csr.ts';
import { type ContentModel, readContentModel } from '../content/content-model.ts';
import { diverseOrder, diversify } from './diversify.ts';

/** Rows (1, 0), (2, 0), (1, 1), (0, 1), nothing. */
const features: Csr = {
  rows: 5,
  columns: 2,
  rowOffsets: Uint32Array.of(0, 1, 2, 4, 5, 5),
  columnIndices: Uint16Array.of(0, 0, 0, 1, 1),
  values: Float32Array.of(1, 2, 1, 1, 1),
};
const base = { ...readContentModel(releaseInMemory(generatedMovies(5), shippedConfig('default'))), features };
const rows = Uint32Array.of(0, 1, 2, 3, 4);
const scores = Float64Array.of(1, 0.9, 0.8, 0.5, 0.1);

function withDiversity(relevance: number, pool: number): ContentModel {
  return { ...base, config: { ...base.config, diversity: { relevance, pool } } };
}

test('takes the largest relevance minus the largest cosine with a movie already taken, by hand', () => {
  // With relevance 0.5, after movie 0: 0.45 - 0.5, 0.4 - 0.5 √½, 0.25 - 0, 0.05 - 0; so 3. Then 0.4 - 0.5 √½ = 0.046 for 2 and 0.05 for 4; so 4.
  expect(diversify(base, rows, scores, 5, 0.5)).toEqual([0, 3, 4, 2, 1]);
});

test('keeps the order of the scores with a relevance of 1', () => {
  expect(diversify(base, rows, scores, 5, 1)).toEqual([0, 1, 2, 3, 4]);
});

test('a larger limit extends the same order', () => {
  const whole = diversify(base, rows, scores, 5, 0.5);
  for (let limit = 0; limit < 7; limit++) expect(diversify(base, rows, scores, limit, 0.5)).toEqual(whole.slice(0, limit));
});

test('movies behind the pool keep their ranks', () => {
  const ranked = { indices: rows, scores };
  expect([...diverseOrder(withDiversity(0.5, 4), ranked, 5)]).toEqual([0, 3, 2, 1, 4]);
  expect([...diverseOrder(withDiversity(0.5, 2), ranked, 5)]).toEqual([0, 1, 2, 3, 4]);
});
