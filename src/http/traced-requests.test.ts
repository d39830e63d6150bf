import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { PROBE_ROUTES } from '../metrics/probe-routes.ts';
import { type RequestTracer, traceRequests } from './traced-requests.ts';

let begun: [method: string, traceparent: string | undefined][];
let ended: [route: string, method: string, status: number | undefined][];
/** How often something ran within the trace. */
let runs: number;
let app: FastifyInstance;
const [probe = ''] = PROBE_ROUTES;
beforeEach(async () => {
  [begun, ended, runs] = [[], [], 0];
  const tracer: RequestTracer = {
    beginRequest(method, traceparent) {
      begun.push([method, traceparent]);
      return {
        run(work) {
          runs++;
          work();
        },
        end: (...end) => ended.push(end),
      };
    },
  };
  app = Fastify();
  await app.register(traceRequests, { tracer });
  app.get(probe, (_request, reply) => reply.send('ok'));
  app.post('/movies/:id', (_request, reply) => reply.code(201).send('made'));
});
afterEach(() => app.close());

it('a request is traced under its route, and its hooks and handler run in the trace', async () => {
  await app.inject({ method: 'POST', url: '/movies/7?x=1', headers: { traceparent: '00-a-b-01' }, payload: {} });
  expect([begun, ended, runs]).toEqual([[['POST', '00-a-b-01']], [['/movies/:id', 'POST', 201]], 2]);
});

it('a request without a route and without a parent is traced too', async () => {
  await app.inject('/nothing');
  expect([begun, ended]).toEqual([[['GET', undefined]], [['none', 'GET', 404]]]);
});

it('probes are not traced', async () => {
  expect(probe).not.toBe('');
  expect((await app.inject(probe)).statusCode).toBe(200);
  expect([begun, ended, runs]).toEqual([[], [], 0]);
});

it('a request that its caller gives up ends once, without a status', async () => {
  app.get('/slow', () => new Promise(() => undefined));
  const address = await app.listen({ port: 0, host: '127.0.0.1' });
  const stop = new AbortController();
  const asked = fetch(`${address}/slow`, { signal: stop.signal }).catch(() => 'given up');
  await expect.poll(() => begun.length).toBe(1);
  stop.abort();
  expect(await asked).toBe('given up');
  await expect.poll(() => ended).toEqual([['/slow', 'GET', undefined]]);
});
