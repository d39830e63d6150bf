import type { FastifyInstance } from 'fastify';
import { pathOf, sendError } from './error-replies.ts';

/** Counts the GraphQL requests being answered, so that a shutdown can wait for them while new ones are turned away. */
export class RequestsInFlight {
  #count = 0;
  #draining = false;
  #settled: (() => void) | undefined;

  get draining(): boolean {
    return this.#draining;
  }

  register(app: FastifyInstance): void {
    app.addHook('onRequest', async (request, reply) => {
      if (pathOf(request.url) !== '/graphql') return;
      if (this.#draining) return sendError(reply.header('connection', 'close'), 503, 'The server is shutting down.', 'SHUTTING_DOWN');
      this.#count++;
      // 'close' comes once in every case: answered, failed, or the caller gone.
      reply.raw.once('close', () => {
        this.#count--;
        if (this.#count === 0) this.#settled?.();
      });
    });
  }

  /** Turns new requests away; settles when those under way are answered or `timeoutMs` has passed, and says how many are left. */
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
