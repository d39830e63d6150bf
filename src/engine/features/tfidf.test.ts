import { expect, test } from 'vitest';
import type { TextBlockConfig } from './feature-config.ts';
import { fitTfIdf } from './tfidf.ts';

const config: TextBlockConfig = { kind: 'text', weight: 1, maxFeatures: 100, ngrams: 1, minDocumentFrequency: 1, sublinear: false };
const documents = ['robot robot love', 'love story', ''];

function rowsOf({ matrix, terms }: ReturnType<typeof fitTfIdf>): Record<string, number>[] {
  return Array.from({ length: matrix.rows }, (_, i) => {
    const row: Record<string, number> = {};
    for (let p = matrix.rowOffsets[i]; p < matrix.rowOffsets[i + 1]; p++) row[terms[matrix.columnIndices[p]]] = matrix.values[p];
    return row;
  });
}

test('weights are tf × (ln((1 + n) / (1 + df)) + 1), rows of length 1', () => {
  const fitted = fitTfIdf(documents, config);
  expect(fitted.terms).toEqual(['love', 'robot', 'story']);
  const [love, robot] = [Math.log(4 / 3) + 1, Math.log(4 / 2) + 1];
  expect(fitted.idf[0]).toBeCloseTo(love, 12);
  expect(fitted.idf[1]).toBeCloseTo(robot, 12);
  const [first, , empty] = rowsOf(fitted);
  const length = Math.hypot(love, 2 * robot);
  expect(first.love).toBeCloseTo(love / length, 6);
  expect(first.robot).toBeCloseTo((2 * robot) / length, 6);
  expect(empty).toEqual({});
});

test('sublinear counts a term 1 + ln(count)', () => {
  const [first] = rowsOf(fitTfIdf(documents, { ...config, sublinear: true }));
  const [love, robot] = [Math.log(4 / 3) + 1, (1 + Math.log(2)) * (Math.log(2) + 1)];
  expect(first.robot / first.love).toBeCloseTo(robot / love, 5);
});

test('the most frequent terms are kept, and only those in enough documents', () => {
  const counted = ['zebra zebra love', 'zebra story love'];
  expect(fitTfIdf(counted, { ...config, maxFeatures: 1 }).terms).toEqual(['zebra']);
  expect(fitTfIdf(counted, { ...config, maxFeatures: 2 }).terms).toEqual(['love', 'zebra']);
  expect(fitTfIdf(documents, { ...config, minDocumentFrequency: 2 }).terms).toEqual(['love']);
  const none = fitTfIdf(documents, { ...config, minDocumentFrequency: 3 });
  expect([none.terms, none.matrix.values.length, none.matrix.rows]).toEqual([[], 0, 3]);
});
