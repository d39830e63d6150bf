import { pino } from 'pino';
import { expect, it } from 'vitest';
import { freePorts } from '../../test/real-servers/server-process.ts';
import { HTTP } from '../../test/running-app.ts';
import { serveWhileWaiting } from './waiting-server.ts';

it('is alive and not ready while it waits, asks to come back in two seconds, and frees the port at once', async () => {
  const [port] = await freePorts(1);
  const stop = await serveWhileWaiting({ ...HTTP, port }, pino({ enabled: false }), 'the database is not there');
  const ask = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
  expect((await ask('/health')).status).toBe(200);
  const ready = await ask('/ready');
  expect([ready.status, await ready.json()]).toEqual([503, { status: 'not ready', reason: 'the database is not there' }]);
  for (const path of ['/graphql', '/', '/export.json']) {
    const answer = await ask(path);
    expect([answer.status, answer.headers.get('retry-after')], path).toEqual([503, '2']);
    expect(await answer.json()).toEqual({
      errors: [{ message: 'The server is starting. Try again in a moment.', extensions: { code: 'UNAVAILABLE' } }],
    });
  }
  // The connections of the callers above are still open.
  await stop();
  await expect(ask('/health')).rejects.toThrow();
  const again = await serveWhileWaiting({ ...HTTP, port }, pino({ enabled: false }), 'x');
  await again();
});
