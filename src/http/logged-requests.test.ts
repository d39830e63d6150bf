import { describe, expect, it } from 'vitest';
import { fixtureSnapshot } from '../../test/fixture-release.ts';
import { testApp } from '../../test/running-app.ts';
import type { LoggedRequests } from './http-server.ts';

/** Statuses in the log after 150 requests that succeed and one that fails. */
async function statuses(logRequests: LoggedRequests): Promise<unknown[]> {
  const snapshot = await fixtureSnapshot();
  const app = await testApp(() => snapshot, { logRequests });
  for (let n = 0; n < 150; n++) await app.fastify.inject('/health');
  await app.fastify.inject('/nowhere');
  await app.shutDown(0);
  return app.logged.filter(({ msg }) => msg === 'answered').map(({ status }) => status);
}

describe('the log of requests', () => {
  it('has all of them', async () => {
    expect(await statuses('all')).toHaveLength(151);
  });

  it('has only those answered with an error', async () => {
    expect(await statuses('errors')).toEqual([404]);
  });

  it('has these and one of a hundred others', async () => {
    expect(await statuses('sample')).toEqual([200, 200, 404]);
  });
});
