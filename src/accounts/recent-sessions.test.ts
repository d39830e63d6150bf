import { afterEach, describe, expect, it, vi } from 'vitest';
import { RecentSessions, type ValidSession } from './recent-sessions.ts';

const USER = { id: 'u', name: 'Ann', email: 'ann@films.example' };
const inSeconds = (seconds: number): ValidSession => ({ user: USER, expiresAt: new Date(Date.now() + seconds * 1_000) });

describe('recent sessions', () => {
  afterEach(() => void vi.useRealTimers());

  it('are looked up once in five seconds', async () => {
    vi.useFakeTimers();
    const sessions = new RecentSessions();
    const look = vi.fn(async () => inSeconds(60));
    for (let n = 0; n < 3; n++) expect((await sessions.find('a', look))?.user).toBe(USER);
    expect(look).toHaveBeenCalledTimes(1);
    await sessions.find('b', look);
    expect(look).toHaveBeenCalledTimes(2);
    vi.advanceTimersByTime(5_001);
    await sessions.find('a', look);
    expect(look).toHaveBeenCalledTimes(3);
  });

  it('end with the session', async () => {
    vi.useFakeTimers();
    const sessions = new RecentSessions();
    await sessions.find('a', async () => inSeconds(2));
    vi.advanceTimersByTime(2_001);
    expect(await sessions.find('a', async () => null)).toBeNull();
  });

  it('are not kept when there is none', async () => {
    const sessions = new RecentSessions();
    expect(await sessions.find('a', async () => null)).toBeNull();
    expect(await sessions.find('a', async () => inSeconds(60))).not.toBeNull();
  });

  it('are forgotten at once, also one that is being looked up', async () => {
    const sessions = new RecentSessions();
    await sessions.find('a', async () => inSeconds(60));
    await sessions.find('b', async () => {
      sessions.forget();
      return inSeconds(60);
    });
    for (const cookie of ['a', 'b']) expect(await sessions.find(cookie, async () => null)).toBeNull();
  });
});
