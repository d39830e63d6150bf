import { expect, test } from 'vitest';
import { toDense } from '../../../test/dense-rows.ts';
import type { LabelBlockConfig } from './feature-config.ts';
import { encodeLabels } from './label-block.ts';

const PLAIN: LabelBlockConfig = { kind: 'keywords', weight: 1, minDocumentFrequency: 1, idf: false, normalize: false, rankDecay: 0 };

function encode(labels: string[][], config: Partial<LabelBlockConfig> = {}) {
  const block = encodeLabels(labels, { ...PLAIN, ...config });
  return { labels: block.labels, rows: toDense(block.matrix) };
}

test('labels are columns in code-unit order, and a label that a movie repeats counts once', () => {
  expect(encode([['b', 'a', 'b'], ['B'], []])).toEqual({
    labels: ['B', 'a', 'b'],
    rows: [
      [0, 1, 1],
      [1, 0, 0],
      [0, 0, 0],
    ],
  });
});

test('a label of just as many movies as asked for is kept, and one of fewer is not', () => {
  expect(encode([['x', 'y', 'y'], ['x'], ['z']], { minDocumentFrequency: 2 }).labels).toEqual(['x']);
  expect(encode([['x', 'y'], ['x', 'y'], ['y']], { minDocumentFrequency: 3 }).labels).toEqual(['y']);
});

test('label r counts 1 / (1 + decay × r); ranks count repeated labels once and labels left out too', () => {
  const third = Math.fround(1 / 1.4);
  expect(
    encode(
      [
        ['a', 'a', 'rare', 'c'],
        ['c', 'a'],
      ],
      { rankDecay: 0.2, minDocumentFrequency: 2 },
    ),
  ).toEqual({
    labels: ['a', 'c'],
    rows: [
      [1, third],
      [Math.fround(1 / 1.2), 1],
    ],
  });
});

test('a rare label weighs ln((1 + movies) / (1 + df)) + 1', () => {
  const { rows } = encode([['a', 'b'], ['a'], ['a']], { idf: true });
  expect(rows[0]).toEqual([1, Math.fround(Math.log(4 / 2) + 1)]);
});

test('a row is scaled to norm 1 when asked for, and an empty row stays empty', () => {
  expect(encode([['a', 'b', 'c', 'd'], []], { normalize: true }).rows).toEqual([
    [0.5, 0.5, 0.5, 0.5],
    [0, 0, 0, 0],
  ]);
});
