import { Catalog } from '../catalog/catalog.ts';
import { Filters } from '../catalog/filters.ts';
import type { SearchableCatalog } from '../catalog/searchable-catalog.ts';
import { TitleSearch } from '../catalog/title-search.ts';
import type { ModelRelease } from '../engine/artifacts/model-release.ts';
import { Recommender } from '../engine/recommender/recommender.ts';
import { readSearchIndex } from '../engine/search/search-sections.ts';
import { type AppliedRules, NO_RULES } from './operator-rules/applied-rules.ts';

/** Everything made from one artifact version. A request keeps the snapshot it began with, whatever is published meanwhile. */
export interface Snapshot extends SearchableCatalog {
  recommender: Recommender;
  /** What rules of the operator change. Rules that hide movies are in the other parts already. */
  rules: AppliedRules;
}

export interface SnapshotOptions {
  defaultRegion?: string;
  /** Whether the learned second look counts, where the release has one. */
  rerank?: boolean;
}

/** Throws an ArtifactError when the parts of the release do not fit together. */
export function snapshotOf(release: ModelRelease, { defaultRegion, rerank = false }: SnapshotOptions = {}): Snapshot {
  const catalog = Catalog.fromRelease(release, defaultRegion);
  const recommender = Recommender.fromRelease(release, { rerank });
  return {
    catalog,
    recommender,
    filters: Filters.of(catalog.columns),
    search: new TitleSearch(catalog.columns, recommender.popularity, readSearchIndex(release)),
    rules: NO_RULES,
  };
}

/** Names everything that an answer for everybody depends on: the catalog's version, and the operator's rules. */
export function answerVersion({ catalog, rules }: Pick<Snapshot, 'catalog' | 'rules'>): string {
  return rules.version === '' ? catalog.version : `${catalog.version} ${rules.version}`;
}

/** As `snapshotOf`, with the search index built when the release has none: in small steps, so that a server that loads another version goes on answering. */
export async function openSnapshot(release: ModelRelease, options?: SnapshotOptions): Promise<Snapshot> {
  const snapshot = snapshotOf(release, options);
  await snapshot.search.build();
  return snapshot;
}
