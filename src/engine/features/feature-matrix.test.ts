import { describe, expect, test } from 'vitest';
import { toDense } from '../../../test/dense-rows.ts';
import { FIXTURE_MOVIES } from '../../../test/fixture-movies.ts';
import type { CatalogRow } from './catalog-row.ts';
import type { BlockConfig } from './feature-config.ts';
import { buildFeatureMatrix } from './feature-matrix.ts';

const movie = (fields: Partial<CatalogRow>): CatalogRow => ({ ...FIXTURE_MOVIES[0], ...fields });

/** The matrix of one block, row by row, with the names of its columns. */
function encode(movies: readonly CatalogRow[], ...blocks: BlockConfig[]) {
  const { matrix, blocks: fitted } = buildFeatureMatrix(movies, { blocks });
  return { rows: toDense(matrix), names: fitted.flatMap(({ names }) => names), fitted, matrix };
}

const LABELS = { weight: 1, minDocumentFrequency: 1, idf: false, normalize: false, rankDecay: 0 } as const;
const TEXT = { kind: 'text', weight: 1, maxFeatures: 100, ngrams: 1, minDocumentFrequency: 1, sublinear: false } as const;

describe('the feature matrix', () => {
  test('takes the words of the title for a movie without an overview, and only for such a movie', () => {
    const movies = [movie({ title: 'Metropolis', overview: '' }), movie({ title: 'Vertigo', overview: 'A detective' })];
    expect(encode(movies, TEXT).names).toEqual(['detective', 'metropolis']);
  });

  test('has an empty row for an unknown language or certification', () => {
    const movies = [movie({ originalLanguage: '', certification: '' }), movie({ originalLanguage: 'fr', certification: 'PG' })];
    const { rows, names } = encode(movies, { kind: 'language', ...LABELS }, { kind: 'certification', ...LABELS });
    expect(names).toEqual(['fr', 'PG']);
    expect(rows).toEqual([
      [0, 0],
      [1, 1],
    ]);
  });

  test('has blocks side by side, each multiplied by its weight, and says where each begins', () => {
    const movies = [
      movie({ genres: ['War', 'Drama'], title: 'Ran', keywords: [] }),
      movie({ genres: [], title: 'Heat', keywords: ['heist'] }),
    ];
    const { rows, fitted } = encode(
      movies,
      { kind: 'genres', ...LABELS, weight: 0.5 },
      { kind: 'keywords', ...LABELS, weight: 2 },
      { kind: 'title', ...LABELS, weight: 3 },
    );
    expect(fitted.map(({ kind, start, columns, names }) => [kind, start, columns, names])).toEqual([
      ['genres', 0, 2, ['Drama', 'War']],
      ['keywords', 2, 1, ['heist']],
      ['title', 3, 2, ['heat', 'ran']],
    ]);
    expect(fitted.map(({ parameters }) => parameters.length)).toEqual([0, 0, 0]);
    expect(rows).toEqual([
      [0.5, 0.5, 0, 0, 3],
      [0, 0, 2, 3, 0],
    ]);
  });

  test('keeps 32 bits for a column from 65,537 columns on', () => {
    const keywords = Array.from({ length: 65_536 }, (_, n) => `k${String(n).padStart(5, '0')}`);
    const wide = (last: string[]) => encode([movie({ keywords: [...keywords, ...last] })], { kind: 'keywords', ...LABELS }).matrix;
    expect(wide([]).columnIndices).toBeInstanceOf(Uint16Array);
    expect(wide(['z'])).toMatchObject({ columns: 65_537, columnIndices: expect.any(Uint32Array) });
    expect(wide(['z']).columnIndices[65_536]).toBe(65_536);
  });

  describe('of a z-score', () => {
    const RUNTIME = { kind: 'zscore', weight: 1, field: 'runtime' } as const;

    test('uses the deviation of the population, and the mean for an unknown value', () => {
      const { rows, fitted } = encode([movie({ runtime: 80 }), movie({ runtime: 120 }), movie({ runtime: null })], RUNTIME);
      expect([...fitted[0].parameters]).toEqual([100, 20]);
      expect(rows).toEqual([[-1], [1], [0]]);
    });

    test('is empty for a constant column, and without any value', () => {
      for (const [runtime, mean] of [
        [90, 90],
        [null, 0],
      ] as const) {
        const { matrix, fitted } = encode([movie({ runtime }), movie({ runtime })], RUNTIME);
        expect([...fitted[0].parameters]).toEqual([mean, 1]);
        expect([...matrix.rowOffsets]).toEqual([0, 0, 0]);
      }
    });
  });

  describe('of eras', () => {
    const ERA = { kind: 'era', weight: 1, step: 5 } as const;
    const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, value, i) => sum + value * b[i], 0);

    test('has bins from the one before the first year to the one after the last', () => {
      expect(encode([movie({ year: 1990 }), movie({ year: 2001 })], ERA).names).toEqual(['1985', '1990', '1995', '2000', '2005', '2010']);
      expect(encode([movie({ year: null })], ERA)).toMatchObject({ names: [], rows: [[]] });
    });

    test('has the memberships of the formula, scaled to norm 1', () => {
      const [row] = encode([movie({ year: 1990 }), movie({ year: 2000 })], ERA).rows;
      const norm = Math.hypot(0.5, 1, 0.5);
      expect(row).toEqual([0.5 / norm, 1 / norm, 0.5 / norm, 0, 0].map((value) => Math.fround(value)));
    });

    test('makes two years the less alike the further they are apart, and unlike from four steps on', () => {
      const [first, ...later] = encode(
        [1994, 1999, 2004, 2009, 2014].map((year) => movie({ year })),
        ERA,
      ).rows;
      expect(later).toHaveLength(4);
      const likeness = later.map((row) => dot(first, row));
      expect(likeness[0]).toBeGreaterThan(likeness[1]);
      expect(likeness[1]).toBeGreaterThan(likeness[2]);
      expect(likeness[2]).toBeGreaterThan(0);
      expect(likeness[3]).toBe(0);
    });

    test('leaves the row of an unknown year empty', () => {
      expect(encode([movie({ year: null }), movie({ year: 2000 })], ERA).rows[0]).toEqual([0, 0, 0]);
    });
  });
});
