import type { LibraryStore } from '../library/library-store.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { RankingCache } from './cache/ranking-cache.ts';
import type { Snapshot } from './snapshot.ts';
import type { StoredData, ViewerProfile } from './viewer-profile.ts';

/** What every ranking needs. One request uses one snapshot, whatever is published meanwhile. */
export interface RankingDependencies {
  snapshot: Snapshot;
  metrics: Pick<Metrics, 'ranked' | 'span'>;
  deadline: Deadline;
}

/** Ranking is synchronous and cannot be interrupted, so a use case checks the deadline before it ranks. */
export interface Deadline {
  /** Throws when the time of the request is up. */
  check(): void;
  /** The same, after other requests had their turn. The rankings of one request come one after the other. */
  turn(): Promise<void>;
}

/** Needed where the stored data of a viewer counts. */
export interface ViewerDependencies extends RankingDependencies {
  library: StoredData;
  /** Spends points for what is stored. Throws when the caller has not enough. */
  charge(points: number): Promise<void>;
  /** What this request has read of viewers. */
  profiles: Map<string, Promise<ViewerProfile>>;
}

export interface RecommendationDependencies extends ViewerDependencies {
  library: StoredData & Pick<LibraryStore, 'toWatch'>;
  /** How long a list of a viewer is. */
  storedRowsOf: LibraryStore['storedRowsOf'];
  rankings: RankingCache;
}
