import { createECDH } from 'node:crypto';
import { expect, it } from 'vitest';
import { TestBrowser } from '../../../test/real-servers/push-service.ts';
import { InputError } from '../../input-error.ts';
import { readSubscription } from './push-subscription.ts';

const GIVEN = { ...new TestBrowser().subscription('https://fcm.googleapis.com/fcm/send/abc'), language: 'de' };
const wrong = (field: string, value: string): string => {
  try {
    readSubscription({ ...GIVEN, [field]: value });
  } catch (error) {
    if (error instanceof InputError) return error.path;
    throw error;
  }
  return 'taken';
};

it('takes what a browser gives, and English for a language without words', () => {
  expect(readSubscription(GIVEN)).toEqual(GIVEN);
  expect(readSubscription({ ...GIVEN, auth: `${GIVEN.auth}==` }).auth).toBe(GIVEN.auth);
  expect(['pt-BR', 'ja', 'it', 'deutsch', ''].map((language) => readSubscription({ ...GIVEN, language }).language)).toEqual([
    ...['pt', 'ja', 'en', 'en', 'en'],
  ]);
});

it.each([
  ...[
    '',
    'push',
    'http://push.example.org/x',
    'ftp://push.example.org/x',
    'https://push.example.org:8443/x',
    'https://a:b@push.example.org/x',
  ],
  ...[
    'https://localhost/x',
    'https://push.localhost/x',
    'https://push.local/x',
    'https://router.lan/x',
    'https://metadata.google.internal/x',
  ],
  ...[
    'https://127.0.0.1/x',
    'https://2130706433/x',
    'https://0x7f.1/x',
    'https://169.254.169.254/x',
    'https://[::1]/x',
    'https://8.8.8.8/x',
  ],
  ...['https://PUSH.example.org/x', 'https://push.example.org:443/x', 'https://push.example.org/é', 'https://push.example.org'],
  ...['https://intranet/x', 'https://intranet./x', 'https://localhost./x', `https://push.example.org/${'x'.repeat(976)}`],
])('refuses the endpoint %s', (endpoint) => {
  expect(wrong('endpoint', endpoint)).toBe('subscription.endpoint');
});

it('takes an endpoint of 1,000 characters', () => {
  const endpoint = `https://push.example.org/${'x'.repeat(975)}`;
  expect(endpoint).toHaveLength(1_000);
  expect(wrong('endpoint', endpoint)).toBe('taken');
});

it('refuses keys that no browser has', () => {
  const pair = createECDH('prime256v1');
  pair.generateKeys();
  const offCurve = Buffer.from(GIVEN.p256dh, 'base64url');
  offCurve[64] ^= 1;
  const points = [
    '',
    'x',
    GIVEN.p256dh.slice(2),
    pair.getPublicKey('base64url', 'compressed'),
    offCurve.toString('base64url'),
    `${GIVEN.p256dh} `,
  ];
  expect(points.map((p256dh) => wrong('p256dh', p256dh))).toEqual(Array(6).fill('subscription.p256dh'));
  const secrets = ['', 'x', Buffer.alloc(15).toString('base64url'), Buffer.alloc(17).toString('base64url'), `${GIVEN.auth} `];
  expect(secrets.map((auth) => wrong('auth', auth))).toEqual(Array(5).fill('subscription.auth'));
});
