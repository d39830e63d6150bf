import type { FastifyInstance, FastifyReply } from 'fastify';

/** Adds names to `vary`. What other parts of the server answer by stays, the origin for example. */
export function appendVary(reply: FastifyReply, names: string): void {
  const before = reply.getHeader('vary');
  if (before === undefined) {
    reply.header('vary', names);
    return;
  }
  const known = [before].flat().join(', ');
  const listed = new Set(known.toLowerCase().split(/\s*,\s*/));
  const added = names.split(/\s*,\s*/).filter((name) => !listed.has(name.toLowerCase()));
  if (added.length > 0) reply.header('vary', [known, ...added].join(', '));
}

/** Every answer of the routes in `app` depends on these headers, also one that says what is wrong. */
export function varyBy(app: FastifyInstance, names: readonly string[]): void {
  const joined = names.join(', ');
  app.addHook('onRequest', (_request, reply, done) => {
    appendVary(reply, joined);
    done();
  });
}
