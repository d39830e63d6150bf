import { AsyncLocalStorage } from 'node:async_hooks';
import { type Attributes, type Context, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api';
import { parseTraceParent } from '@opentelemetry/core';
import type { RedisOutcome, RequestPart, SqlStatement } from '../metrics.ts';
import { PrometheusMetrics } from '../prometheus-metrics.ts';

/** The verb of a statement and its first table. Both are text of this program: values are bound. */
const SUMMARY = /^\s*(\w+)(?:.*?\b(?:from|into|update)\s+"?(?:public"?\."?)?(cinematch_\w+))?/is;

interface OpenSpan {
  span: Span;
  part: RequestPart | 'http';
}

/** An HTTP request under way. */
export interface RequestSpan {
  /** Runs what belongs to the request. */
  run(work: () => void): void;
  /** `status` is undefined when the caller left before the answer. */
  end(route: string, method: string, status: number | undefined): void;
}

/**
 * Metrics that also become spans of a trace. Attributes hold names and numbers of this program: never what a caller sent, nor anything about
 * a person. Only work of a request is traced.
 *
 * Nothing is registered globally: packages that look for a global tracer, such as better-auth, would write attributes of their own.
 */
export class TracedMetrics extends PrometheusMetrics {
  readonly #tracer: Tracer;
  readonly #current = new AsyncLocalStorage<OpenSpan>();

  constructor(tracer: Tracer) {
    super();
    this.#tracer = tracer;
  }

  /** Begins the trace of a request, or goes on with that of `traceparent`. */
  beginRequest(method: string, traceparent: string | undefined): RequestSpan {
    const span = this.#tracer.startSpan(method, { kind: SpanKind.SERVER, startTime: now() }, remoteContext(traceparent));
    const open: OpenSpan = { span, part: 'http' };
    return {
      run: (work) => this.#current.run(open, work),
      end(route, known, status) {
        span.updateName(`${known} ${route}`);
        span.setAttributes({ 'http.request.method': known, 'http.route': route });
        if (status === undefined) span.setAttribute('error.type', 'aborted');
        else span.setAttribute('http.response.status_code', status);
        if (status === undefined || status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
        span.end(now());
      },
    };
  }

  override span<T>(part: RequestPart, work: () => T): T {
    const parent = this.#current.getStore();
    if (parent === undefined) return work();
    const span = this.#tracer.startSpan(part, { startTime: now() }, below(parent.span));
    const failed = (error: unknown): void => {
      // Its message may quote what the caller sent.
      span.setAttribute('error.type', error instanceof Error ? error.name : 'unknown');
      span.setStatus({ code: SpanStatusCode.ERROR });
      span.end(now());
    };
    try {
      const result = this.#current.run({ span, part }, work);
      if (result instanceof Promise) result.then(() => span.end(now()), failed);
      else span.end(now());
      return result;
    } catch (error) {
      failed(error);
      throw error;
    }
  }

  override operation(operation: string, code: string, seconds: number): void {
    super.operation(operation, code, seconds);
    const open = this.#current.getStore();
    if (open === undefined) return;
    open.span.setAttributes({ 'graphql.operation.name': operation, 'cinematch.code': code });
    if (open.part !== 'graphql') return;
    open.span.updateName(`graphql ${operation}`);
    if (code !== 'OK') open.span.setStatus({ code: SpanStatusCode.ERROR });
  }

  override cachePage(layer: string): void {
    super.cachePage(layer);
    this.#current.getStore()?.span.setAttribute('cinematch.ranking.layer', layer);
  }

  override redisCommand(command: string, outcome: RedisOutcome, seconds: number): void {
    super.redisCommand(command, outcome, seconds);
    this.#leaf(`redis ${command}`, seconds, outcome !== 'answered', {
      'db.system.name': 'redis',
      'db.operation.name': command,
      'cinematch.outcome': outcome,
    });
  }

  override databaseStatement(statement: SqlStatement): void {
    super.databaseStatement(statement);
    if (this.#current.getStore() === undefined) return;
    const [, verb = 'other', table] = SUMMARY.exec(statement.sql) ?? [];
    const operation = verb.toLowerCase();
    this.#leaf(table === undefined ? `sql ${operation}` : `sql ${operation} ${table}`, statement.ms / 1_000, statement.failed, {
      'db.operation.name': operation,
      ...(table === undefined ? {} : { 'db.collection.name': table }),
    });
  }

  /** A span of something that has just ended. */
  #leaf(name: string, seconds: number, isFailed: boolean, attributes: Attributes): void {
    const parent = this.#current.getStore();
    if (parent === undefined) return;
    const end = now();
    const options = { kind: SpanKind.CLIENT, startTime: end - seconds * 1_000, attributes };
    const span = this.#tracer.startSpan(name, options, below(parent.span));
    if (isFailed) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end(end);
  }
}

/** Milliseconds since 1970 by the clock that only goes forward. */
function now(): number {
  return performance.timeOrigin + performance.now();
}

function below(parent: Span): Context {
  return trace.setSpan(ROOT_CONTEXT, parent);
}

function remoteContext(traceparent: string | undefined): Context {
  const parent = traceparent === undefined ? null : parseTraceParent(traceparent);
  return parent === null ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, { ...parent, isRemote: true });
}
