import type { FastifyBaseLogger } from 'fastify';
import { LRUCache } from 'lru-cache';
import type { PosterCache } from './poster-cache.ts';

export interface Picture {
  contentType: string;
  bytes: Buffer;
}

/** `gone`: there is no such picture. `unavailable`: it cannot be had now. */
export type PosterAnswer = Picture | 'gone' | 'unavailable';

/** Posters of 780 pixels have 0.3 MB at most. */
const MAX_PICTURE_BYTES = 3 * 1024 ** 2;
const TIMEOUT_MS = 5_000;
/** Fetches at the same time, and others that wait for their turn. */
const MAX_FETCHES = 8;
const MAX_WAITING = 100;
const GONE_MS = 24 * 60 * 60 * 1_000;
/** A server that does not answer is left alone for so long. */
const PAUSE_MS = 30_000;
const MAX_REMEMBERED = 10_000;

export interface PosterSourceOptions {
  /** Address of the image server, such as https://image.tmdb.org/t/p. */
  origin: string;
  cache: PosterCache;
  log: Pick<FastifyBaseLogger, 'warn'>;
  now?: () => number;
  fetch?: typeof fetch;
}

/** Fetches pictures from the image server, each once, and keeps them. */
export class PosterSource {
  readonly #options: Required<PosterSourceOptions>;
  readonly #fetching = new Map<string, Promise<PosterAnswer>>();
  readonly #gone: LRUCache<string, true>;
  readonly #turns: (() => void)[] = [];
  #running = 0;
  #pausedUntil = 0;

  constructor(options: PosterSourceOptions) {
    this.#options = { now: Date.now, fetch: globalThis.fetch, ...options };
    this.#gone = new LRUCache({ max: MAX_REMEMBERED, ttl: GONE_MS, ttlResolution: 0, perf: { now: this.#options.now } });
  }

  /** `size` and `file` are names that the caller has checked. */
  async picture(size: string, file: string): Promise<PosterAnswer> {
    const name = `${size}-${file}`;
    const kept = await this.#options.cache.get(name);
    if (kept !== undefined) {
      const contentType = typeOf(kept);
      if (contentType !== undefined) return { contentType, bytes: kept };
    }
    if (this.#gone.has(name)) return 'gone';
    const known = this.#fetching.get(name);
    if (known !== undefined) return known;
    const fetching = this.#inTurn(() => this.#fetch(name, `${this.#options.origin}/${size}/${file}`)).finally(() =>
      this.#fetching.delete(name),
    );
    this.#fetching.set(name, fetching);
    return fetching;
  }

  async #inTurn(work: () => Promise<PosterAnswer>): Promise<PosterAnswer> {
    if (this.#running >= MAX_FETCHES) {
      if (this.#turns.length >= MAX_WAITING) return 'unavailable';
      // The turn is handed on: #running stays.
      await new Promise<void>((resolve) => this.#turns.push(resolve));
    } else this.#running++;
    try {
      return await work();
    } finally {
      const next = this.#turns.shift();
      if (next === undefined) this.#running--;
      else next();
    }
  }

  async #fetch(name: string, address: string): Promise<PosterAnswer> {
    const { cache, log, now, fetch } = this.#options;
    if (now() < this.#pausedUntil) return 'unavailable';
    try {
      // A redirect could lead anywhere.
      const response = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
      if (response.status === 404 || response.status === 403) {
        await response.body?.cancel();
        this.#gone.set(name, true);
        return 'gone';
      }
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
      const bytes = await bodyOf(response);
      const contentType = bytes === undefined ? undefined : typeOf(bytes);
      if (bytes === undefined || contentType === undefined) {
        log.warn({ address }, 'a poster is no picture, or too large');
        this.#gone.set(name, true);
        return 'gone';
      }
      await cache.put(name, bytes).catch((error: unknown) => log.warn({ err: error }, 'a poster cannot be kept'));
      return { contentType, bytes };
    } catch (error) {
      if (now() >= this.#pausedUntil) log.warn({ err: error, address }, 'posters cannot be fetched; pages draw their own');
      this.#pausedUntil = now() + PAUSE_MS;
      return 'unavailable';
    }
  }
}

/** Undefined when there is more than a picture has. */
async function bodyOf(response: Response): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > MAX_PICTURE_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The type that the bytes show, whatever the server calls it. Undefined for anything that a browser could run. */
function typeOf(bytes: Buffer): string | undefined {
  if (bytes.subarray(0, 3).equals(Buffer.of(0xff, 0xd8, 0xff))) return 'image/jpeg';
  if (bytes.subarray(0, 8).equals(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'))) return 'image/png';
  if (bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP') return 'image/webp';
  return undefined;
}
