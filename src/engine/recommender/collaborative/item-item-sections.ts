import { ArtifactError } from '../../artifacts/artifact-error.ts';
import type { ModelRelease } from '../../artifacts/model-release.ts';
import type { SectionArray } from '../../artifacts/section-file.ts';
import { csrProblem } from '../../linalg/csr.ts';
import { ItemItemModel } from './item-item-model.ts';

/** A model as sections `NAME.*`: its items and the weights between them, as sparse rows. */
export function itemItemSections(name: string, { items, weights }: ItemItemModel): Record<string, SectionArray> {
  return {
    [`${name}.items`]: items,
    [`${name}.rowOffsets`]: weights.rowOffsets,
    [`${name}.columnIndices`]: weights.columnIndices,
    [`${name}.values`]: weights.values,
  };
}

/**
 * The model in the sections `NAME.*` of a verified release, as views of them. Throws an ArtifactError when the sections do not fit together
 * or do not fit `movies`.
 */
export function readItemItem(release: ModelRelease, name: string, movies: number): ItemItemModel {
  const items = release.get(`${name}.items`, 'u32');
  const weights = {
    rows: items.length,
    columns: items.length,
    rowOffsets: release.get(`${name}.rowOffsets`, 'u32'),
    columnIndices: release.get(`${name}.columnIndices`, 'u16', 'u32'),
    values: release.get(`${name}.values`, 'f32'),
  };
  const problem = csrProblem(weights) ?? itemsProblem(items, movies);
  if (problem !== undefined) throw new ArtifactError(`section ${name}: ${problem}`);
  return new ItemItemModel(movies, items, weights);
}

function itemsProblem(items: Uint32Array, movies: number): string | undefined {
  for (let n = 0; n < items.length; n++) {
    if (items[n] >= movies || (n > 0 && items[n] <= items[n - 1]))
      return `items: ${items[n]} at place ${n}, expected to ascend below ${movies}`;
  }
  return undefined;
}
