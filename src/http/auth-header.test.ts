import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { decodeProxyUser, PROXY_USER_HEADER, type ProxyUser } from '../proxy-user.ts';
import { believeAuthHeader } from './auth-header.ts';

const PROXY = '192.0.2.1';
const ANN = { 'remote-user': 'ann', 'remote-email': 'ann@films.test', 'remote-name': 'Ann', 'remote-groups': 'family, staff,,' };

describe('the headers of a forward-auth proxy', () => {
  let app: FastifyInstance;
  const warnings: unknown[] = [];
  const start = (proxies: readonly string[] = [PROXY]): void => {
    warnings.length = 0;
    app = Fastify();
    vi.spyOn(app.log, 'warn').mockImplementation((about: unknown) => void warnings.push(about));
    believeAuthHeader(app, { id: 'remote-user', email: 'remote-email', name: 'remote-name', groups: 'remote-groups', proxies });
    app.get('/', ({ headers }) => ({ ...headers }));
  };
  afterEach(() => {
    vi.restoreAllMocks();
    return app.close();
  });
  const received = async (headers: Record<string, string | string[]>, from = PROXY): Promise<Record<string, string>> =>
    (await app.inject({ url: '/', headers, remoteAddress: from })).json();
  const person = async (headers: Record<string, string | string[]>, from = PROXY): Promise<ProxyUser | undefined> => {
    const named = (await received(headers, from))[PROXY_USER_HEADER];
    return named === undefined ? undefined : decodeProxyUser(named);
  };

  it('name a person, and are seen by nothing else', async () => {
    start();
    expect(await person(ANN)).toEqual({ id: 'ann', email: 'ann@films.test', name: 'Ann', groups: ['family', 'staff'] });
    expect(
      Object.keys(await received({ ...ANN, 'x-other': 'y' })).filter((name) => name.startsWith('remote-') || name === 'x-other'),
    ).toEqual(['x-other']);
    expect(warnings).toEqual([]);
  });

  it('need no more than the person', async () => {
    start();
    expect(await person({ 'remote-user': 'ann' })).toEqual({ id: 'ann', email: '', name: 'ann', groups: [] });
    expect(await person({ 'remote-user': 'ann@films.test' })).toMatchObject({ email: 'ann@films.test', name: 'ann@films.test' });
    expect(await person({ ...ANN, 'remote-user': '' })).toBeUndefined();
    expect(await person({ 'remote-groups': 'staff' })).toBeUndefined();
  });

  it('may be UTF-8 or Latin-1', async () => {
    start();
    for (const encoding of ['utf8', 'latin1'] as const) {
      const name = Buffer.from('Zoë', encoding).toString('latin1');
      expect(await person({ ...ANN, 'remote-name': name }), encoding).toMatchObject({ name: 'Zoë' });
    }
  });

  it('are removed when a stranger sends them, and so is the header that the server uses', async () => {
    start();
    const names = Object.keys(await received({ ...ANN, [PROXY_USER_HEADER]: 'forged' }, '192.0.2.2'));
    expect(names.filter((name) => name.startsWith('remote-') || name === PROXY_USER_HEADER)).toEqual([]);
    expect(Object.keys(await received({ [PROXY_USER_HEADER]: 'forged' }))).not.toContain(PROXY_USER_HEADER);
    expect(warnings).toEqual([{ from: '192.0.2.2', forged: 1 }]);
  });

  it('are not believed when one of them is too long', async () => {
    start();
    for (const header of Object.keys(ANN)) {
      expect(await person({ ...ANN, [header]: 'x'.repeat(2_000) }), header).toBeDefined();
      expect(await person({ ...ANN, [header]: 'x'.repeat(2_001) }), header).toBeUndefined();
    }
  });

  it('are not believed when one of them comes twice', async () => {
    start();
    // Sent twice by a caller and a proxy that adds its own.
    for (const header of Object.keys(ANN)) expect(await person({ ...ANN, [header]: ['one', 'two'] }), header).toBeUndefined();
    // A value that is the name of a header is no header.
    expect(await person({ ...ANN, 'x-other': 'remote-user', 'x-another': 'remote-user' })).toBeDefined();
    expect(warnings).toEqual([{ from: PROXY, forged: 1 }]);
  });

  it('are reported once a minute, with how many there were', async () => {
    start();
    let now = 1_000_000;
    vi.spyOn(performance, 'now').mockImplementation(() => now);
    const forge = () => received(ANN, '192.0.2.2');
    for (const [passed, expected] of [
      [0, 1],
      [59_999, 1],
      [1, 2],
    ] as const) {
      now += passed;
      await forge();
      expect(warnings).toHaveLength(expected);
    }
    expect(warnings).toEqual([
      { from: '192.0.2.2', forged: 1 },
      { from: '192.0.2.2', forged: 2 },
    ]);
  });

  it('are believed from addresses and networks of both versions', async () => {
    start(['192.0.2.1', '10.0.0.0/8', '::1', 'fd00::/16']);
    const believed = [];
    for (const from of ['192.0.2.1', '192.0.2.2', '10.255.0.1', '11.0.0.1', '::1', '::2', 'fd00:1::1', 'fd01::1', '::ffff:10.0.0.1'])
      if ((await person(ANN, from)) !== undefined) believed.push(from);
    expect(believed).toEqual(['192.0.2.1', '10.255.0.1', '::1', 'fd00:1::1', '::ffff:10.0.0.1']);
  });
});
