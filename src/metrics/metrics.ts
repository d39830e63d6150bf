import type { FastifyInstance } from 'fastify';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** From half a millisecond, since answers take about one, to what REQUEST_TIMEOUT_MS allows. */
const SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
const KNOWN_METHODS = new Set(['GET', 'POST', 'HEAD', 'OPTIONS']);

export interface MetricsSources {
  catalogue(): { version: string; dataset: string; size: number };
  cache(): { bytes: number; entries: number };
  /** Whether Redis is in use; undefined when none is configured. */
  redisInUse?: (() => boolean) | undefined;
}

/** What `/metrics` tells. Every label has few values: none is a caller's own text. */
export class Metrics {
  readonly #registry = new Registry();
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
    'Pages of rankings, by where they came from: memory, redis, computed (and kept), shared (with another that was being computed), rare (computed, not kept), deep (computed, lies behind what is kept).',
    ['layer'],
  );
  readonly #redis = this.#counter('redis_commands_total', 'Commands sent to Redis: answered, failed, late or full.', [
    'command',
    'outcome',
  ]);
  readonly #redisSeconds = this.#histogram('redis_command_seconds', 'From a command to its answer, or to giving it up.', ['command']);
  readonly #database = this.#histogram('database_statement_seconds', 'SQL statements.', ['statement', 'outcome']);
  readonly #refusals = this.#counter('rate_limited_total', 'Requests turned away, by rule.', ['rule']);

  constructor(sources: MetricsSources) {
    const gauge = (name: string, help: string, value: () => number): void => {
      new Gauge({
        name: `cinematch_${name}`,
        help,
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
      registers: [this.#registry],
      collect() {
        const { version, dataset, size } = sources.catalogue();
        this.reset();
        this.set({ version, dataset }, size);
      },
    });
    gauge('ranking_cache_bytes', 'Rankings kept in process.', () => sources.cache().bytes);
    gauge('ranking_cache_entries', 'Rankings kept in process.', () => sources.cache().entries);
    const { redisInUse } = sources;
    if (redisInUse !== undefined) gauge('redis_in_use', '1 while Redis is asked, 0 while it is left alone.', () => Number(redisInUse()));
    collectDefaultMetrics({ register: this.#registry });
  }

  operation(operation: string, code: string, seconds: number): void {
    this.#operations.inc({ operation, code });
    this.#operationSeconds.observe({ operation }, seconds);
  }

  request(route: string, method: string, status: number, seconds: number): void {
    this.#requests.inc({ route, method: KNOWN_METHODS.has(method) ? method : 'other', status });
    this.#requestSeconds.observe({ route }, seconds);
  }

  ranked(kind: 'recommendations' | 'similar' | 'group', seconds: number): void {
    this.#rankings.observe({ kind }, seconds);
  }

  cachePage(layer: string): void {
    this.#lookups.inc({ layer });
  }

  redisCommand(command: string, outcome: string, seconds: number): void {
    this.#redis.inc({ command, outcome });
    this.#redisSeconds.observe({ command }, seconds);
  }

  /** `sql` is only looked at for what kind of statement it is. */
  databaseStatement({ sql, ms, failed }: { sql: string; ms: number; failed: boolean }): void {
    const statement = /^\s*(select|insert|update|delete|begin|commit|rollback)\b/i.exec(sql)?.[1].toLowerCase() ?? 'other';
    this.#database.observe({ statement, outcome: failed ? 'failed' : 'done' }, ms / 1_000);
  }

  refused(rule: string): void {
    this.#refusals.inc({ rule });
  }

  text(): Promise<string> {
    return this.#registry.metrics();
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

/** Counts every request, and answers `GET /metrics`. */
export function registerMetrics(app: FastifyInstance, metrics: Metrics): void {
  app.addHook('onResponse', async (request, reply) => {
    metrics.request(request.routeOptions.url ?? 'none', request.method, reply.statusCode, reply.elapsedTime / 1_000);
  });
  app.get('/metrics', async (_request, reply) =>
    reply
      .header('cache-control', 'no-store')
      .type(metrics.contentType)
      .send(await metrics.text()),
  );
}
