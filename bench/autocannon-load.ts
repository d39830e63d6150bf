import { readFileSync } from 'node:fs';
import autocannon from 'autocannon';
import type { Load, LoadFigures } from './http-load.ts';

// Run by bench/http-load.ts in a process of its own: the load in a JSON file in, a line of JSON out.
const { url, headers, bodies, connections, seconds }: Load = JSON.parse(readFileSync(process.argv[2], 'utf8'));
let at = 0;
const result = await autocannon({
  url,
  connections,
  duration: seconds,
  requests: [{ method: 'POST', headers, setupRequest: (request) => ({ ...request, body: bodies[at++ % bodies.length] }) }],
});
const figures: LoadFigures = {
  requests: result.requests.total,
  rate: result.requests.total / result.duration,
  p50: result.latency.p50,
  p99: result.latency.p99,
  failures: result.errors + result.timeouts + result.non2xx,
};
process.stdout.write(`${JSON.stringify(figures)}\n`);
