import { crc32 } from 'node:zlib';
import { LRUCache } from 'lru-cache';
import { CONTRIBUTION_KINDS } from '../../engine/recommender/contributions.ts';
import type { Ranking } from '../../engine/recommender/recommender.ts';
import type { Metrics } from '../../metrics/metrics.ts';
import { FrequencySketch } from './frequency-sketch.ts';
import { ENTRY_VERSION, entryBytes, RankingEntry } from './ranking-entry.ts';

/** Movies stored of each ranking: ten pages of twenty. */
const DEPTH = 200;
/** A ranking for hundreds of likes has hundreds of contributions a movie, so fewer of its movies are stored. */
const MAX_ENTRY_BYTES = 131_072;
/** A ranking that is requested twice within this time gets an entry. */
const WINDOW_MS = 600_000;
const SKETCH_WIDTH = 16_384;
const REQUESTS_TO_ENTER = 2;
/** Kinds of contribution of the first entries: as many as CONTRIBUTION_KINDS had then. */
const FIRST_KINDS = 5;
/**
 * Servers that write entries of another layout, or number the kinds of contribution otherwise, use other keys. Kinds that came later are left
 * out: they are behind the others, and a server that does not know them makes no key of a ranking that has them.
 */
const REMOTE_PREFIX = `cinematch:ranking:${ENTRY_VERSION}-${crc32(CONTRIBUTION_KINDS.slice(0, FIRST_KINDS).join()).toString(36)}:`;

/**
 * Where a page came from: `memory` (of this thread), `process` (of another thread), `redis`, `computed` (and stored), `shared` (with a request that was computing it), `rare` (computed and
 * not stored: the first request for it), `deep` (computed: it lies behind the entry).
 */
export type CacheOutcome = 'memory' | 'process' | 'redis' | 'computed' | 'shared' | 'rare' | 'deep';

/** The layer behind the one in process. Neither method throws; an entry that is missing or out of reach is undefined. */
export interface RemoteRankings {
  readonly layer: 'process' | 'redis';
  get(key: string): Promise<Buffer | undefined>;
  set(key: string, value: Buffer): void;
}

export interface RankingCacheOptions {
  /** Bound of the layer in process. 0 turns the cache off, the remote layer too. */
  memoryBytes: number;
  remote?: RemoteRankings | undefined;
  metrics: Pick<Metrics, 'cachePage'>;
  /** Milliseconds of a monotonic clock. */
  now?(): number;
}

export interface RankingPage {
  /** Hash of everything that the ranking depends on, the version of the catalog included. */
  key: string;
  offset: number;
  limit: number;
  /** Upper bound of the contributions of one movie. */
  contributions: number;
}

/** Computes the movies from `offset`, at most `limit`. */
export type Compute = (offset: number, limit: number) => Ranking;

/**
 * Keeps the head of each popular ranking and serves every page within it. The first layer is in process, bounded in bytes, and drops
 * the least recently used entry first. The second layer is remote and optional.
 */
export class RankingCache {
  readonly #memory: LRUCache<string, RankingEntry> | undefined;
  readonly #remote: RemoteRankings | undefined;
  readonly #sketch: FrequencySketch;
  readonly #pending = new Map<string, Promise<RankingEntry>>();
  readonly #metrics: Pick<Metrics, 'cachePage'>;
  readonly #now: () => number;

  constructor({ memoryBytes, remote, metrics, now = () => performance.now() }: RankingCacheOptions) {
    if (memoryBytes > 0) {
      this.#memory = new LRUCache({ maxSize: memoryBytes, sizeCalculation: ({ bytes }, key) => bytes.length + key.length });
    }
    this.#remote = remote;
    this.#metrics = metrics;
    this.#now = now;
    this.#sketch = new FrequencySketch(SKETCH_WIDTH, WINDOW_MS, now());
  }

  /** Size of the layer in process. */
  get bytes(): number {
    return this.#memory?.calculatedSize ?? 0;
  }

  get entries(): number {
    return this.#memory?.size ?? 0;
  }

  /** The page, which is the same from the cache or computed. Throws what `compute` throws. */
  page(page: RankingPage, compute: Compute): Ranking | Promise<Ranking> {
    const { offset, limit } = page;
    const memory = this.#memory;
    if (memory === undefined) return this.#computed('rare', page, compute);
    const entry = memory.get(page.key);
    if (entry?.holds(offset, limit)) {
      this.#observe('memory');
      return entry.page(offset, limit);
    }
    const depth = depthFor(page.contributions);
    if (entry !== undefined || offset + limit > depth) return this.#computed('deep', page, compute);
    if (this.#sketch.count(page.key, this.#now()) < REQUESTS_TO_ENTER) return this.#computed('rare', page, compute);
    return this.#entered(page, depth, compute);
  }

  async #entered(page: RankingPage, depth: number, compute: Compute): Promise<Ranking> {
    const pending = this.#pending.get(page.key);
    if (pending !== undefined) {
      this.#observe('shared');
      return (await pending).page(page.offset, page.limit);
    }
    const entering = this.#enter(page.key, depth, compute);
    this.#pending.set(page.key, entering);
    try {
      return (await entering).page(page.offset, page.limit);
    } finally {
      this.#pending.delete(page.key);
    }
  }

  async #enter(key: string, depth: number, compute: Compute): Promise<RankingEntry> {
    const remoteKey = REMOTE_PREFIX + key;
    const bytes = await this.#remote?.get(remoteKey);
    const found = bytes === undefined ? undefined : RankingEntry.from(bytes);
    const entry = found?.holds(0, depth) ? found : RankingEntry.of(compute(0, depth));
    this.#observe(entry === found && this.#remote !== undefined ? this.#remote.layer : 'computed');
    this.#memory?.set(key, entry);
    if (entry !== found) this.#remote?.set(remoteKey, entry.bytes);
    return entry;
  }

  #observe(outcome: CacheOutcome): void {
    this.#metrics.cachePage(outcome);
  }

  #computed(outcome: CacheOutcome, { offset, limit }: RankingPage, compute: Compute): Ranking {
    this.#observe(outcome);
    return compute(offset, limit);
  }
}

/** How many movies with this many contributions each fit into an entry. */
function depthFor(contributions: number): number {
  return Math.min(DEPTH, Math.floor(MAX_ENTRY_BYTES / entryBytes(1, contributions)));
}
