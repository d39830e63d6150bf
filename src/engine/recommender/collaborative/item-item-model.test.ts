import { expect, test } from 'vitest';
import { ItemItemModel } from './item-item-model.ts';
import { likeScorerContract } from './like-scorer.contract.ts';

/** Weights: 0 -> 1: 2, 2: -1; 1 -> 0: 0.5; 2 -> 5: 3; 3 -> 1: 1, 2: 4; 4 -> 0: 1; 5: nothing. */
const itemItem = () =>
  new ItemItemModel({
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

test('weights that are not square are refused', () => {
  const weights = { rows: 1, columns: 2, rowOffsets: Uint32Array.of(0, 0), columnIndices: new Uint16Array(0), values: new Float32Array(0) };
  expect(() => new ItemItemModel(weights)).toThrow('1 rows and 2 columns');
});
