import { afterEach, describe, expect, it } from 'vitest';
import { parseEnvironment } from '../environment/environment.ts';
import { createTraffic, type Traffic } from './traffic.ts';

describe('what stands around every request', () => {
  let traffic: Traffic;
  afterEach(() => traffic.close());

  const create = (environment: Record<string, string>): string[] => {
    const said: string[] = [];
    const say = (_about: object, message: string): void => void said.push(message);
    const snapshot = (): never => {
      throw new Error('nothing is asked of the catalogue here');
    };
    traffic = createTraffic(parseEnvironment(environment), { info: say, warn: say }, snapshot);
    return said;
  };

  it('limits as the environment says, and says nothing', () => {
    const said = create({ RATE_LIMIT_PER_ADDRESS: '7', RATE_LIMIT_PER_USER: '8', RATE_LIMIT_PER_KEY: '9', RATE_LIMIT_SIGN_IN: '3' });
    const minute = { windowMs: 60_000, exact: false };
    expect(traffic.rateLimits).toMatchObject({
      address: { name: 'address', limit: 7, ...minute },
      user: { name: 'user', limit: 8, ...minute },
      key: { name: 'key', limit: 9, ...minute },
      signIn: { name: 'sign-in', limit: 3, windowMs: 60_000, exact: true },
    });
    expect(said).toEqual([]);
  });

  it('turns the limits off loudly', () => {
    const said = create({ RATE_LIMIT: 'off' });
    expect(traffic.rateLimits).toBeUndefined();
    expect(said).toEqual(['RATE_LIMIT is off: anybody may ask as often as they like, and guess passwords as fast']);
  });
});
