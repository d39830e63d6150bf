import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Identity } from './identity.ts';
import { RecentCredentials, type ValidCredentials } from './recent-credentials.ts';

const ANN: Identity = {
  userId: 'u',
  name: 'Ann',
  email: 'ann@films.example',
  emailVerified: false,
  isGuest: false,
  role: 'member',
  scopes: new Set(['read']),
  via: 'session',
};
const inSeconds = (seconds: number): ValidCredentials => ({ identity: ANN, expiresAt: Date.now() + seconds * 1_000 });

describe('recent credentials', () => {
  afterEach(() => void vi.useRealTimers());

  it('are looked up once in five seconds', async () => {
    vi.useFakeTimers();
    const recent = new RecentCredentials();
    const look = vi.fn(async () => inSeconds(60));
    for (let n = 0; n < 3; n++) expect(await recent.find('session', 'a', look)).toBe(ANN);
    expect(look).toHaveBeenCalledTimes(1);
    await recent.find('session', 'b', look);
    // A text is a credential of one kind only.
    await recent.find('jwt', 'a', look);
    expect(look).toHaveBeenCalledTimes(3);
    vi.advanceTimersByTime(5_001);
    await recent.find('session', 'a', look);
    expect(look).toHaveBeenCalledTimes(4);
  });

  it('end when they expire', async () => {
    vi.useFakeTimers();
    const recent = new RecentCredentials();
    await recent.find('session', 'a', async () => inSeconds(2));
    vi.advanceTimersByTime(2_001);
    expect(await recent.find('session', 'a', async () => null)).toBeNull();
  });

  it('are not kept when there is none', async () => {
    const recent = new RecentCredentials();
    expect(await recent.find('session', 'a', async () => null)).toBeNull();
    expect(await recent.find('session', 'a', async () => inSeconds(60))).not.toBeNull();
  });

  it('are forgotten at once, also one that is being looked up', async () => {
    const recent = new RecentCredentials();
    await recent.find('session', 'a', async () => inSeconds(60));
    await recent.find('session', 'b', async () => {
      recent.forget();
      return inSeconds(60);
    });
    for (const cookie of ['a', 'b']) expect(await recent.find('session', cookie, async () => null)).toBeNull();
  });
});
