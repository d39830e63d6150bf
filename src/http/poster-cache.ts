import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LRUCache } from 'lru-cache';

/** A file takes at least a block of the disk. */
const BLOCK_BYTES = 4_096;
const TEMPORARY = '.tmp';

/** Pictures in a folder, at most `maxBytes` of them: those that were used least lately go. */
export class PosterCache {
  readonly #folder: string;
  readonly #sizes: LRUCache<string, number>;
  #made = 0;

  private constructor(folder: string, maxBytes: number) {
    this.#folder = folder;
    this.#sizes = new LRUCache({
      maxSize: maxBytes,
      sizeCalculation: (bytes) => Math.ceil(Math.max(bytes, 1) / BLOCK_BYTES) * BLOCK_BYTES,
      dispose: (_bytes, name, reason) => {
        if (reason === 'evict') void rm(join(folder, name), { force: true }).catch(() => undefined);
      },
    });
  }

  /** Takes over what an earlier run has left, the oldest first. */
  static async open(folder: string, maxBytes: number): Promise<PosterCache> {
    const cache = new PosterCache(folder, maxBytes);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const found: { name: string; size: number; mtimeMs: number }[] = [];
    for (const name of await readdir(folder)) {
      const path = join(folder, name);
      if (name.endsWith(TEMPORARY)) await rm(path, { force: true });
      else {
        const { size, mtimeMs } = await stat(path);
        found.push({ name, size, mtimeMs });
      }
    }
    for (const { name, size } of found.sort((a, b) => a.mtimeMs - b.mtimeMs)) await cache.#count(name, size);
    return cache;
  }

  get bytes(): number {
    return this.#sizes.calculatedSize;
  }

  async get(name: string): Promise<Buffer | undefined> {
    if (this.#sizes.get(name) === undefined) return undefined;
    try {
      return await readFile(join(this.#folder, name));
    } catch {
      this.#sizes.delete(name);
      return undefined;
    }
  }

  /** A picture is whole or not there, however the process ends. */
  async put(name: string, picture: Buffer): Promise<void> {
    const path = join(this.#folder, name);
    const unfinished = `${path}.${this.#made++}${TEMPORARY}`;
    try {
      await writeFile(unfinished, picture, { mode: 0o600 });
      await rename(unfinished, path);
    } catch (error) {
      await rm(unfinished, { force: true });
      throw error;
    }
    await this.#count(name, picture.length);
  }

  /** A picture that is larger than the bound alone is not counted, and not kept. */
  async #count(name: string, bytes: number): Promise<void> {
    this.#sizes.set(name, bytes);
    if (!this.#sizes.has(name)) await rm(join(this.#folder, name), { force: true });
  }
}
