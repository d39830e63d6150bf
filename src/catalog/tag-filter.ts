import type { CatalogColumns, Tagging } from '../engine/artifacts/catalog-columns.ts';
import type { Bitset } from '../engine/linalg/bitset.ts';
import { checkLength, MAX_TAGS } from '../list-caps.ts';
import { personIdAt } from './credit.ts';

/** Columns whose labels are too many for an index. They are found by their exact spelling. */
export type TagColumn = 'keywords' | 'collections' | 'directors' | 'cast' | 'people';

/** Keeps movies with at least one of these labels, whichever column it is of. Without labels it keeps none. */
export type TagFilter = readonly { column: TagColumn; labels: readonly number[] }[];

/** Tags as a caller writes them. What is null, left out or empty restricts nothing. */
export interface TagArguments {
  /** Names, or TMDb's ids in digits. */
  people?: readonly string[] | null | undefined;
  keywords?: readonly string[] | null | undefined;
  collections?: readonly string[] | null | undefined;
}

/** The filters for these tags, each of which must pass. A tag that no movie has keeps none. An InputError names the field. */
export function readTagFilters(columns: CatalogColumns, { people, keywords, collections }: TagArguments, argument: string): TagFilter[] {
  const filters: TagFilter[] = [];
  const stated = (field: string, names: readonly string[] | null | undefined): names is readonly string[] => {
    checkLength(`${argument}.${field}`, names ?? [], MAX_TAGS);
    return names !== null && names !== undefined && names.length > 0;
  };
  if (stated('people', people)) {
    const ids = new Set(people.filter((text) => /^\d{1,10}$/.test(text)).map(Number));
    filters.push([
      { column: 'people', labels: labelsOfPeople(columns.people, ids) },
      { column: 'directors', labels: labelsNamed(columns.directors, people) },
      { column: 'cast', labels: labelsNamed(columns.cast, people) },
    ]);
  }
  if (stated('keywords', keywords)) filters.push([{ column: 'keywords', labels: labelsNamed(columns.keywords, keywords) }]);
  if (stated('collections', collections)) filters.push([{ column: 'collections', labels: labelsNamed(columns.collections, collections) }]);
  return filters;
}

/** Adds the movies that pass to an empty set. One pass over the labels of the columns. */
export function addTagged(movies: Bitset, columns: CatalogColumns, filter: TagFilter): Bitset {
  for (const { column, labels } of filter) {
    const tagging = columns[column];
    if (tagging === undefined || labels.length === 0) continue;
    const { names, offsets, indices } = tagging;
    const isWanted = new Uint8Array(names.length);
    for (const label of labels) isWanted[label] = 1;
    for (let row = 0; row < columns.size; row++)
      for (let p = offsets[row]; p < offsets[row + 1]; p++) if (isWanted[indices[p]] === 1) movies.add(row);
  }
  return movies;
}

function labelsNamed(tagging: Tagging | undefined, names: readonly string[]): number[] {
  if (tagging === undefined) return [];
  return [...new Set(names.map((name) => tagging.names.indexOf(name)))].filter((label) => label >= 0).sort((a, b) => a - b);
}

/** Labels "JOB:ID:NAME" of people with these ids. */
function labelsOfPeople(tagging: Tagging | undefined, ids: ReadonlySet<number>): number[] {
  const labels: number[] = [];
  if (tagging === undefined || ids.size === 0) return labels;
  for (let label = 0; label < tagging.names.length; label++) if (ids.has(personIdAt(tagging.names, label))) labels.push(label);
  return labels;
}
