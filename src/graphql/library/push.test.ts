import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixtureSnapshot } from '../../../test/fixture-release.ts';
import { TestBrowser } from '../../../test/real-servers/push-service.ts';
import { type ViewerApp, viewerApp } from '../../../test/viewer-app.ts';

const KEY = 'BDA7YpqvlCAYuVX1n-vLljMoFJragLtkb0c-kHqqejTqkkFu72YgPi5FsQgYS0QclKh9a1ELQrxC8ZVVofeOgYg';
const SUBSCRIBE =
  'mutation ($subscription: PushSubscriptionInput!) { subscribeToPush(subscription: $subscription) { publicKey isSubscribed language } }';
const UNSUBSCRIBE = 'mutation ($endpoint: String!) { unsubscribeFromPush(endpoint: $endpoint) }';
const ASK = 'query ($endpoint: String) { viewer { webPush(endpoint: $endpoint) { publicKey isSubscribed language } } }';
const ENDPOINT = 'https://push.example.org/send/1';
const subscription = { ...new TestBrowser().subscription(ENDPOINT), language: 'pt-BR' };

describe('messages to browsers', () => {
  let app: ViewerApp;
  let silent: ViewerApp;
  beforeAll(async () => {
    const snapshot = await fixtureSnapshot();
    app = await viewerApp(() => snapshot, { pushKey: KEY });
    silent = await viewerApp(() => snapshot);
  });
  afterAll(async () => {
    await app.shutDown(0);
    await silent.shutDown(0);
  });

  it('go to a browser from when it is subscribed until it is not, in the language of its page', async () => {
    const ann = app.viewer();
    const off = { viewer: { webPush: { publicKey: KEY, isSubscribed: false, language: null } } };
    expect(await ann.ask(ASK)).toEqual(off);
    expect(await ann.ask(ASK, { endpoint: ENDPOINT })).toEqual(off);
    const on = { publicKey: KEY, isSubscribed: true, language: 'pt' };
    expect(await ann.ask(SUBSCRIBE, { subscription })).toEqual({ subscribeToPush: on });
    expect(await ann.ask(ASK, { endpoint: ENDPOINT })).toEqual({ viewer: { webPush: on } });
    expect(await ann.ask(ASK, { endpoint: `${ENDPOINT}2` })).toEqual(off);
    expect(await app.viewer().ask(ASK, { endpoint: ENDPOINT })).toEqual(off);
    expect(await app.viewer().ask(UNSUBSCRIBE, { endpoint: ENDPOINT })).toEqual({ unsubscribeFromPush: false });
    expect(await ann.ask(UNSUBSCRIBE, { endpoint: ENDPOINT })).toEqual({ unsubscribeFromPush: true });
    expect(await ann.ask(ASK, { endpoint: ENDPOINT })).toEqual(off);
  });

  it('never go to this machine or its networks, and need the keys of a browser', async () => {
    const ann = app.viewer();
    for (const [field, value] of [
      ['endpoint', 'https://127.0.0.1/x'],
      ['endpoint', 'http://push.example.org/x'],
      ['p256dh', 'x'],
      ['auth', 'x'],
    ] as const) {
      const { extensions, message } = await ann.refusal(SUBSCRIBE, { subscription: { ...subscription, [field]: value } });
      expect(extensions.code).toBe('BAD_USER_INPUT');
      expect(message).toMatch(new RegExp(`^subscription.${field}: `));
    }
  });

  it('are none on a server without keys', async () => {
    const ann = silent.viewer();
    expect(await ann.ask(ASK)).toEqual({ viewer: { webPush: null } });
    expect((await ann.refusal(SUBSCRIBE, { subscription })).message).toBe('subscription: this server sends no messages to browsers');
  });

  it('are part of an export, without what lets somebody write to the browser', async () => {
    const ann = app.viewer();
    await ann.ask(SUBSCRIBE, { subscription });
    const { body } = await app.fastify.inject({ url: '/export.json', headers: ann.headers });
    expect(JSON.parse(body).pushSubscriptions).toEqual([
      { pushService: 'push.example.org', language: 'pt', createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) },
    ]);
    for (const secret of [ENDPOINT, subscription.p256dh, subscription.auth]) expect(body).not.toContain(secret);
  });
});
