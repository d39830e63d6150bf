import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import type { SharedRelease } from '../../engine/artifacts/model-release.ts';
import type { HttpSettings } from '../../http/http-server.ts';
import type { MetricsPage } from '../../http/metrics-routes.ts';
import type { ThreadProgress } from '../../library/running-imports.ts';
import { METRICS_TEXT, summedText } from '../../metrics/prometheus-metrics.ts';
import { EXIT } from '../start-error.ts';
import { openChannel } from './channel.ts';
import { Link } from './link.ts';
import type { MainAnswers, ThreadAnswers, ThreadStart } from './questions.ts';

/** Counts of callers that are kept; as many as one thread keeps. */
const MAX_COUNTS = 100_000;
/** A thread that ends sooner after its start has not served. */
const MIN_LIFE_MS = 10_000;
const FIRST_PAUSE_MS = 100;
const MAX_PAUSE_MS = 5_000;
/** After so many threads in a row that did not serve, the process ends: whatever runs it knows what to do. */
const MAX_SHORT_LIVES = 8;
/** Three parts, of which V8 fills one. By default it is 48 MB or more, most of it garbage. */
const YOUNG_GENERATION_MB = 24;
/** A thread that has stopped its server may take this long to end. */
const MAX_END_MS = 2_000;

interface Thread {
  worker: Worker;
  link: Link<ThreadAnswers>;
  startedAt: number;
  /** The port, when it serves; undefined before it was asked to. */
  begun: Promise<number> | undefined;
}

export interface ThreadParts {
  /** The program of a thread. */
  script: URL;
  count: number;
  clientDirectory: string;
  http: Pick<HttpSettings, 'port'>;
  /** The bound of all rankings in memory. */
  cacheBytes: number;
  log: Logger;
  /** Looks whether another version was published. Resolves when the threads serve it. */
  checkVersion(): Promise<void>;
}

/**
 * The threads that answer requests: each with its own server on the same port, all on one copy of the artifacts. What they share is kept
 * here, in the main thread: counts of callers, and rankings that several of them need. A thread that ends is replaced.
 */
export class ServerThreads {
  readonly #parts: ThreadParts;
  readonly #threads = new Map<number, Thread>();
  readonly #counts = new LRUCache<string, number>({ max: MAX_COUNTS });
  readonly #rankings: LRUCache<string, Uint8Array> | undefined;
  /** What the threads serve, and on which port; undefined until they are to serve. */
  #serving: { release: SharedRelease; port: number } | undefined;
  #isStopping = false;
  #shortLives = 0;

  /** The threads load their code meanwhile. They serve after `start`. */
  constructor(parts: ThreadParts) {
    this.#parts = parts;
    const maxSize = Math.floor(parts.cacheBytes / 2);
    if (maxSize >= 1) this.#rankings = new LRUCache({ maxSize, sizeCalculation: (bytes, key) => bytes.length + key.length });
    for (let number = 0; number < parts.count; number++) this.#make(number);
  }

  readonly metricsPage: MetricsPage = { contentType: METRICS_TEXT, text: () => this.#metricsText() };

  /** Resolves when all threads serve this release. */
  async start(release: SharedRelease): Promise<void> {
    const { count, http } = this.#parts;
    this.#serving = { release, port: http.port };
    // With PORT=0 the first one chooses the port of all.
    if (http.port === 0) this.#serving.port = await this.#begin(0, this.#serving);
    const serving = this.#serving;
    await Promise.all(Array.from({ length: count }, (_, number) => this.#begin(number, serving)));
  }

  /** Serves another release from now on. Resolves when every thread does. */
  async serve(release: SharedRelease): Promise<void> {
    if (this.#serving === undefined) return;
    this.#serving.release = release;
    // A thread that ends meanwhile is replaced by one that begins with this release.
    await Promise.all([...this.#threads.values()].map(({ link }) => link.ask('serve', release).catch(ignoreEnd)));
  }

  /** Lets every thread answer its open requests, and ends all of them. */
  async stop(drainMs: number, timeoutMs: number): Promise<void> {
    this.#isStopping = true;
    const deadline = sleep(timeoutMs + MAX_END_MS, undefined, { ref: false });
    await Promise.all(
      [...this.#threads.values()].map(async ({ worker, link }) => {
        await Promise.race([link.ask('stop', { drainMs }).catch(ignoreEnd), deadline]);
        await worker.terminate();
      }),
    );
  }

  #make(number: number): void {
    const { count, clientDirectory } = this.#parts;
    const start: ThreadStart = { number, count, clientDirectory };
    const worker = new Worker(this.#parts.script, {
      name: `server ${number}`,
      workerData: start,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
    });
    const thread: Thread = { worker, link: new Link<ThreadAnswers>(worker, this.#answers), startedAt: performance.now(), begun: undefined };
    this.#threads.set(number, thread);
    // Afterwards the worker has no id.
    const { threadId } = worker;
    // Its end follows. What it cannot say itself, such as that its memory is used up, is said there.
    let reason: unknown;
    worker.on('error', (error) => {
      reason = error;
    });
    worker.on('exit', (code) => {
      endImports(threadId);
      void this.#ended(number, thread, code, reason);
    });
  }

  /** Makes the thread serve, once. When it ends before it does, its replacement is awaited. */
  async #begin(number: number, serving: { release: SharedRelease; port: number }): Promise<number> {
    for (;;) {
      const thread = this.#threads.get(number);
      if (thread === undefined) {
        await sleep(FIRST_PAUSE_MS);
        continue;
      }
      thread.begun ??= thread.link.ask('begin', serving);
      try {
        return await thread.begun;
      } catch (error) {
        ignoreEnd(error);
      }
    }
  }

  readonly #answers: MainAnswers = {
    count: ({ key, amount, windowMs }) => {
      const total = (this.#counts.get(key) ?? 0) + amount;
      this.#counts.set(key, total, { ttl: windowMs });
      return total;
    },
    ranking: (key) => this.#rankings?.get(key),
    keepRanking: ({ key, bytes }) => void this.#rankings?.set(key, bytes),
    metricsText: () => this.#metricsText(),
    checkVersion: () => this.#parts.checkVersion(),
  };

  async #metricsText(): Promise<string> {
    const values = await Promise.all([...this.#threads.values()].map(({ link }) => link.ask('metrics', undefined).catch(() => [])));
    return summedText(values);
  }

  async #ended(number: number, { link, startedAt }: Thread, code: number, reason: unknown): Promise<void> {
    const error = new ThreadEndedError(`server thread ${number} has ended`);
    link.break(error);
    this.#threads.delete(number);
    if (this.#isStopping) return;
    const { log } = this.#parts;
    log.error({ thread: number, code, err: reason }, 'a server thread has ended; another one replaces it');
    const hasServed = performance.now() - startedAt > MIN_LIFE_MS;
    this.#shortLives = hasServed ? 0 : this.#shortLives + 1;
    if (this.#shortLives >= MAX_SHORT_LIVES) {
      log.fatal({}, 'server threads end as soon as they begin');
      process.exit(EXIT.unexpected);
    }
    if (this.#shortLives > 1) await sleep(Math.min(FIRST_PAUSE_MS * 2 ** this.#shortLives, MAX_PAUSE_MS));
    if (this.#isStopping) return;
    this.#make(number);
    if (this.#serving !== undefined) await this.#begin(number, this.#serving).catch((err: unknown) => this.#giveUp(number, err));
  }

  /** A thread that cannot serve, for instance without a database, is replaced as one that ended. */
  async #giveUp(number: number, err: unknown): Promise<void> {
    this.#parts.log.error({ thread: number, err }, 'a server thread cannot serve');
    await this.#threads.get(number)?.worker.terminate();
  }
}

/** The other side of a link is gone. */
export class ThreadEndedError extends Error {}

/** The other threads know how far the imports of a thread were. It could not say that they are over. */
function endImports(threadId: number): void {
  const channel = openChannel<ThreadProgress>('imports');
  channel.tell({ threadId, told: null });
  channel.close();
}

function ignoreEnd(error: unknown): void {
  if (!(error instanceof ThreadEndedError)) throw error;
}
