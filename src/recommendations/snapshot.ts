import { Catalog } from '../catalog/catalog.ts';
import { Filters } from '../catalog/filters.ts';
import { TitleSearch } from '../catalog/title-search.ts';
import type { ModelRelease } from '../engine/artifacts/model-release.ts';
import { Recommender } from '../engine/recommender/recommender.ts';
import type { Snapshot } from '../graphql/context.ts';

/** Everything that is served from one set; an ArtifactError when its parts do not fit together. */
export function snapshotOf(set: ModelRelease): Snapshot {
  const catalog = Catalog.fromRelease(set);
  const recommender = Recommender.fromRelease(set);
  return {
    catalog,
    recommender,
    filters: new Filters(catalog.columns),
    search: new TitleSearch(catalog.columns, recommender.popularity),
  };
}
