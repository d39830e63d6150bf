import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  type Sampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { ReportedExporter, type TraceLog } from './reported-exporter.ts';
import type { TraceSettings } from './trace-settings.ts';
import { TracedMetrics } from './traced-metrics.ts';

export interface Traces {
  metrics: TracedMetrics;
  /** Sends what is left. */
  stop(): Promise<void>;
}

/** Imported only when traces are on: this file loads OpenTelemetry. */
export function openTraces(settings: TraceSettings, log: TraceLog): Traces {
  const { url, headers, timeoutMs, serviceName, resource, delayMs } = settings;
  const exporter = new ReportedExporter(new OTLPTraceExporter({ url, headers, timeoutMillis: timeoutMs }), log);
  const provider = new TracerProvider({
    sampler: samplerOf(settings),
    resource: defaultResource().merge(resourceFromAttributes({ ...resource, 'service.name': serviceName })),
    spanProcessors: [new BatchSpanProcessor({ exporter, scheduledDelayMillis: delayMs, exportTimeoutMillis: timeoutMs })],
  });
  return {
    metrics: new TracedMetrics(provider.getTracer('cinematch')),
    // A collector that is away was reported when it failed.
    stop: () => provider.shutdown().catch(() => undefined),
  };
}

function samplerOf({ sampler, ratio }: Pick<TraceSettings, 'sampler' | 'ratio'>): Sampler {
  switch (sampler) {
    case 'always_on':
      return new AlwaysOnSampler();
    case 'always_off':
      return new AlwaysOffSampler();
    case 'traceidratio':
      return new TraceIdRatioBasedSampler(ratio);
    case 'parentbased_always_on':
      return new ParentBasedSampler({ root: new AlwaysOnSampler() });
    case 'parentbased_always_off':
      return new ParentBasedSampler({ root: new AlwaysOffSampler() });
    case 'parentbased_traceidratio':
      return new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) });
  }
}
