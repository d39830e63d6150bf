import type { FastifyInstance, FastifyRequest } from 'fastify';
import { fastifyPlugin } from 'fastify-plugin';
import { PROBE_ROUTES } from '../metrics/probe-routes.ts';

export interface RequestTracer {
  beginRequest(method: string, traceparent: string | undefined): RequestTrace;
}

export interface RequestTrace {
  run(work: () => void): void;
  end(route: string, method: string, status: number | undefined): void;
}

declare module 'fastify' {
  interface FastifyRequest {
    trace: RequestTrace | undefined;
  }
}

/** A trace of each request, registered only when traces are on. */
export const traceRequests = fastifyPlugin(async (app: FastifyInstance, { tracer }: { tracer: RequestTracer }) => {
  app.decorateRequest('trace', undefined);
  app.addHook('onRequest', (request, _reply, done) => {
    if (PROBE_ROUTES.has(request.routeOptions.url ?? '')) return done();
    const { traceparent } = request.headers;
    request.trace = tracer.beginRequest(request.method, typeof traceparent === 'string' ? traceparent : undefined);
    request.trace.run(done);
  });
  // The body is read in the context of its socket.
  app.addHook('preValidation', (request, _reply, done) => {
    if (request.trace === undefined) done();
    else request.trace.run(done);
  });
  const end = (request: FastifyRequest, status: number | undefined): void => {
    request.trace?.end(request.routeOptions.url ?? 'none', request.method, status);
    request.trace = undefined;
  };
  app.addHook('onResponse', (request, reply, done) => {
    end(request, reply.statusCode);
    done();
  });
  app.addHook('onRequestAbort', (request, done) => {
    end(request, undefined);
    done();
  });
});
