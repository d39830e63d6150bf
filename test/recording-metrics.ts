import type { Metrics } from '../src/metrics/metrics.ts';

/** Each call as its name and arguments. */
export interface RecordingMetrics extends Metrics {
  calls: [name: keyof Metrics, ...args: unknown[]][];
  /** Arguments of the calls with this name, in order. */
  of<Name extends keyof Metrics>(name: Name): Parameters<Metrics[Name]>[];
}

/** Keeps what it is told, for tests that count. */
export function recordingMetrics(): RecordingMetrics {
  const calls: RecordingMetrics['calls'] = [];
  const record =
    (name: keyof Metrics) =>
    (...args: unknown[]): void =>
      void calls.push([name, ...args]);
  return {
    calls,
    of: <Name extends keyof Metrics>(name: Name) =>
      calls.flatMap(([called, ...args]) => (called === name ? [args as Parameters<Metrics[Name]>] : [])),
    operation: record('operation'),
    request: record('request'),
    ranked: record('ranked'),
    cachePage: record('cachePage'),
    redisCommand: record('redisCommand'),
    databaseStatement: record('databaseStatement'),
    signInFailed: record('signInFailed'),
    mail: record('mail'),
    heavyWaited: record('heavyWaited'),
    refused: record('refused'),
    span(part, work) {
      calls.push(['span', part]);
      return work();
    },
  };
}

/** For tests that measure nothing. */
export const NO_METRICS: Metrics = {
  operation: () => undefined,
  request: () => undefined,
  ranked: () => undefined,
  cachePage: () => undefined,
  redisCommand: () => undefined,
  databaseStatement: () => undefined,
  signInFailed: () => undefined,
  mail: () => undefined,
  heavyWaited: () => undefined,
  refused: () => undefined,
  span: (_part, work) => work(),
};
