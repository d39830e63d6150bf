import { sql } from 'kysely';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type AccountsApp, accountsApp, rowsThatMention } from '../../test/accounts-app.ts';

const MINUTE_MS = 60_000;

describe('the sweep', () => {
  let server: AccountsApp | undefined;
  afterEach(async () => {
    vi.useRealTimers();
    await server?.stop();
  });

  it('runs a minute after the start and then every hour, without anybody asking for it', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval'] });
    server = await accountsApp();
    const { database, log } = server;
    const past = new Date(Date.now() - 1_000).toISOString();
    const sweeps = () => log.filter(({ msg }) => msg === 'expired guests and sessions were deleted');
    const endedGuest = async (browser: string): Promise<void> => {
      const visitor = server?.visitor();
      await visitor?.post('/api/auth/sign-in/anonymous', {}, { 'user-agent': browser });
      await sql`update cinematch_session set "expiresAt" = ${past}`.execute(database.kysely);
      expect(await rowsThatMention(database, browser)).toHaveLength(1);
    };
    for (const [browser, afterMs, count] of [
      ['first browser', MINUTE_MS, 1],
      ['second browser', 59 * MINUTE_MS, 2],
      ['third browser', 60 * MINUTE_MS, 3],
    ] as const) {
      await endedGuest(browser);
      vi.advanceTimersByTime(afterMs - 1);
      expect(sweeps()).toHaveLength(count - 1);
      vi.advanceTimersByTime(1);
      await vi.waitFor(() => expect(sweeps()).toHaveLength(count));
      expect(sweeps().at(-1)).toMatchObject({ guests: 1, sessions: 1 });
      expect(await rowsThatMention(database, browser)).toEqual([]);
    }
  });
});
