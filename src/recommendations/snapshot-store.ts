import { ArtifactError } from '../engine/artifacts/artifact-error.ts';
import { type ModelRelease, openRelease } from '../engine/artifacts/model-release.ts';
import { type Pointer, readPointer, versionDirectory } from '../engine/artifacts/version-store.ts';

/** File-system events are unreliable on network mounts; reading one small file is not. */
const POLL_MS = 2_000;
/** A refused set is tried again at growing intervals: it may have been a copy under way. */
const FIRST_RETRY_MS = 5_000;
const MAX_RETRY_MS = 60_000;

export interface SnapshotLog {
  info(about: object, message: string): void;
  error(about: object, message: string): void;
}

export interface SnapshotSource<T> {
  artifactsDirectory: string;
  /** Makes what is served from a verified set; whatever it throws refuses the set. */
  open(set: ModelRelease): T | Promise<T>;
  log: SnapshotLog;
  pollMs?: number;
}

/**
 * What is served now, replaced in one assignment when another version is published. Who took `current` keeps a whole, consistent
 * snapshot for as long as it is held. A set that cannot be opened is logged once and never replaces a good one.
 */
export class SnapshotStore<T> {
  readonly #source: SnapshotSource<T>;
  #current: T;
  #pointer: Pointer;
  #refused: { pointer: string; retryAt: number; wait: number } | undefined;
  #timer: NodeJS.Timeout | undefined;
  #checking: Promise<void> | undefined;

  private constructor(source: SnapshotSource<T>, pointer: Pointer, current: T) {
    this.#source = source;
    this.#pointer = pointer;
    this.#current = current;
  }

  /** Opens the current version; an ArtifactError when there is none or when it cannot be used. */
  static async open<T>(source: SnapshotSource<T>): Promise<SnapshotStore<T>> {
    const pointer = await readPointer(source.artifactsDirectory);
    if (pointer === null) {
      throw new ArtifactError(
        `${source.artifactsDirectory}: no version is published there; make one with "npm run pipeline -- all --help" or set ARTIFACTS_DIR`,
      );
    }
    const store = new SnapshotStore(source, pointer, await openVersion(source, pointer));
    return store;
  }

  get current(): T {
    return this.#current;
  }

  /** Looks for a new version every few seconds until `stop`. */
  watch(): void {
    this.#timer ??= setInterval(() => void this.check(), this.#source.pollMs ?? POLL_MS).unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#timer = undefined;
    await this.#checking;
  }

  /** Reads the pointer and, when it moved, loads what it names. Never throws. */
  check(): Promise<void> {
    this.#checking ??= this.#loadIfMoved().finally(() => {
      this.#checking = undefined;
    });
    return this.#checking;
  }

  async #loadIfMoved(): Promise<void> {
    let pointer: Pointer | null;
    try {
      pointer = await readPointer(this.#source.artifactsDirectory);
    } catch (error) {
      this.#refuse(`unreadable: ${messageOf(error)}`, error);
      return;
    }
    // A pointer that is gone is someone cleaning up: nothing to load, and what is served is in memory.
    if (pointer === null || samePointer(pointer, this.#pointer)) return;
    const key = JSON.stringify(pointer);
    if (this.#refused?.pointer === key && Date.now() < this.#refused.retryAt) return;
    try {
      const started = performance.now();
      this.#current = await openVersion(this.#source, pointer);
      this.#source.log.info(
        { version: pointer.version, replaces: this.#pointer.version, ms: Math.round(performance.now() - started) },
        'now serving another version',
      );
      this.#pointer = pointer;
      this.#refused = undefined;
    } catch (error) {
      this.#refuse(key, error, pointer.version);
    }
  }

  #refuse(key: string, error: unknown, version?: string): void {
    const again = this.#refused?.pointer === key ? this.#refused : undefined;
    const wait = again === undefined ? FIRST_RETRY_MS : Math.min(again.wait * 2, MAX_RETRY_MS);
    this.#refused = { pointer: key, retryAt: Date.now() + wait, wait };
    if (again !== undefined) return;
    this.#source.log.error(
      { version, serving: this.#pointer.version, reason: messageOf(error) },
      'the published version is refused; the one before it stays',
    );
  }
}

async function openVersion<T>(source: SnapshotSource<T>, pointer: Pointer): Promise<T> {
  return source.open(await openRelease(versionDirectory(source.artifactsDirectory, pointer.version)));
}

function samePointer(a: Pointer, b: Pointer): boolean {
  return a.version === b.version && a.publishedAt === b.publishedAt;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
