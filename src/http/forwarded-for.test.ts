import Fastify, { type FastifyBaseLogger } from 'fastify';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { checkForwardedFor, knownAddresses } from './forwarded-for.ts';

it.each([
  ['192.0.2.1', '192.0.2.1'],
  ['192.0.2.1, 198.51.100.2', '192.0.2.1, 198.51.100.2'],
  [' 192.0.2.1 ,198.51.100.2 ', '192.0.2.1, 198.51.100.2'],
  ['192.0.2.1:5678', '192.0.2.1'],
  ['[2001:db8::1]:5678', '2001:db8::1'],
  ['[2001:db8::1]', '2001:db8::1'],
  ['2001:db8::1', '2001:db8::1'],
  ['192.0.2.1:123456', ''],
  ['[192.0.2.1', ''],
  ['unknown', ''],
  ['', ''],
  // What stands before a text that is no address is the word of the caller.
  ['203.0.113.9, nonsense, 192.0.2.1', '192.0.2.1'],
  ['192.0.2.1, nonsense', ''],
  ['999.0.2.1, 192.0.2.1', '192.0.2.1'],
])('the addresses of %j are %j', (header, addresses) => {
  expect(knownAddresses(header)).toBe(addresses);
});

describe('X-Forwarded-For', () => {
  /** What a route sees of the header, and what was logged. */
  async function requests(isTrusted: boolean, headers: (string | undefined)[]) {
    const lines: string[] = [];
    const loggerInstance: FastifyBaseLogger = pino({ level: 'warn' }, { write: (line: string) => lines.push(line) });
    const app = Fastify({ loggerInstance });
    checkForwardedFor(app, isTrusted);
    app.get('/', (request, reply) => reply.send(request.headers['x-forwarded-for'] ?? 'none'));
    const seen: string[] = [];
    for (const value of headers)
      seen.push((await app.inject({ url: '/', headers: value === undefined ? {} : { 'x-forwarded-for': value } })).body);
    await app.close();
    return { seen, warnings: lines.filter((line) => line.includes('TRUST_PROXY is not set')).length };
  }
  it('of a trusted proxy holds addresses only, or is gone', async () => {
    expect(await requests(true, [undefined, '192.0.2.1:80', 'nonsense'])).toEqual({ seen: ['none', '192.0.2.1', 'none'], warnings: 0 });
  });

  it('is warned of once when no proxy is trusted', async () => {
    expect(await requests(false, [undefined, 'x', '192.0.2.1'])).toEqual({ seen: ['none', 'x', '192.0.2.1'], warnings: 1 });
  });
});
