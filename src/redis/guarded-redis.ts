import type { RedisClient } from './connect.ts';

/** No request waits longer for Redis, whatever ails it. */
export const REDIS_WITHIN_MS = 20;
/** So many answers in a row that failed or came late open the circuit; a connection that is gone opens it at once. */
const FAILURES_TO_OPEN = 3;
const PROBE_EVERY_MS = 250;
/** A Redis that fails again so soon after it came back has to answer twice as many probes in a row each time, up to MAX_PROBES. */
const RELAPSE_MS = 60_000;
const MAX_PROBES = 64;
const MAX_PROBE_MS = 10_000;
/** What a Redis answers that is no help, whatever it is asked; LATE and CONNECTION are ours. */
const UNWELL = new Set([
  ...['LATE', 'CONNECTION', 'LOADING', 'READONLY', 'MASTERDOWN', 'CLUSTERDOWN', 'TRYAGAIN', 'NOREPLICAS', 'MISCONF', 'BUSY'],
  ...['NOAUTH', 'WRONGPASS', 'NOPERM'],
]);
/** A full Redis is not offered anything for so long. */
const FULL_FOR_MS = 1_000;

export interface GuardLog {
  info(about: object, message: string): void;
  warn(about: object, message: string): void;
}

export type RedisOutcome = 'answered' | 'failed' | 'late' | 'full';

/** Told of each command that was sent. */
export interface RedisObserver {
  redisCommand(command: string, outcome: RedisOutcome, seconds: number): void;
}

/**
 * Redis behind a circuit: a command is answered within 20 ms or counts as not answered (`undefined`), and nothing here ever throws.
 * When Redis fails, the circuit opens: commands are not even sent, one log line says so, and a probe in the background finds out when
 * Redis is back, so that no request pays for finding out.
 */
export class GuardedRedis {
  readonly #client: RedisClient;
  readonly #log: GuardLog;
  readonly #observer: RedisObserver;
  #failures = 0;
  #prober: NodeJS.Timeout | undefined;
  #openSince = performance.now();
  #saidGone = false;
  #probing = false;
  #probesToClose = 1;
  #probesAnswered = 0;
  #closedAt = Number.NEGATIVE_INFINITY;
  /** In a Cluster it decides which node is asked whether it is back. */
  #failedKey = 'cinematch:probe';
  #fullUntil = 0;
  #full = false;
  #closed = false;

  constructor(client: RedisClient, log: GuardLog, observer: RedisObserver) {
    this.#client = client;
    this.#log = log;
    this.#observer = observer;
    // Until the first connection is there, the circuit is open; that needs no log line.
    this.#startProbing();
    client.on('error', (error: Error) => this.#open(error));
    client.on('close', () => this.#open(new Error('the connection is closed')));
    client.on('ready', () => void this.#probe());
  }

  /** Whether Redis is left alone. */
  get isOpen(): boolean {
    return this.#prober !== undefined;
  }

  /** What Redis answers to a command that reads or counts under this key; undefined when it does not, for whatever reason. */
  async ask<T>(command: string, key: string, send: (client: RedisClient) => Promise<T>): Promise<T | undefined> {
    if (this.isOpen || this.#closed) return undefined;
    const begun = performance.now();
    const outcome = await within(REDIS_WITHIN_MS, send(this.#client));
    const seconds = (performance.now() - begun) / 1_000;
    if (outcome.kind === 'answered') {
      this.#failures = 0;
      this.#observer.redisCommand(command, 'answered', seconds);
      return outcome.value;
    }
    const problem = outcome.kind === 'failed' ? codeOf(outcome.error) : 'LATE';
    this.#observer.redisCommand(command, problem === 'OOM' ? 'full' : outcome.kind, seconds);
    if (problem === 'OOM') this.#noteFull();
    // Something else lies under the key, or the like: Redis itself is well.
    if (!UNWELL.has(problem)) return undefined;
    this.#failedKey = key;
    this.#failures++;
    const error = outcome.kind === 'failed' ? outcome.error : new Error(`no answer within ${REDIS_WITHIN_MS} ms`);
    if (this.#failures >= FAILURES_TO_OPEN) this.#open(error);
    return undefined;
  }

  /** As `ask`, for what adds to Redis: not sent while Redis is full. */
  async tell<T>(command: string, key: string, send: (client: RedisClient) => Promise<T>): Promise<T | undefined> {
    if (performance.now() < this.#fullUntil) return undefined;
    const answer = await this.ask(command, key, send);
    if (answer !== undefined && this.#full) {
      this.#full = false;
      this.#log.info({}, 'Redis has room again');
    }
    return answer;
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#prober);
    this.#prober = undefined;
    this.#client.disconnect();
  }

  #open(error: Error): void {
    if (this.#closed) return;
    if (!this.isOpen) this.#startProbing();
    if (this.#saidGone) return;
    this.#saidGone = true;
    this.#log.warn({ reason: error.message || codeOf(error) }, 'Redis does not answer as it should: going on without it');
  }

  #startProbing(): void {
    this.#openSince = performance.now();
    this.#probesAnswered = 0;
    this.#probesToClose = this.#openSince - this.#closedAt < RELAPSE_MS ? Math.min(2 * this.#probesToClose, MAX_PROBES) : 1;
    this.#prober = setInterval(() => void this.#probe(), PROBE_EVERY_MS).unref();
  }

  async #probe(): Promise<void> {
    if (!this.isOpen || this.#probing) return;
    this.#probing = true;
    const asked = this.#client.exists(this.#failedKey);
    const outcome = await within(REDIS_WITHIN_MS, asked);
    // Probes must not pile up in front of a Redis that hangs.
    if (outcome.kind === 'late') await within(MAX_PROBE_MS, asked);
    this.#probing = false;
    this.#probesAnswered = outcome.kind === 'answered' ? this.#probesAnswered + 1 : 0;
    if (this.#probesAnswered < this.#probesToClose || !this.isOpen) return;
    this.#closedAt = performance.now();
    clearInterval(this.#prober);
    this.#prober = undefined;
    this.#failures = 0;
    const goneForMs = Math.round(performance.now() - this.#openSince);
    if (this.#saidGone) this.#log.info({ goneForMs }, 'Redis is back');
    else this.#log.info({}, 'Redis is connected');
    this.#saidGone = false;
  }

  #noteFull(): void {
    this.#fullUntil = performance.now() + FULL_FOR_MS;
    if (this.#full) return;
    this.#full = true;
    this.#log.warn({}, 'Redis is full and evicts nothing: it is read and not written to; redis.conf shows how a cache is set up');
  }
}

type Outcome<T> = { kind: 'answered'; value: T } | { kind: 'failed'; error: Error } | { kind: 'late' };

/** How the promise ended, or that it did not within the time. It never rejects, and what comes later is nobody's unhandled rejection. */
function within<T>(ms: number, promise: Promise<T>): Promise<Outcome<T>> {
  return new Promise((resolve) => {
    // When this process itself was busy, the answer may be waiting to be read: it is looked for once more before giving up.
    const timer = setTimeout(() => setImmediate(resolve, { kind: 'late' }), ms);
    const settle = (outcome: Outcome<T>): void => {
      clearTimeout(timer);
      resolve(outcome);
    };
    promise.then(
      (value) => settle({ kind: 'answered', value }),
      (error: unknown) => settle({ kind: 'failed', error: error instanceof Error ? error : new Error(String(error)) }),
    );
  });
}

/** Redis begins an error with its code: that is its protocol, not its prose. */
function codeOf(error: Error): string {
  return error.name === 'ReplyError' ? (error.message.split(' ', 1)[0] ?? '') : 'CONNECTION';
}
