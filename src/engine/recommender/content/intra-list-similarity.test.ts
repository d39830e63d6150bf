import { expect, test } from 'vitest';
import { generatedMovies } from '../../../../test/generated-movies.ts';
import { releaseInMemory, shippedConfig } from '../../../../test/release-in-memory.ts';
import type { Csr } from '../../linalg/csr.ts';
import { readContentModel } from './content-model.ts';
import { intraListSimilarity } from './intra-list-similarity.ts';

/** Rows (1, 0), (0, 1), (1, 0), (1, 1), nothing. */
const features: Csr = {
  rows: 5,
  columns: 2,
  rowOffsets: Uint32Array.of(0, 1, 2, 3, 5, 5),
  columnIndices: Uint16Array.of(0, 1, 0, 0, 1),
  values: Float32Array.of(1, 1, 1, 1, 1),
};
const model = { ...readContentModel(releaseInMemory(generatedMovies(5), shippedConfig('default'))), features };

test.each([
  ['one movie is like itself', [3], 1],
  ['two of the same features', [0, 2], 1],
  ['two with nothing in common: half the pairs are a movie with itself', [0, 1], 1 / 2],
  ['three, two of them the same: of nine pairs five', [0, 1, 2], 5 / 9],
  ['of different lengths: |(2, 1) / 2|² over (1 + 2) / 2', [0, 3], 5 / 6],
  ['without features there is nothing to compare', [4], 1],
  ['none', [], 1],
])('%s', (_, movies, expected) => {
  const zeros = new Float64Array(2);
  expect(intraListSimilarity(model, movies, zeros)).toBeCloseTo(expected, 12);
  expect(zeros).toEqual(new Float64Array(2));
});
