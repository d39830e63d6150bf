import { describe, expect, test } from 'vitest';
import { seeded } from '../../../../pipeline/data/random.ts';
import { generatedMovies } from '../../../../test/generated-movies.ts';
import { releaseInMemory, shippedConfig } from '../../../../test/release-in-memory.ts';
import { readContentModel } from '../content/content-model.ts';
import { SimilarityKernel } from '../content/similarity-kernel.ts';
import { RowBounds } from './row-bounds.ts';

/** No multiple of the rows that a pass takes at a time. */
const COUNT = 1003;
const random = seeded(5);
const column = (): Float32Array => Float32Array.from({ length: COUNT }, () => random());
const { features, normalizers, popularity } = readContentModel(releaseInMemory(generatedMovies(COUNT), shippedConfig('default')));
const kernel = new SimilarityKernel(features, normalizers, popularity);
const [norms, scaledNorms, x, y] = [column(), column(), column(), column()];
const bounds = new RowBounds(kernel, norms, scaledNorms, [x, y]);
const everyRow = Uint32Array.from({ length: COUNT }, (_, row) => row);

describe.each([
  ['all rows', everyRow],
  ['all but a few', everyRow.filter((row) => ![0, 1, 500, 1002].includes(row))],
  ['every other one', everyRow.filter((row) => row % 2 === 1)],
  ['few', everyRow.filter((row) => row % 10 === 3)],
  ['none', everyRow.subarray(0, 0)],
])('bounds of %s', (_, rows) => {
  const prepared = (): void => {
    bounds.blend(rows, 2, -0.5);
    bounds.begin(rows);
  };

  test('begin with a blend of two columns', () => {
    prepared();
    for (const row of rows) expect(bounds.baseScores[row]).toBe(2 * x[row] - 0.5 * y[row]);
  });

  test('find the largest base scores', () => {
    prepared();
    const expected = [...rows].sort((a, b) => bounds.baseScores[b] - bounds.baseScores[a] || a - b).slice(0, 30);
    expect([...bounds.largest(rows, 30)]).toEqual(expected);
  });

  test('find the largest upper bounds', () => {
    prepared();
    const bound = { similarity: 0, deferred: 0.3, scaled: 0.2 };
    const upperBound = (row: number): number => bounds.baseScores[row] + 0.3 * norms[row] + 0.2 * scaledNorms[row];
    const expected = [...rows].sort((a, b) => upperBound(b) - upperBound(a) || a - b).slice(0, 30);
    expect([...bounds.largest(rows, 30, bound)]).toEqual(expected);
  });

  test.each([
    ['alone', false],
    ['and dot products', true],
  ])('leave out rows that cannot reach a threshold, by norms %s', (_, hasDots) => {
    prepared();
    const dots = new Float64Array(kernel.dotsMemory.buffer, 0, COUNT);
    dots.forEach((_, row) => {
      dots[row] = random() - 0.5;
    });
    const upperBound = (row: number): number =>
      bounds.baseScores[row] + 0.3 * norms[row] + 0.2 * scaledNorms[row] + (hasDots ? (0.7 * dots[row]) / normalizers[row] : 0);
    const threshold = 1.2;
    const known = hasDots ? { dots, scale: 0.7, ofAllRows: true } : undefined;
    const found = [...bounds.reaching(rows, { similarity: 0, deferred: 0.3, scaled: 0.2 }, threshold, known)];
    expect(found).toEqual([...rows].filter((row) => upperBound(row) >= threshold));
    // A bound of similarity lets more rows pass, never fewer.
    const more = [...bounds.reaching(rows, { similarity: 0.1, deferred: 0.3, scaled: 0.2 }, threshold, known)];
    expect(more).toEqual(expect.arrayContaining(found));
    expect(more.every((row) => rows.includes(row))).toBe(true);
  });

  test('take no row with a dot product of another profile', () => {
    prepared();
    const dots = new Float64Array(kernel.dotsMemory.buffer, 0, COUNT).fill(1e9);
    const some = rows.subarray(0, Math.ceil(rows.length * 0.9));
    for (const row of some) dots[row] = 0;
    const found = bounds.reaching(some, { similarity: 0, deferred: 0, scaled: 0 }, 0, { dots, scale: 1, ofAllRows: false });
    expect([...found].every((row) => some.includes(row))).toBe(true);
  });
});
