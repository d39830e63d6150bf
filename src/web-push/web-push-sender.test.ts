import { createPublicKey } from 'node:crypto';
import { jwtVerify } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RealPushService, TestBrowser } from '../../test/real-servers/push-service.ts';
import { createWebPushKeys, signingKey } from './web-push-keys.ts';
import { WebPushSender } from './web-push-sender.ts';

const KEYS = createWebPushKeys();
const SETTINGS = { ...KEYS, contact: 'mailto:owner@films.example' };

describe('a message to a browser', () => {
  let service: RealPushService;
  beforeEach(async () => {
    service = await RealPushService.start();
  });
  afterEach(() => service.down());
  const browser = new TestBrowser();
  const sender = new WebPushSender(SETTINGS, { localServices: true });
  const send = () => sender.send(browser.subscription(`${service.origin}/send/1`), 'Alien');

  it('is sent encrypted, signed and with its time', async () => {
    expect(await send()).toEqual({ kind: 'sent' });
    expect(service.received).toHaveLength(1);
    const [{ path, headers, body }] = service.received;
    expect(path).toBe('/send/1');
    expect(headers).toMatchObject({
      'content-encoding': 'aes128gcm',
      'content-length': String(body.length),
      ttl: '86400',
      topic: 'cinematch-news',
      urgency: 'low',
    });
    expect(browser.decrypt(body)).toBe('Alien');
    const [, token = '', key] = /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(headers.authorization ?? '') ?? [];
    expect(key).toBe(KEYS.publicKey);
    const { payload, protectedHeader } = await jwtVerify(token, createPublicKey(signingKey(KEYS)), { audience: service.origin });
    expect(protectedHeader.alg).toBe('ES256');
    expect(payload.sub).toBe('mailto:owner@films.example');
    const hours = ((payload.exp ?? 0) - Date.now() / 1_000) / 3_600;
    expect(hours).toBeGreaterThan(11);
    expect(hours).toBeLessThanOrEqual(12);
  });

  it.each([
    [200, { kind: 'sent' }],
    [202, { kind: 'sent' }],
    [404, { kind: 'gone' }],
    [410, { kind: 'gone' }],
    [302, { kind: 'refused', reason: 'the push service answered 302' }],
    [400, { kind: 'refused', reason: 'the push service answered 400' }],
    [403, { kind: 'refused', reason: 'the push service answered 403' }],
    [413, { kind: 'refused', reason: 'the push service answered 413' }],
    [429, { kind: 'later', reason: 'the push service answered 429', afterMs: 0 }],
    [500, { kind: 'later', reason: 'the push service answered 500', afterMs: 0 }],
    [503, { kind: 'later', reason: 'the push service answered 503', afterMs: 0 }],
  ])('that is answered with %i', async (status, outcome) => {
    service.answers = [{ status, headers: { location: `${service.origin}/elsewhere` } }];
    expect(await send()).toEqual(outcome);
    expect(service.received).toHaveLength(1);
  });

  it('waits as long as the push service says, a day at most', async () => {
    for (const [said, ms] of [
      ['120', 120_000],
      ['86401', 86_400_000],
      ['soon', 0],
      ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
    ] as const) {
      service.answers = [{ status: 429, headers: { 'retry-after': said } }];
      expect(await send(), said).toMatchObject({ kind: 'later', afterMs: ms });
    }
  });

  it('that is not answered in time comes later', async () => {
    let release: () => void = () => undefined;
    service.hold = new Promise((resolve) => {
      release = resolve;
    });
    const hasty = new WebPushSender(SETTINGS, { localServices: true, timeoutMs: 100 });
    expect(await hasty.send(browser.subscription(`${service.origin}/send/1`), 'Alien')).toEqual({
      kind: 'later',
      reason: 'the push service did not answer in time',
      afterMs: 0,
    });
    release();
  });

  it('never goes to this machine, whatever its name', async () => {
    const guarded = new WebPushSender(SETTINGS);
    const url = new URL(service.origin);
    expect(await guarded.send(browser.subscription(`https://localhost:${url.port}/send/1`), 'Alien')).toEqual({
      kind: 'later',
      reason: 'the push service cannot be reached (ENOTPUBLIC)',
      afterMs: 0,
    });
    expect(service.received).toEqual([]);
  });
});
