import { crc32 } from 'node:zlib';
import { LRUCache } from 'lru-cache';
import { FrequencySketch } from './frequency-sketch.ts';
import { type CachedRanking, ENTRY_VERSION, entryBytes, RankingEntry } from './ranking-entry.ts';

/** Of each ranking: ten pages of twenty. */
const DEPTH = 200;
/** A ranking for hundreds of likes has as many contributions a movie; fewer of its movies are kept. */
const MAX_ENTRY_BYTES = 131_072;
/** What is asked for twice within this time is worth an entry. */
const WINDOW_MS = 600_000;
const SKETCH_WIDTH = 16_384;
const ASKED_TO_ENTER = 2;

/** How a page was come by. `rare`: computed and not kept, since nobody asked before. `deep`: computed, since it lies behind what is kept. */
export type CacheOutcome = 'memory' | 'redis' | 'computed' | 'shared' | 'rare' | 'deep';

/** The layer behind the one in process. Neither ever throws; what cannot be had is undefined. */
export interface RemoteRankings {
  get(key: string): Promise<Buffer | undefined>;
  set(key: string, value: Buffer): void;
}

export interface RankingCacheOptions<Kind> {
  /** Every kind of contribution. */
  kinds: readonly Kind[];
  /** Of the layer in process; 0 keeps nothing at all, here or in the remote layer. */
  memoryBytes: number;
  remote?: RemoteRankings | undefined;
  observe?(outcome: CacheOutcome): void;
  /** Milliseconds of a clock that only goes forward. */
  now?(): number;
}

export interface RankingPage {
  /** Of everything that the ranking depends on, the catalogue's version included. */
  key: string;
  offset: number;
  limit: number;
  /** At most so many contributions has a movie. */
  contributions: number;
}

/** Ranks for real: movies from `offset`, at most `limit`. */
export type Compute<Kind> = (offset: number, limit: number) => CachedRanking<Kind>;

/**
 * The head of each popular ranking, from which every page and selection of fields is served. First in process, within a bound of bytes,
 * least recently used out first; then in the remote layer, when there is one.
 */
export class RankingCache<Kind extends string> {
  readonly #kinds: readonly Kind[];
  /** Servers that write entries of another form keep out of each other's way. */
  readonly #prefix: string;
  readonly #memory: LRUCache<string, RankingEntry<Kind>> | undefined;
  readonly #remote: RemoteRankings | undefined;
  readonly #sketch: FrequencySketch;
  readonly #pending = new Map<string, Promise<RankingEntry<Kind>>>();
  readonly #observe: (outcome: CacheOutcome) => void;
  readonly #now: () => number;

  constructor({ kinds, memoryBytes, remote, observe = () => undefined, now = () => performance.now() }: RankingCacheOptions<Kind>) {
    this.#kinds = kinds;
    this.#prefix = `cinematch:ranking:${ENTRY_VERSION}-${crc32(kinds.join()).toString(36)}:`;
    if (memoryBytes > 0) {
      this.#memory = new LRUCache({ maxSize: memoryBytes, sizeCalculation: ({ bytes }, key) => bytes.length + key.length });
    }
    this.#remote = remote;
    this.#observe = observe;
    this.#now = now;
    this.#sketch = new FrequencySketch(SKETCH_WIDTH, WINDOW_MS, now());
  }

  /** In process. */
  get bytes(): number {
    return this.#memory?.calculatedSize ?? 0;
  }

  get entries(): number {
    return this.#memory?.size ?? 0;
  }

  /** The page, kept or computed: the same either way. What `compute` throws is thrown. */
  page(page: RankingPage, compute: Compute<Kind>): CachedRanking<Kind> | Promise<CachedRanking<Kind>> {
    const { offset, limit } = page;
    const memory = this.#memory;
    if (memory === undefined) return this.#computed('rare', page, compute);
    const kept = memory.get(page.key);
    if (kept?.holds(offset, limit)) {
      this.#observe('memory');
      return kept.page(offset, limit);
    }
    const depth = depthFor(page.contributions);
    if (kept !== undefined || offset + limit > depth) return this.#computed('deep', page, compute);
    if (this.#sketch.count(page.key, this.#now()) < ASKED_TO_ENTER) return this.#computed('rare', page, compute);
    return this.#entered(page, depth, compute);
  }

  async #entered(page: RankingPage, depth: number, compute: Compute<Kind>): Promise<CachedRanking<Kind>> {
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

  async #enter(key: string, depth: number, compute: Compute<Kind>): Promise<RankingEntry<Kind>> {
    const remoteKey = this.#prefix + key;
    const bytes = await this.#remote?.get(remoteKey);
    const found = bytes === undefined ? undefined : RankingEntry.from(bytes, this.#kinds);
    const entry = found?.holds(0, depth) ? found : RankingEntry.of(compute(0, depth), this.#kinds);
    this.#observe(entry === found ? 'redis' : 'computed');
    this.#memory?.set(key, entry);
    if (entry !== found) this.#remote?.set(remoteKey, entry.bytes);
    return entry;
  }

  #computed(outcome: CacheOutcome, { offset, limit }: RankingPage, compute: Compute<Kind>): CachedRanking<Kind> {
    this.#observe(outcome);
    return compute(offset, limit);
  }
}

/** How many movies with so many contributions each fit into an entry. */
function depthFor(contributions: number): number {
  return Math.min(DEPTH, Math.floor(MAX_ENTRY_BYTES / entryBytes(1, contributions)));
}
