import type { LibraryStore } from '../library/library-store.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { RankingCache } from './cache/ranking-cache.ts';
import type { Snapshot } from './snapshot.ts';

/** What every ranking needs. One request uses one snapshot, whatever is published meanwhile. */
export interface RankingDependencies {
  snapshot: Snapshot;
  metrics: Pick<Metrics, 'ranked'>;
  deadline: Deadline;
}

/** Ranking is synchronous and cannot be interrupted, so a use case checks the deadline before it ranks. */
export interface Deadline {
  /** Throws when the time of the request is up. */
  check(): void;
}

/** Needed where the stored data of a viewer counts. */
export interface ViewerDependencies extends RankingDependencies {
  library: Pick<LibraryStore, 'allFeedback' | 'watchedMovies' | 'preferences'>;
}

export interface RecommendationDependencies extends ViewerDependencies {
  rankings: RankingCache;
}
