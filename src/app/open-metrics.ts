import type { Logger } from 'pino';
import type { Environment } from '../environment/environment.ts';
import { PrometheusMetrics } from '../metrics/prometheus-metrics.ts';
import type { Traces } from '../metrics/traces/open-traces.ts';

export interface OpenMetrics {
  metrics: PrometheusMetrics;
  /** Undefined when traces are off. */
  traces: Traces | undefined;
}

/** The packages of traces are loaded only when they are used: they are not small. */
export async function openMetrics({ traces: settings }: Environment, log: Logger): Promise<OpenMetrics> {
  const traces = settings && (await import('../metrics/traces/open-traces.ts')).openTraces(settings, log);
  return { metrics: traces?.metrics ?? new PrometheusMetrics(), traces };
}
