import { APIError } from 'better-auth/api';
import { describe, expect, it } from 'vitest';
import { authLogger, reportRouteError } from './auth-log.ts';

describe('the log of accounts', () => {
  const written: [level: string, about: unknown, message: string][] = [];
  const write = (level: string) => (about: object, message: string) => written.push([level, about, message]);
  const log = { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
  const last = () => written.at(-1);

  it('writes name, message and stack of an error, and no other details', () => {
    const error = Object.assign(new Error('duplicate key'), { detail: 'Key (token)=(abc) already exists.', cause: new Error('abc') });
    authLogger(log).log('error', 'could not store', { token: 'abc' }, error);
    const [level, about, message] = last() ?? [];
    expect([level, message]).toEqual(['error', 'accounts: could not store']);
    const { err } = about as { err: Error };
    expect([err.name, err.message, err.stack]).toEqual(['Error', 'duplicate key', error.stack]);
    expect(Object.keys(err).filter((name) => name !== 'name')).toEqual([]);
    expect(err.cause).toBeUndefined();
    authLogger(log).log('warn', 'odd', { password: 'abc' }, 'abc');
    expect(last()).toEqual(['warn', {}, 'accounts: odd']);
  });

  it('writes the mistakes of callers below level error', () => {
    authLogger(log).log('error', 'Failed to validate API key:', new APIError('UNAUTHORIZED', { message: 'Invalid API key.' }));
    expect(last()).toEqual(['debug', { reason: 'Invalid API key.' }, 'accounts: Failed to validate API key:']);
    authLogger(log).log('error', 'Invalid origin: http://evil.test');
    expect(last()).toEqual(['warn', {}, 'accounts: Invalid origin: http://evil.test']);
    const before = written.length;
    reportRouteError(log, new APIError('UNAUTHORIZED', { message: 'Invalid password' }));
    expect(written).toHaveLength(before);
  });

  it('logs a failed route, and throws unexpected errors again', () => {
    reportRouteError(log, new APIError('INTERNAL_SERVER_ERROR', { message: 'no session' }));
    expect(last()).toMatchObject(['error', { err: { message: 'no session' } }, 'accounts: a request failed']);
    const error = new Error('unforeseen');
    expect(() => reportRouteError(log, error)).toThrow(error);
  });

  it('names the refusal of a provider, in 200 characters at most, and nothing else that it said', () => {
    const refused = (...details: unknown[]): unknown[] | undefined => {
      authLogger(log).log('error', 'no token', ...details);
      return last();
    };
    const line = (reason: string) => ['error', { reason }, 'accounts: the sign-in provider refused the server'];
    expect(refused({ error: 'invalid_client' })).toEqual(line('invalid_client'));
    expect(refused('x', { error: 'invalid_client', error_description: 'Unknown client', token: 'abc' })).toEqual(
      line('invalid_client: Unknown client'),
    );
    expect(refused({ error: 'a', error_description: 7 })).toEqual(line('a'));
    expect(refused({ error: 'x'.repeat(200) })).toEqual(line('x'.repeat(200)));
    expect(refused({ error: 'x'.repeat(201) })).toEqual(line('x'.repeat(200)));
    for (const detail of [null, 'text', {}, { error: 7 }]) expect(refused(detail)).toEqual(['warn', {}, 'accounts: no token']);
  });

  it.each(['User not found', 'Password not found', 'Invalid password', 'Password is too short', 'Password is too long'])(
    'says at level debug only: %s',
    (message) => {
      authLogger(log).log('error', message);
      expect(last()).toEqual(['debug', {}, `accounts: ${message}`]);
      authLogger(log).log('error', message, new Error('x'));
      expect(last()?.[0]).toBe('error');
    },
  );

  it('keeps the level of what is no error, and has words for a line without any', () => {
    for (const level of ['debug', 'info', 'warn'] as const) {
      authLogger(log).log(level, '');
      expect(last()).toEqual([level, {}, 'accounts: a sign-in failed']);
    }
    expect(authLogger(log).level).toBe('warn');
  });

  it('takes an answer from status 500 on for an error of the server', () => {
    authLogger(log).log('error', 'x', new APIError('INTERNAL_SERVER_ERROR', { message: 'no session' }));
    expect(last()).toMatchObject(['error', { err: { message: 'no session' } }, 'accounts: x']);
  });
});
