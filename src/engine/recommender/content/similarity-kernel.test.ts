import { expect, test } from 'vitest';
import { seeded } from '../../../../pipeline/data/random.ts';
import { generatedMovies } from '../../../../test/generated-movies.ts';
import { releaseInMemory, shippedConfig } from '../../../../test/release-in-memory.ts';
import { readContentModel } from './content-model.ts';
import { SimilarityKernel, toSparseVector } from './similarity-kernel.ts';

test.each([0, 1, 3, 4, 5, 15, 16, 17, 31, 100])('both kernels give the same bits for %i rows', (count) => {
  const { features, normalizers, popularity } = readContentModel(
    releaseInMemory(generatedMovies(Math.max(count, 1)), shippedConfig('default')),
  );
  const kernel = new SimilarityKernel(features, normalizers, popularity);
  const random = seeded(7);
  const profile = toSparseVector(Float64Array.from({ length: features.columns }, () => (random() < 0.4 ? random() - 0.5 : 0)));
  const rows = Uint32Array.from({ length: count }, (_, i) => i);
  const byRow = kernel.dotsByRow(profile, rows).slice(0, count);
  const byColumn = kernel.dotsByColumn(profile).slice(0, count);
  expect(byColumn).toEqual(byRow);
  if (count > 1) expect(byRow.some((dot) => dot !== 0)).toBe(true);
});
