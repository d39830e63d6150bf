import { ArtifactError } from '../../artifacts/artifact-error.ts';
import type { ModelRelease } from '../../artifacts/model-release.ts';
import type { SectionArray } from '../../artifacts/section-file.ts';
import { csrProblem, indexArray } from '../../linalg/csr.ts';
import { ItemItemModel } from './item-item-model.ts';

/**
 * Weights as sections `NAME.*`: the movies that have any (`items`, rows of the catalogue, ascending), and the weights between them as sparse rows. With up to 65,536
 * such movies a column takes two bytes however large the catalogue is.
 */
export function itemItemSections(name: string, { weights }: ItemItemModel): Record<string, SectionArray> {
  const { rows, rowOffsets, columnIndices, values } = weights;
  const itemOf = new Int32Array(rows).fill(-1);
  for (let row = 0; row < rows; row++) if (rowOffsets[row + 1] > rowOffsets[row]) itemOf[row] = 0;
  for (let p = 0; p < columnIndices.length; p++) itemOf[columnIndices[p]] = 0;
  const items = Uint32Array.from(itemOf.keys()).filter((row) => itemOf[row] === 0);
  const offsets = new Uint32Array(items.length + 1);
  items.forEach((row, item) => {
    itemOf[row] = item;
    offsets[item + 1] = rowOffsets[row + 1];
  });
  const columns = indexArray(items.length, columnIndices.length);
  for (let p = 0; p < columns.length; p++) columns[p] = itemOf[columnIndices[p]];
  return { [`${name}.items`]: items, [`${name}.rowOffsets`]: offsets, [`${name}.columnIndices`]: columns, [`${name}.values`]: values };
}

/** The weights of a verified set, for a catalogue of so many movies; an ArtifactError when the parts do not fit together. */
export function readItemItem(set: ModelRelease, name: string, movies: number): ItemItemModel {
  const items = set.get(`${name}.items`, 'u32');
  const compact = {
    rows: items.length,
    columns: items.length,
    rowOffsets: set.get(`${name}.rowOffsets`, 'u32'),
    columnIndices: set.get(`${name}.columnIndices`, 'u16', 'u32'),
    values: set.get(`${name}.values`, 'f32'),
  };
  const problem = csrProblem(compact) ?? itemsProblem(items, movies);
  if (problem !== undefined) throw new ArtifactError(`section ${name}: ${problem}`);
  const rowOffsets = new Uint32Array(movies + 1);
  for (let item = 0, row = 0; row < movies; row++) {
    if (items[item] === row) item++;
    rowOffsets[row + 1] = compact.rowOffsets[item];
  }
  const columnIndices = indexArray(movies, compact.columnIndices.length);
  for (let p = 0; p < columnIndices.length; p++) columnIndices[p] = items[compact.columnIndices[p]];
  return new ItemItemModel({ rows: movies, columns: movies, rowOffsets, columnIndices, values: compact.values });
}

function itemsProblem(items: Uint32Array, movies: number): string | undefined {
  for (let n = 0; n < items.length; n++) {
    if (items[n] >= movies || (n > 0 && items[n] <= items[n - 1]))
      return `items: ${items[n]} at place ${n}, expected to ascend below ${movies}`;
  }
  return undefined;
}
