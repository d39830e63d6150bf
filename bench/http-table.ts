import type { HttpFigures } from './http.ts';
import { aligned } from './markdown-table.ts';

/** The figures as a table, with what the rows cannot say below it. */
export function httpTable({ movies, generator, pinning, scenarios, oneConnection, megabytesAfterLoad }: HttpFigures): string {
  const hasPeer = scenarios.some(({ peerRate }) => peerRate !== undefined);
  const head = ['request', 'KB', 'requests/s', 'bare node', 'share of bare', 'CPU, µs', 'p50, ms', 'p99, ms'];
  const rows = scenarios.map(({ name, answerBytes, rate, bareRate, shareOfBare, cpuMicroseconds, p50, p99, peerRate }) => [
    name,
    (answerBytes / 1000).toFixed(1),
    rate.toFixed(0),
    bareRate.toFixed(0),
    shareOfBare.toFixed(3),
    cpuMicroseconds.toFixed(0),
    p50.toFixed(2),
    p99.toFixed(2),
    ...(hasPeer ? [peerRate === undefined ? '' : peerRate.toFixed(1)] : []),
  ]);
  const table = aligned([[...head, ...(hasPeer ? ['reference, requests/s'] : [])], ...rows]);
  const rateOf = (slug: string): number => scenarios.find((scenario) => scenario.slug === slug)?.rate ?? Number.NaN;
  const { p50, engineP50 } = oneConnection;
  return [
    `${movies.toLocaleString('en')} movies, 1 worker, 8 connections, medians of 3 rounds in turn, load by ${generator}`,
    ...(pinning === undefined ? [] : [`Not pinned: ${pinning}.`]),
    '',
    table,
    '',
    `one connection, 5 likes with filters: ${p50.toFixed(2)} ms at p50, the engine's own ${engineP50.toFixed(2)} ms, above it ${(p50 - engineP50).toFixed(2)} ms`,
    `signed in against anonymous, 5 likes with filters: ${(rateOf('viewer-filters') / rateOf('filters')).toFixed(2)}`,
    `memory after the load: ${megabytesAfterLoad.toFixed(0)} MB`,
  ].join('\n');
}
