import type { CatalogColumns, Tagging } from '../engine/artifacts/catalog-columns.ts';

/** What two movies have in common, in the order of the second one's facts. */
export interface SharedFacts {
  /** At most one. */
  collection: string[];
  /** Directors first, then actors. */
  people: string[];
  /** The rarest first: a keyword of half of the catalog says nothing. */
  keywords: string[];
}

const frequencies = new WeakMap<Tagging, Uint32Array>();

export function sharedFacts({ collections, directors, cast, keywords }: CatalogColumns, one: number, other: number): SharedFacts {
  const namesOf = (tagging: Tagging, labels: readonly number[]): string[] => labels.map((label) => tagging.names.get(label));
  const named = (tagging: Tagging): string[] => namesOf(tagging, sharedLabels(tagging, one, other));
  const counts = movieCounts(keywords);
  const rarest = sharedLabels(keywords, one, other).sort((a, b) => counts[a] - counts[b]);
  return {
    collection: collections === undefined ? [] : named(collections),
    people: [...new Set([...named(directors), ...named(cast)])],
    keywords: namesOf(keywords, rarest),
  };
}

function sharedLabels({ offsets, indices }: Tagging, one: number, other: number): number[] {
  const own = indices.subarray(offsets[one], offsets[one + 1]);
  return Array.from(indices.subarray(offsets[other], offsets[other + 1])).filter((label) => own.includes(label));
}

/** How many movies have each label. Counted once a version. */
function movieCounts(tagging: Tagging): Uint32Array {
  const known = frequencies.get(tagging);
  if (known !== undefined) return known;
  const counts = new Uint32Array(tagging.names.length);
  for (const label of tagging.indices) counts[label]++;
  frequencies.set(tagging, counts);
  return counts;
}
