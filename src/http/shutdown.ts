import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { fastifyPlugin } from 'fastify-plugin';

/**
 * Ends the server without failing requests. First it says that it is not ready and serves on, so that a proxy can turn to other servers.
 * Then the port closes, and requests in flight are finished. Connections that are left at the time limit are destroyed.
 */
export class Shutdown {
  #count = 0;
  #started = false;

  get hasStarted(): boolean {
    return this.#started;
  }

  /** Counts the answer until it is sent. */
  track(response: ServerResponse): void {
    this.#count++;
    // 'close' comes exactly once: after the answer, after a failure, or when the caller disconnects.
    response.once('close', () => this.#count--);
  }

  readonly plugin = fastifyPlugin(async (app: FastifyInstance) => {
    app.addHook('onRequest', (_request, reply, done) => {
      this.track(reply.raw);
      done();
    });
    app.addHook('onSend', (_request, reply, payload, done) => {
      // The next request of this caller opens a connection, to a server that stays. The port closes when the last of them is gone.
      if (this.#started) reply.header('connection', 'close');
      done(null, payload);
    });
  });

  /**
   * The limit holds for everything together: the drain takes at most half of `timeoutMs`. Returns how many requests were cut off. A
   * connection without a whole request is closed too, and not counted.
   */
  async run(app: FastifyInstance, timeoutMs: number, drainMs: number): Promise<number> {
    const deadline = performance.now() + timeoutMs;
    this.#started = true;
    const drain = Math.min(drainMs, timeoutMs / 2);
    await sleep(drain);
    const closing = app.close();
    let cutOff = 0;
    const destroy = setTimeout(
      () => {
        cutOff = this.#count;
        app.server.closeAllConnections();
      },
      Math.max(0, deadline - performance.now()),
    );
    await closing;
    clearTimeout(destroy);
    return cutOff;
  }
}
