import { expect, test } from 'vitest';
import { ItemItemModel } from './item-item-model.ts';
import { likeScorerContract } from './like-scorer.contract.ts';

/** Weights: 0 -> 1: 2, 2: -1; 1 -> 0: 0.5; 2 -> 5: 3; 3 -> 1: 1, 2: 4; 4 -> 0: 1; 5: nothing. */
const itemItem = () =>
  ItemItemModel.ofRows({
    rows: 6,
    columns: 6,
    rowOffsets: Uint32Array.of(0, 2, 3, 4, 6, 7, 7),
    columnIndices: Uint16Array.of(1, 2, 0, 5, 1, 2, 0),
    values: Float32Array.of(2, -1, 0.5, 3, 1, 4, 1),
  });

likeScorerContract('item to item', itemItem);

test('an item-item score is the sum of the stored weights, by hand', () => {
  const out = new Float64Array(6);
  itemItem().score(Uint32Array.of(0, 3), out);
  expect([...out]).toEqual([0, 3, 3, 0, 0, 0]);
  expect([...itemItem().attributions(Uint32Array.of(0, 3, 5), 2)]).toEqual([-1, 4, 0]);
});

test('only movies with a weight are items, and the rows of the catalog come back', () => {
  const { items, weights } = itemItem();
  expect([...items]).toEqual([0, 1, 2, 3, 4, 5]);
  const sparse = ItemItemModel.ofRows({
    rows: 70_000,
    columns: 70_000,
    rowOffsets: Uint32Array.from({ length: 70_001 }, (_, row) => (row > 69_000 ? 2 : 0)),
    columnIndices: Uint32Array.of(5, 69_999),
    values: Float32Array.of(1, 2),
  });
  expect([...sparse.items]).toEqual([5, 69_000, 69_999]);
  expect(sparse.weights.columnIndices).toEqual(Uint16Array.of(0, 2));
  expect([...sparse.attributions(Uint32Array.of(69_000, 5, 69_001), 69_999)]).toEqual([2, 0, 0]);
  expect([...sparse.attributions(Uint32Array.of(69_000), 69_001)]).toEqual([0]);
  const rows = sparse.toRows();
  expect([rows.rows, rows.columns, rows.rowOffsets[69_000], rows.rowOffsets[69_001]]).toEqual([70_000, 70_000, 0, 2]);
  expect(rows.columnIndices).toEqual(Uint32Array.of(5, 69_999));
  expect(() => new ItemItemModel(9, items.slice(1), weights)).toThrow('6 rows and 6 columns of weights, expected 5 of both');
});

test('weights that are not square are refused', () => {
  const weights = { rows: 1, columns: 2, rowOffsets: Uint32Array.of(0, 0), columnIndices: new Uint16Array(0), values: new Float32Array(0) };
  expect(() => ItemItemModel.ofRows(weights)).toThrow('1 rows and 2 columns');
});
