import { z } from 'zod';
import type { TraceSettings } from '../metrics/traces/trace-settings.ts';
import { listed, oneOf, optional, problem, text, wholeNumber } from './values.ts';

const address = z
  .string()
  .trim()
  .refine((url) => /^https?:$/.test(URL.parse(url)?.protocol ?? ''), 'expected the address of a collector, e.g. http://localhost:4318');

/** Names and meanings are those of OpenTelemetry. */
export const traceVariables = {
  OTEL_EXPORTER_OTLP_ENDPOINT: address.optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: address.optional(),
  OTEL_EXPORTER_OTLP_PROTOCOL: oneOf(['http/json'], 'http/json'),
  OTEL_EXPORTER_OTLP_HEADERS: optional(z.string().transform(pairsOf), {}),
  OTEL_EXPORTER_OTLP_TIMEOUT: wholeNumber(1, 600_000, 10_000),
  OTEL_SERVICE_NAME: text('cinematch'),
  OTEL_RESOURCE_ATTRIBUTES: optional(z.string().transform(pairsOf), {}),
  OTEL_TRACES_EXPORTER: oneOf(['otlp', 'none'], 'otlp'),
  OTEL_TRACES_SAMPLER: oneOf(
    ['always_on', 'always_off', 'traceidratio', 'parentbased_always_on', 'parentbased_always_off', 'parentbased_traceidratio'],
    'parentbased_always_on',
  ),
  OTEL_TRACES_SAMPLER_ARG: optional(
    z
      .string()
      .trim()
      .regex(/^(0(\.\d+)?|1(\.0+)?)$/, 'expected a share from 0 to 1, e.g. 0.1')
      .transform(Number),
    1,
  ),
  OTEL_BSP_SCHEDULE_DELAY: wholeNumber(1, 600_000, 5_000),
  OTEL_SDK_DISABLED: oneOf(['true', 'false'], 'false'),
};

/** Undefined when there is no collector. */
export function traceSettings(env: z.output<z.ZodObject<typeof traceVariables>>): TraceSettings | undefined {
  const base = env.OTEL_EXPORTER_OTLP_ENDPOINT;
  const url = env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? (base === undefined ? undefined : `${base.replace(/\/+$/, '')}/v1/traces`);
  if (url === undefined || env.OTEL_SDK_DISABLED === 'true' || env.OTEL_TRACES_EXPORTER === 'none') return undefined;
  return {
    url,
    headers: env.OTEL_EXPORTER_OTLP_HEADERS,
    timeoutMs: env.OTEL_EXPORTER_OTLP_TIMEOUT,
    serviceName: env.OTEL_SERVICE_NAME,
    resource: env.OTEL_RESOURCE_ATTRIBUTES,
    sampler: env.OTEL_TRACES_SAMPLER,
    ratio: env.OTEL_TRACES_SAMPLER_ARG,
    delayMs: env.OTEL_BSP_SCHEDULE_DELAY,
  };
}

/** "a=1,b=x%20y" -> { a: "1", b: "x y" } */
function pairsOf(list: string, context: z.RefinementCtx): Record<string, string> {
  const pairs: Record<string, string> = {};
  for (const pair of listed(list)) {
    const [, name, value] = /^([^\s=]+)\s*=(.*)$/.exec(pair) ?? [];
    if (name === undefined || value === undefined) problem(context, 'expected names and values, e.g. key=value,other=value');
    else pairs[name] = decoded(value.trim());
  }
  return pairs;
}

/** Text with a "%" that encodes nothing stays as it is. */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
