import { setTimeout as after } from 'node:timers/promises';
import { ArtifactError } from '../engine/artifacts/artifact-error.ts';
import { type ModelRelease, openRelease } from '../engine/artifacts/model-release.ts';
import { type Pointer, readPointer, versionDirectory } from '../engine/artifacts/version-store.ts';
import { errorText } from '../error-text.ts';
import type { Snapshot } from './snapshot.ts';

/** File-system events are unreliable on network mounts; reading one small file is not. */
const POLL_MS = 2_000;
/** A refused release is tried again at growing intervals, because a copy may have been under way. */
const FIRST_RETRY_MS = 5_000;
const MAX_RETRY_MS = 60_000;

export interface SnapshotLog {
  info(about: object, message: string): void;
  error(about: object, message: string): void;
}

export interface SnapshotSource {
  artifactsDirectory: string;
  /** Makes the snapshot of a verified release. Any error that it throws refuses the release. */
  open(release: ModelRelease): Snapshot | Promise<Snapshot>;
  /** Called when another version is served. */
  onSwap?: ((before: Snapshot, now: Snapshot) => void) | undefined;
  log: SnapshotLog;
  pollMs?: number;
  /** A published version is loaded after a random time up to this, so that not all servers load it at the same moment. */
  jitterMs?: number;
}

/**
 * Holds the snapshot being served and replaces it in one assignment when another version is published. A request that took `current`
 * keeps a whole, consistent snapshot. A release that cannot be opened is logged once and never replaces a good one.
 */
export class SnapshotStore {
  readonly #source: SnapshotSource;
  #current: Snapshot;
  #pointer: Pointer;
  #refused: { pointer: string; retryAt: number; wait: number } | undefined;
  #timer: NodeJS.Timeout | undefined;
  #checking: Promise<void> | undefined;
  readonly #stopped = new AbortController();

  private constructor(source: SnapshotSource, pointer: Pointer, current: Snapshot) {
    this.#source = source;
    this.#pointer = pointer;
    this.#current = current;
  }

  /** Opens the published version. Throws an ArtifactError when there is none or when it cannot be used. */
  static async open(source: SnapshotSource): Promise<SnapshotStore> {
    const pointer = await readPointer(source.artifactsDirectory);
    if (pointer === null) {
      throw new ArtifactError(
        `${source.artifactsDirectory}: no version is published there; make one with "npm run pipeline -- all --help" or set ARTIFACTS_DIR`,
      );
    }
    return new SnapshotStore(source, pointer, await openVersion(source, pointer));
  }

  get current(): Snapshot {
    return this.#current;
  }

  /** Checks for a new version every few seconds until `stop`. */
  watch(): void {
    this.#timer ??= setInterval(() => void this.#checkWithin(this.#source.jitterMs ?? 0), this.#source.pollMs ?? POLL_MS).unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#stopped.abort();
    await this.#checking;
  }

  /** Reads the pointer and loads the version it names when that changed. Never throws. */
  check(): Promise<void> {
    return this.#checkWithin(0);
  }

  #checkWithin(jitterMs: number): Promise<void> {
    this.#checking ??= this.#loadIfMoved(jitterMs).finally(() => {
      this.#checking = undefined;
    });
    return this.#checking;
  }

  async #loadIfMoved(jitterMs: number): Promise<void> {
    let pointer: Pointer | null;
    try {
      pointer = await readPointer(this.#source.artifactsDirectory);
    } catch (error) {
      this.#refuse(`unreadable: ${errorText(error)}`, error);
      return;
    }
    // Without a pointer there is nothing to load: somebody is cleaning up. The served version is in memory.
    if (pointer === null || samePointer(pointer, this.#pointer)) return;
    const key = JSON.stringify(pointer);
    if (this.#refused?.pointer === key && Date.now() < this.#refused.retryAt) return;
    if (jitterMs > 0) await after(Math.random() * jitterMs, undefined, { signal: this.#stopped.signal, ref: false }).catch(() => undefined);
    if (this.#stopped.signal.aborted) return;
    try {
      const started = performance.now();
      const before = this.#current;
      this.#current = await openVersion(this.#source, pointer);
      this.#source.log.info(
        { version: pointer.version, replaces: this.#pointer.version, ms: Math.round(performance.now() - started) },
        'now serving another version',
      );
      this.#pointer = pointer;
      this.#refused = undefined;
      this.#source.onSwap?.(before, this.#current);
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
      { version, serving: this.#pointer.version, reason: errorText(error) },
      'the published version is refused; the one before it stays',
    );
  }
}

async function openVersion(source: SnapshotSource, pointer: Pointer): Promise<Snapshot> {
  return source.open(await openRelease(versionDirectory(source.artifactsDirectory, pointer.version)));
}

function samePointer(a: Pointer, b: Pointer): boolean {
  return a.version === b.version && a.publishedAt === b.publishedAt;
}
