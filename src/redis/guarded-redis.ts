import type { Metrics } from '../metrics/metrics.ts';
import type { RedisClient } from './connect.ts';

/** The longest time that a request waits for Redis. */
const MAX_WAIT_MS = 20;
/** This many failed or late answers in a row open the circuit. A lost connection opens it at once. */
const FAILURES_TO_OPEN = 3;
const PROBE_EVERY_MS = 250;
/** When Redis fails again within this time, it must answer twice as many probes in a row as before, up to MAX_PROBES. */
const RELAPSE_MS = 60_000;
const MAX_PROBES = 64;
const MAX_PROBE_MS = 10_000;
/** Error codes that no command can avoid: Redis itself is in trouble. LATE and CONNECTION are codes of this file. */
const UNHEALTHY = new Set([
  ...['LATE', 'CONNECTION', 'LOADING', 'READONLY', 'MASTERDOWN', 'CLUSTERDOWN', 'TRYAGAIN', 'NOREPLICAS', 'MISCONF', 'BUSY'],
]);
/** A lasting error needs a change by whoever runs the server. This long after one, commands are sent again, in case it was made. */
const LASTING_PAUSE_MS = 30_000;
/** Keys of different slots: a node of a Cluster refuses some of them with MOVED. */
const SPREAD_KEYS = Array.from({ length: 16 }, (_, n) => `cinematch:probe:${n}`);
/** After a full Redis refused a write, nothing is written to it for this long. */
const FULL_FOR_MS = 1_000;

export interface GuardLog {
  info(about: object, message: string): void;
  warn(about: object, message: string): void;
}

/**
 * Redis behind a circuit breaker. A command returns its answer within 20 ms, or undefined. No method throws.
 * While the circuit is open, no command is sent. One log line says so. A probe in the background closes the circuit when Redis
 * answers again, so no request waits for a Redis that is gone.
 */
export class GuardedRedis {
  readonly #client: RedisClient;
  readonly #log: GuardLog;
  readonly #metrics: Metrics;
  #failures = 0;
  #prober: NodeJS.Timeout | undefined;
  #openSince = performance.now();
  #reportedGone = false;
  #probing = false;
  #probesToClose = 1;
  #probesAnswered = 0;
  #closedAt = Number.NEGATIVE_INFINITY;
  /** The key that the probe reads. In a Cluster it decides which node answers. */
  #failedKey = 'cinematch:probe';
  #fullUntil = 0;
  #full = false;
  #closed = false;
  /** When commands may be sent again after a lasting error. */
  #refusedUntil = 0;
  #reportedRefusal: string | undefined;
  #spreadChecked = false;

  constructor(client: RedisClient, log: GuardLog, metrics: Metrics) {
    this.#client = client;
    this.#log = log;
    this.#metrics = metrics;
    // The circuit is open until the first connection. That is normal and needs no log line.
    this.#startProbing();
    client.on('error', (error: Error) => (lastingRemedy(error) === undefined ? this.#open(error) : this.#refused(error)));
    client.on('close', () => this.#open(new Error('the connection is closed')));
    client.on('ready', () => void this.#probe());
  }

  /** Whether the circuit is open: no command is sent. */
  get isOpen(): boolean {
    return this.#prober !== undefined;
  }

  /** Sends a command that reads. Returns the answer, or undefined when there is none, for whatever reason. */
  async read<T>(command: string, key: string, send: (client: RedisClient) => Promise<T>): Promise<T | undefined> {
    if (this.isOpen || this.#closed) return undefined;
    const begun = performance.now();
    const outcome = await within(MAX_WAIT_MS, send(this.#client));
    const seconds = (performance.now() - begun) / 1_000;
    if (outcome.kind === 'answered') {
      this.#failures = 0;
      this.#metrics.redisCommand(command, 'answered', seconds);
      return outcome.value;
    }
    const problem = outcome.kind === 'failed' ? codeOf(outcome.error) : 'LATE';
    this.#metrics.redisCommand(command, problem === 'OOM' ? 'full' : outcome.kind, seconds);
    if (problem === 'OOM') this.#noteFull();
    if (outcome.kind === 'failed' && lastingRemedy(outcome.error) !== undefined) {
      this.#refused(outcome.error);
      return undefined;
    }
    // For example a value of another type under the key: Redis itself is healthy.
    if (!UNHEALTHY.has(problem)) return undefined;
    this.#failedKey = key;
    this.#failures++;
    const error = outcome.kind === 'failed' ? outcome.error : new Error(`no answer within ${MAX_WAIT_MS} ms`);
    if (this.#failures >= FAILURES_TO_OPEN) this.#open(error);
    return undefined;
  }

  /** As `read`, for a command that needs memory: not sent while Redis is full. */
  async write<T>(command: string, key: string, send: (client: RedisClient) => Promise<T>): Promise<T | undefined> {
    if (performance.now() < this.#fullUntil) return undefined;
    const answer = await this.read(command, key, send);
    if (answer !== undefined && this.#full) {
      this.#full = false;
      this.#log.info({}, 'Redis has free memory again');
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
    if (this.#reportedGone || performance.now() < this.#refusedUntil) return;
    this.#reportedGone = true;
    this.#log.warn({ reason: error.message || codeOf(error) }, 'Redis fails: the server goes on without it');
  }

  /** Opens the circuit for a while, and says once what to change. */
  #refused(error: Error): void {
    if (this.#closed) return;
    this.#refusedUntil = performance.now() + LASTING_PAUSE_MS;
    if (!this.isOpen) this.#startProbing();
    const code = codeOf(error);
    if (this.#reportedRefusal === code) return;
    this.#reportedRefusal = code;
    this.#log.warn({ reason: error.message }, `Redis is not used, it answers ${code}: ${lastingRemedy(error)}`);
  }

  #startProbing(): void {
    this.#openSince = performance.now();
    this.#probesAnswered = 0;
    this.#probesToClose = this.#openSince - this.#closedAt < RELAPSE_MS ? Math.min(2 * this.#probesToClose, MAX_PROBES) : 1;
    this.#prober = setInterval(() => void this.#probe(), PROBE_EVERY_MS).unref();
  }

  async #probe(): Promise<void> {
    if (!this.isOpen || this.#probing || performance.now() < this.#refusedUntil) return;
    this.#probing = true;
    if (!(await this.#spreadIsServed())) {
      this.#probing = false;
      return;
    }
    const probe = this.#client.exists(this.#failedKey);
    const outcome = await within(MAX_WAIT_MS, probe);
    // One probe at a time: a Redis that hangs would otherwise collect them.
    if (outcome.kind === 'late') await within(MAX_PROBE_MS, probe);
    this.#probing = false;
    this.#probesAnswered = outcome.kind === 'answered' ? this.#probesAnswered + 1 : 0;
    if (outcome.kind === 'failed' && lastingRemedy(outcome.error) !== undefined) this.#refused(outcome.error);
    if (this.#probesAnswered < this.#probesToClose || !this.isOpen) return;
    this.#closedAt = performance.now();
    clearInterval(this.#prober);
    this.#prober = undefined;
    this.#failures = 0;
    const goneForMs = Math.round(performance.now() - this.#openSince);
    if (this.#reportedGone) this.#log.info({ goneForMs }, 'Redis works again');
    else if (this.#reportedRefusal === undefined) this.#log.info({}, 'Redis is connected');
    this.#reportedGone = false;
  }

  /** False when one Redis was named and it is a node of a Cluster, or refuses even this. Asked once. */
  async #spreadIsServed(): Promise<boolean> {
    if (this.#spreadChecked || this.#client.isCluster) return true;
    const answers = await Promise.all(SPREAD_KEYS.map((key) => within(MAX_PROBE_MS, this.#client.exists(key))));
    const refused = answers.find((answer) => answer.kind === 'failed' && lastingRemedy(answer.error) !== undefined);
    if (refused?.kind === 'failed') {
      this.#refused(refused.error);
      return false;
    }
    this.#spreadChecked = answers.every(({ kind }) => kind === 'answered');
    return true;
  }

  #noteFull(): void {
    this.#fullUntil = performance.now() + FULL_FOR_MS;
    if (this.#full) return;
    this.#full = true;
    this.#log.warn({}, 'Redis is full and evicts nothing: it is read but not written; redis.conf has the settings of a cache');
  }
}

type Outcome<T> = { kind: 'answered'; value: T } | { kind: 'failed'; error: Error } | { kind: 'late' };

/** How the promise ended, or `late`. Never rejects, and a later rejection of the promise is handled too. */
function within<T>(ms: number, promise: Promise<T>): Promise<Outcome<T>> {
  return new Promise((resolve) => {
    // When this process was busy, the answer may already be in the socket: one more turn of the event loop reads it.
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

/** What to change after an error that every attempt will meet again; undefined for other errors. */
function lastingRemedy(error: Error): string | undefined {
  const code = codeOf(error);
  if (code === 'ERR' && !/^ERR (unknown command|DB index|AUTH|Client sent AUTH|invalid DB)/i.test(error.message)) return undefined;
  return REMEDIES[code];
}

const REMEDIES: Record<string, string> = {
  MOVED: 'REDIS_URL names a node of a Cluster; set REDIS_CLUSTER instead',
  NOAUTH: 'it asks for a password; set REDIS_PASSWORD',
  WRONGPASS: 'it refuses the user or the password; set REDIS_USERNAME and REDIS_PASSWORD',
  NOPERM: 'its user may not run a command; allow get, set, eval, exists, incrby and pexpire on keys that begin with cinematch:',
  ERR: 'it does not know a command or a setting of this server; use Redis 6.2 or newer, and check REDIS_URL',
};

/** The code that begins each error of Redis. The code is part of its protocol. */
function codeOf(error: Error): string {
  return error.name === 'ReplyError' ? (error.message.split(' ', 1)[0] ?? '') : 'CONNECTION';
}
