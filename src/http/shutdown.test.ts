import { setTimeout as sleep } from 'node:timers/promises';
import Fastify from 'fastify';
import { expect, it } from 'vitest';
import { Shutdown } from './shutdown.ts';

/** A server with a route that answers when it is told to. */
async function slowServer() {
  const shutdown = new Shutdown();
  const app = Fastify({ forceCloseConnections: false });
  const answer: (() => void)[] = [];
  await app.register(shutdown.plugin);
  app.get('/quick', (_request, reply) => reply.send('quick'));
  app.get('/slow', (_request, reply) => void answer.push(() => void reply.send('slow')));
  const address = await app.listen({ port: 0, host: '127.0.0.1' });
  const ask = async (path: string): Promise<string> => (await fetch(`${address}${path}`)).text();
  return { app, shutdown, answer, ask };
}

it('finishes every request under way, however many, and cuts off none', async () => {
  const { app, shutdown, answer, ask } = await slowServer();
  const slow = [ask('/slow'), ask('/slow')];
  await expect.poll(() => answer.length).toBe(2);
  let ended = false;
  const stopped = shutdown.run(app, 10_000, 0).finally(() => {
    ended = true;
  });
  answer[0]();
  expect(await slow[0]).toBe('slow');
  await sleep(50);
  expect(ended).toBe(false);
  answer[1]();
  expect(await slow[1]).toBe('slow');
  // Not one connection is kept for a next request.
  const answered = performance.now();
  expect(await stopped).toBe(0);
  expect(performance.now() - answered).toBeLessThan(5_000);
});

it('counts what it cuts off at the time limit, and not what was answered or given up before', async () => {
  const { app, shutdown, answer, ask } = await slowServer();
  expect(await ask('/quick')).toBe('quick');
  const slow = ['/slow', '/slow', '/slow'].map((path) => ask(path).catch(() => 'cut off'));
  await expect.poll(() => answer.length).toBe(3);
  answer[0]();
  expect(await slow[0]).toBe('slow');
  expect(await shutdown.run(app, 100, 0)).toBe(2);
  expect(await Promise.all(slow)).toEqual(['slow', 'cut off', 'cut off']);
});

it('serves while it drains, at most for half of the time, and asks callers to connect elsewhere', async () => {
  const { app, shutdown, ask } = await slowServer();
  expect(shutdown.hasStarted).toBe(false);
  const started = performance.now();
  const stopped = shutdown.run(app, 400, 60_000);
  expect(shutdown.hasStarted).toBe(true);
  expect((await app.inject('/quick')).headers.connection).toBe('close');
  expect(await ask('/quick')).toBe('quick');
  expect(await stopped).toBe(0);
  expect(performance.now() - started).toBeGreaterThanOrEqual(195);
  expect(performance.now() - started).toBeLessThan(390);
  await expect(ask('/quick')).rejects.toThrow();
});
