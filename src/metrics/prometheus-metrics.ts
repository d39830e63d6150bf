import {
  AggregatorRegistry,
  Counter,
  collectDefaultMetrics,
  Gauge,
  Histogram,
  type MetricObjectWithValues,
  type MetricValue,
  Registry,
} from 'prom-client';
import type { MailOutcome, Metrics, RedisOutcome, RequestPart, SqlStatement } from './metrics.ts';
import type { Workload } from './workload/workload.ts';

/** From half a millisecond, since most answers take about one, to the default of REQUEST_TIMEOUT_MS. */
const SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
const KNOWN_METHODS = new Set(['GET', 'POST', 'HEAD', 'OPTIONS']);

/** State that is read whenever the metrics are. */
export interface GaugeSources {
  catalog(): { version: string; dataset: string; size: number; builtAt: Date };
  refresh: {
    readonly current: { finishedAt: string | null; succeededAt: string | null; seconds: number | null; result: string | null } | null;
    dataTime(release: { version: string; builtAt: Date }): Date;
  };
  /** Bytes that the server can still write in DATA_DIR; undefined when that is unknown. */
  freeBytes?(): number | undefined;
  rankingCache: { readonly bytes: number; readonly entries: number };
  readyAnswers: { readonly bytes: number; readonly entries: number; readonly hits: number };
  heavyQueue: { readonly length: number };
  database: { readonly isAway: boolean };
  /** Undefined when no Redis is configured. */
  redis: { readonly isOpen: boolean } | undefined;
}

/** The metrics of one thread, to be summed with those of others. */
export type MetricValues = MetricObjectWithValues<MetricValue<string>>[];

/** Metrics in the text format of Prometheus. */
export class PrometheusMetrics implements Metrics {
  readonly #registry = new Registry();
  #workload: Workload | undefined;
  readonly #operations = this.#counter(
    'graphql_operations_total',
    'GraphQL operations answered, by field at the top level and error code.',
    ['operation', 'code'],
  );
  readonly #operationSeconds = this.#histogram('graphql_operation_seconds', 'From an operation to its answer.', ['operation']);
  readonly #requests = this.#counter('http_requests_total', 'HTTP requests answered.', ['route', 'method', 'status']);
  readonly #requestSeconds = this.#histogram('http_request_seconds', 'From a request to its answer.', ['route']);
  readonly #rankings = this.#histogram('recommender_seconds', 'What ranking takes when it is computed.', ['kind']);
  readonly #lookups = this.#counter(
    'ranking_cache_pages_total',
    'Pages of rankings, by where they came from: memory (of the thread), process (of the main thread), redis, computed (and kept), shared (with another that was being computed), rare (computed, not kept), deep (computed, lies behind what is kept).',
    ['layer'],
  );
  readonly #redis = this.#counter('redis_commands_total', 'Commands sent to Redis: answered, failed, late or full.', [
    'command',
    'outcome',
  ]);
  readonly #redisSeconds = this.#histogram('redis_command_seconds', 'From a command to its answer, or to giving it up.', ['command']);
  readonly #database = this.#histogram('database_statement_seconds', 'SQL statements.', ['statement', 'outcome']);
  readonly #failedSignIns = this.#counter(
    'sign_in_failures_total',
    'Failed attempts to sign in, by reason: password, delayed or provider.',
    ['reason'],
  );
  readonly #mail = this.#counter('mail_total', 'Attempts to send a mail, by outcome: sent, failed, refused or expired.', ['outcome']);
  readonly #heavyWaits = this.#histogram('heavy_wait_seconds', 'What heavy operations waited for their turn.', []);
  readonly #refusals = this.#counter('rate_limited_total', 'Requests turned away, by rule.', ['rule']);

  /** Tells the owner's page of what it counts. */
  watchedBy(workload: Workload): void {
    this.#workload = workload;
  }

  /** Adds the metrics of the process and of what is served; called once. */
  addGauges({ catalog, refresh, rankingCache, readyAnswers, heavyQueue, database, redis, freeBytes }: GaugeSources): void {
    // Threads of one process serve the same and have the same disk: of those gauges the sum would be wrong.
    const gauge = (name: string, help: string, value: () => number, aggregator: 'sum' | 'first' | 'min' = 'sum'): void => {
      new Gauge({
        name: `cinematch_${name}`,
        help,
        aggregator,
        registers: [this.#registry],
        collect() {
          this.set(value());
        },
      });
    };
    new Gauge({
      name: 'cinematch_catalogue_movies',
      help: 'Movies of the version that is served.',
      labelNames: ['version', 'dataset'],
      aggregator: 'first',
      registers: [this.#registry],
      collect() {
        const { version, dataset, size } = catalog();
        this.reset();
        this.set({ version, dataset }, size);
      },
    });
    gauge(
      'data_built_seconds',
      'When the version that is served was built, in seconds since 1970.',
      () => catalog().builtAt.getTime() / 1_000,
      'first',
    );
    gauge(
      'data_checked_seconds',
      'When the data of the version that is served was last known to be that of TMDb, in seconds since 1970.',
      () => refresh.dataTime(catalog()).getTime() / 1_000,
      'first',
    );
    const ofRefresh = (name: string, help: string, value: (last: NonNullable<typeof refresh.current>) => number): void =>
      gauge(`refresh_${name}`, help, () => (refresh.current === null ? Number.NaN : value(refresh.current)), 'first');
    const seconds = (time: string | null): number => (time === null ? Number.NaN : Date.parse(time) / 1_000);
    ofRefresh('finished_seconds', 'When the last refresh ended, in seconds since 1970; NaN while one runs.', (last) =>
      seconds(last.finishedAt),
    );
    ofRefresh('succeeded_seconds', 'When the last refresh ended that did not fail, in seconds since 1970.', (last) =>
      seconds(last.succeededAt),
    );
    ofRefresh('duration_seconds', 'How long the last refresh took.', (last) => last.seconds ?? Number.NaN);
    ofRefresh('failed', '1 when the last refresh failed, else 0.', (last) => Number(last.result === 'failed'));
    if (freeBytes !== undefined) gauge('data_free_bytes', 'Room on the disk of DATA_DIR.', () => freeBytes() ?? Number.NaN, 'first');
    gauge('ranking_cache_bytes', 'Rankings kept in process.', () => rankingCache.bytes);
    gauge('ranking_cache_entries', 'Rankings kept in process.', () => rankingCache.entries);
    gauge('ready_answers_bytes', 'Ready answers kept in process.', () => readyAnswers.bytes);
    gauge('ready_answers_entries', 'Ready answers kept in process.', () => readyAnswers.entries);
    new Counter({
      name: 'cinematch_ready_answers_total',
      help: 'Operations that were answered with a ready answer.',
      registers: [this.#registry],
      collect() {
        this.reset();
        this.inc(readyAnswers.hits);
      },
    });
    gauge('heavy_queue_length', 'Heavy operations that wait for their turn.', () => heavyQueue.length);
    gauge('database_up', '1 while the database answers, 0 while it is away.', () => Number(!database.isAway), 'min');
    if (redis !== undefined) gauge('redis_in_use', '1 while Redis is asked, 0 while it is left alone.', () => Number(!redis.isOpen), 'min');
    collectDefaultMetrics({ register: this.#registry });
  }

  operation(operation: string, code: string, seconds: number): void {
    this.#workload?.operation(code);
    this.#operations.inc({ operation, code });
    this.#operationSeconds.observe({ operation }, seconds);
  }

  request(route: string, method: string, status: number, seconds: number): void {
    this.#workload?.request(route, status, seconds);
    this.#requests.inc({ route, method: KNOWN_METHODS.has(method) ? method : 'other', status });
    this.#requestSeconds.observe({ route }, seconds);
  }

  ranked(kind: 'recommendations' | 'similar' | 'group', seconds: number): void {
    this.#rankings.observe({ kind }, seconds);
  }

  cachePage(layer: string): void {
    this.#workload?.cachePage(layer);
    this.#lookups.inc({ layer });
  }

  redisCommand(command: string, outcome: RedisOutcome, seconds: number): void {
    this.#redis.inc({ command, outcome });
    this.#redisSeconds.observe({ command }, seconds);
  }

  /** The label holds the first word of the statement, never the statement. */
  databaseStatement({ sql, ms, failed }: SqlStatement): void {
    const statement = /^\s*(select|insert|update|delete|begin|commit|rollback)\b/i.exec(sql)?.[1].toLowerCase() ?? 'other';
    this.#database.observe({ statement, outcome: failed ? 'failed' : 'done' }, ms / 1_000);
  }

  signInFailed(reason: 'password' | 'delayed' | 'provider'): void {
    this.#failedSignIns.inc({ reason });
  }

  mail(outcome: MailOutcome): void {
    this.#mail.inc({ outcome });
  }

  heavyWaited(seconds: number): void {
    this.#heavyWaits.observe(seconds);
  }

  refused(rule: string): void {
    this.#workload?.refused();
    this.#refusals.inc({ rule });
  }

  /** Only traces show the parts of a request. */
  span<T>(_part: RequestPart, work: () => T): T {
    return work();
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }

  /** For `summedText`. */
  async values(): Promise<MetricValues> {
    const metrics = await this.#registry.getMetricsAsJSON();
    // What is of the process has the same value in every thread.
    return metrics.map((metric) => (metric.name.startsWith('process_') ? { ...metric, aggregator: 'first' } : metric));
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  #counter<Label extends string>(name: string, help: string, labelNames: Label[]): Counter<Label> {
    return new Counter({ name: `cinematch_${name}`, help, labelNames, registers: [this.#registry] });
  }

  #histogram<Label extends string>(name: string, help: string, labelNames: Label[]): Histogram<Label> {
    return new Histogram({ name: `cinematch_${name}`, help, labelNames, buckets: SECONDS, registers: [this.#registry] });
  }
}

/** The metrics of several threads of one process as one text. */
export function summedText(threads: readonly MetricValues[]): Promise<string> {
  return AggregatorRegistry.aggregate([...threads]).metrics();
}

/** The content type of `summedText`. */
export const METRICS_TEXT = Registry.PROMETHEUS_CONTENT_TYPE;
