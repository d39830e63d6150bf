import { ArtifactError } from '../../artifacts/artifact-error.ts';
import type { ModelRelease } from '../../artifacts/model-release.ts';
import type { SectionArray } from '../../artifacts/section-file.ts';
import { csrProblem, indexArray } from '../../linalg/csr.ts';
import { ItemItemModel } from './item-item-model.ts';

/**
 * A model as sections `NAME.*`: `items` are the movies that have any weight (MovieIndex, ascending), and the other sections are the weights
 * between those movies as sparse rows. With up to 65,536 such movies a column index takes two bytes, however large the catalog is.
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

/**
 * The model in the sections `NAME.*` of a verified release. Throws an ArtifactError when the sections do not fit together or do not fit
 * `movies`.
 */
export function readItemItem(release: ModelRelease, name: string, movies: number): ItemItemModel {
  const items = release.get(`${name}.items`, 'u32');
  const compact = {
    rows: items.length,
    columns: items.length,
    rowOffsets: release.get(`${name}.rowOffsets`, 'u32'),
    columnIndices: release.get(`${name}.columnIndices`, 'u16', 'u32'),
    values: release.get(`${name}.values`, 'f32'),
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
