import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';

/** A collector that is away is named in the log this often. */
const REPORT_EVERY_MS = 600_000;

export interface TraceLog {
  info(about: object, message: string): void;
  warn(about: object, message: string): void;
}

/** An exporter whose failures lose spans and nothing else: a line of the log says so now and then. */
export class ReportedExporter implements SpanExporter {
  readonly #exporter: SpanExporter;
  readonly #log: TraceLog;
  #lost = 0;
  #reportedAt = Number.NEGATIVE_INFINITY;

  constructor(exporter: SpanExporter, log: TraceLog) {
    this.#exporter = exporter;
    this.#log = log;
  }

  export(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
    this.#exporter.export(spans, (result) => {
      if (result.code === ExportResultCode.SUCCESS) this.#arrived();
      else this.#failed(spans.length, result.error);
      done(result);
    });
  }

  shutdown(): Promise<void> {
    return this.#exporter.shutdown();
  }

  forceFlush(): Promise<void> {
    return this.#exporter.forceFlush?.() ?? Promise.resolve();
  }

  #failed(spans: number, error: Error | undefined): void {
    this.#lost += spans;
    if (performance.now() - this.#reportedAt < REPORT_EVERY_MS) return;
    this.#reportedAt = performance.now();
    // The message can hold what the collector answered.
    const reason = error?.message.slice(0, 200) ?? 'no reason';
    this.#log.warn({ reason, lost: this.#lost }, 'the collector does not take traces: requests go on, their spans are lost');
  }

  #arrived(): void {
    if (this.#lost > 0) this.#log.info({ lost: this.#lost }, 'the collector takes traces');
    this.#lost = 0;
    this.#reportedAt = Number.NEGATIVE_INFINITY;
  }
}
