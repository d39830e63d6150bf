import type { FastifyInstance } from 'fastify';
import { fastifyPlugin } from 'fastify-plugin';
import { pathOf, sendError } from './error-replies.ts';

/** Counts the GraphQL requests in flight, so that a shutdown can wait for them while it refuses new ones. */
export class RequestsInFlight {
  #count = 0;
  #draining = false;
  #settled: (() => void) | undefined;

  get draining(): boolean {
    return this.#draining;
  }

  readonly plugin = fastifyPlugin(async (app: FastifyInstance) => {
    app.addHook('onRequest', async (request, reply) => {
      if (pathOf(request.url) !== '/graphql') return;
      if (this.#draining) return sendError(reply.header('connection', 'close'), 503, 'The server is shutting down.', 'SHUTTING_DOWN');
      this.#count++;
      // 'close' comes exactly once: after the answer, after a failure, or when the caller disconnects.
      reply.raw.once('close', () => {
        this.#count--;
        if (this.#count === 0) this.#settled?.();
      });
    });
  });

  /** Refuses new requests and waits for those in flight, at most `timeoutMs`. Returns how many are left. */
  async drain(timeoutMs: number): Promise<number> {
    this.#draining = true;
    if (this.#count > 0) {
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        this.#settled = resolve;
        timer = setTimeout(resolve, timeoutMs);
      });
      clearTimeout(timer);
    }
    return this.#count;
  }
}
