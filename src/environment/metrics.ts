import { z } from 'zod';
import { oneOf, text, wholeNumberFrom } from './values.ts';

const MIN_TOKEN_LENGTH = 16;

export const metricsVariables = {
  METRICS: oneOf(['on', 'off'], 'on'),
  METRICS_TOKEN: z
    .string()
    .trim()
    .min(MIN_TOKEN_LENGTH, `expected ${MIN_TOKEN_LENGTH} characters or more, e.g. from "openssl rand -base64 32"`)
    .optional(),
  METRICS_PORT: wholeNumberFrom(0, 65_535).optional(),
  METRICS_HOST: text('127.0.0.1'),
};

export interface MetricsSettings {
  token: string | undefined;
  /** Where the metrics are served; undefined when it is the port of everything else. */
  own: { host: string; port: number } | undefined;
}

/** Undefined when the metrics are off. */
export function metricsSettings(env: z.output<z.ZodObject<typeof metricsVariables>>): MetricsSettings | undefined {
  if (env.METRICS === 'off') return undefined;
  const port = env.METRICS_PORT;
  return { token: env.METRICS_TOKEN, own: port === undefined ? undefined : { host: env.METRICS_HOST, port } };
}
