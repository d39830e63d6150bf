import { randomUUID } from 'node:crypto';
import type { Locator, Page } from 'playwright-core';
import type { ExpectStatic } from 'vitest';
import { TestBrowser } from '../../test/real-servers/push-service.ts';
import type { Actors, Journey } from './actors.ts';
import { mayMove } from './layout-shifts.ts';
import { refuse } from './refuse.ts';
import type { Size, Visit } from './stage.ts';

const ASK = 'query ($endpoint: String!) { viewer { webPush(endpoint: $endpoint) { isSubscribed language } } }';
const REFUSED = 'That couldn’t be saved. Please try again.';

interface FakePush {
  endpoint: string;
  p256dh: string;
  auth: string;
  /** What the person answers. */
  permission: 'granted' | 'denied';
}

/** A browser with a push service. What it subscribed to survives a reload. */
async function fakePush(page: Page, permission: FakePush['permission'] = 'granted'): Promise<string> {
  const endpoint = `https://push.example.org/send/${randomUUID()}`;
  await page.addInitScript(installFake, { ...new TestBrowser().subscription(endpoint), permission });
  return endpoint;
}

/** Runs in the page. */
function installFake({ endpoint, p256dh, auth, permission }: FakePush): void {
  const kept = 'fake-subscription';
  const keys = { p256dh, auth };
  const subscription = {
    endpoint,
    toJSON: () => ({ endpoint, keys }),
    unsubscribe: async () => {
      localStorage.removeItem(kept);
      return true;
    },
  };
  const pushManager = {
    getSubscription: async () => (localStorage.getItem(kept) === null ? null : subscription),
    subscribe: async ({ applicationServerKey }: { applicationServerKey: string }) => {
      localStorage.setItem(kept, applicationServerKey);
      return subscription;
    },
  };
  const registration = { pushManager };
  const serviceWorker = {
    ready: Promise.resolve(registration),
    register: async () => registration,
    getRegistration: async () => registration,
  };
  Object.defineProperty(navigator, 'serviceWorker', { value: serviceWorker });
  Object.defineProperty(window, 'PushManager', { value: class {} });
  let current: string = localStorage.getItem(kept) === null ? 'default' : 'granted';
  const requestPermission = async (): Promise<string> => {
    current = permission;
    return current;
  };
  Object.defineProperty(window, 'Notification', {
    value: Object.defineProperty({ requestPermission }, 'permission', { get: () => current }),
  });
}

function controlOf(page: Page): Locator {
  return page.getByRole('checkbox', { name: 'Tell me when a film of my watchlist comes to my services' });
}

/** The profile of a new account, with the switch. */
async function openProfile(visit: Visit): Promise<Locator> {
  await visit.signUp('Nora', `nora-${randomUUID()}@films.example`);
  await visit.page.goto('/profile');
  return controlOf(visit.page);
}

/** Turns the messages of a new account on, in its profile. */
async function turnOn(visit: Visit, expect: ExpectStatic): Promise<void> {
  const control = await openProfile(visit);
  await expect.poll(() => control.isEnabled()).toBe(true);
  await control.click();
  await expect.poll(() => control.isChecked()).toBe(true);
  await mayMove(visit.page);
}

export function newsJourneys(it: Journey, size: Size): void {
  it('messages are turned on for this browser, stay on after a reload, and are turned off', async ({ actors, expect }) => {
    const visit = await actors.visitor(size);
    const { page } = visit;
    const endpoint = await fakePush(page);
    const control = await openProfile(visit);
    await expect.poll(() => control.isEnabled()).toBe(true);
    expect(await control.isChecked()).toBe(false);
    await page.getByText('Choose your services above first.').waitFor();
    await mayMove(page);
    await control.click();
    await expect.poll(() => control.isChecked()).toBe(true);
    expect(await visit.query(ASK, { endpoint })).toEqual({ viewer: { webPush: { isSubscribed: true, language: 'en' } } });
    await page.reload();
    await expect.poll(() => control.isChecked()).toBe(true);
    await expect.poll(() => control.isEnabled()).toBe(true);
    await control.click();
    await expect.poll(() => control.isChecked()).toBe(false);
    expect(await visit.query(ASK, { endpoint })).toEqual({ viewer: { webPush: { isSubscribed: false, language: null } } });
    expect(await page.evaluate(() => localStorage.getItem('fake-subscription'))).toBeNull();
  }, 30_000);

  it('messages go on after a change of the password, which ends all sessions', async ({ actors, expect }) => {
    const visit = await actors.visitor(size);
    const { page } = visit;
    const endpoint = await fakePush(page);
    await turnOn(visit, expect);
    await page.getByRole('button', { name: 'Change password', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Current password').fill('a long password');
    await dialog.getByLabel('New password').fill('a longer password');
    const asked = page.waitForResponse((response) => response.request().postData()?.includes('SubscribeToNews') ?? false);
    await Promise.all([asked, dialog.getByRole('button', { name: 'Change password', exact: true }).click()]);
    expect(await visit.query(ASK, { endpoint })).toEqual({ viewer: { webPush: { isSubscribed: true, language: 'en' } } });
  }, 30_000);

  it('signing out ends the messages to this browser', async ({ actors, expect }) => {
    const visit = await actors.visitor(size);
    const { page } = visit;
    await fakePush(page);
    await turnOn(visit, expect);
    await page.getByRole('button', { name: 'Sign out', exact: true }).first().click();
    await page.waitForURL('/');
    await expect.poll(() => page.evaluate(() => localStorage.getItem('fake-subscription')).catch(() => 'moving')).toBeNull();
  }, 30_000);

  it('a browser that may not or cannot show messages says why, and guests have no switch', async ({ actors, expect }) => {
    const visit = await actors.visitor(size);
    await fakePush(visit.page, 'denied');
    const control = await openProfile(visit);
    await expect.poll(() => control.isEnabled()).toBe(true);
    await mayMove(visit.page);
    await control.click();
    await visit.page.getByText('Messages from this site are blocked.').waitFor();
    expect([await control.isChecked(), await control.isEnabled()]).toEqual([false, false]);

    const old = await actors.visitor(size);
    const none = await openProfile(old);
    await old.page.getByText('This browser can’t show messages from this site.').waitFor();
    expect([await none.isChecked(), await none.isEnabled()]).toEqual([false, false]);

    const guest = await actors.listedGuest(size);
    await guest.page.goto('/profile');
    await guest.page.getByText('Learn from what I do').waitFor();
    expect(await controlOf(guest.page).count()).toBe(0);
  }, 30_000);
}

/** The service worker, with a message that Chromium delivers to it. */
export function messageJourney(it: Journey): void {
  it('a message is shown as it was written, and opens the watchlist', async ({ actors, expect }) => {
    const { page } = await actors.visitor('desktop', { installed: true });
    const context = page.context();
    await context.grantPermissions(['notifications'], { origin: actors.stage.url });
    await page.goto('/tonight');
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    const cdp = await context.newCDPSession(page);
    const { promise: registered, resolve } = Promise.withResolvers<string>();
    cdp.on('ServiceWorker.workerRegistrationUpdated', ({ registrations: [first] }) => first && resolve(first.registrationId));
    await cdp.send('ServiceWorker.enable');
    const message = { title: 'Neu bei deinen Diensten (1)', body: 'Alien', lang: 'de', dir: 'ltr' };
    await cdp.send('ServiceWorker.deliverPushMessage', {
      origin: `${actors.stage.url}/`,
      registrationId: await registered,
      data: JSON.stringify(message),
    });
    const shown = () =>
      page.evaluate(async () => {
        const notifications = await (await navigator.serviceWorker.ready).getNotifications();
        return notifications.map(({ title, body, lang, dir, tag }) => ({ title, body, lang, dir, tag }));
      });
    await expect.poll(shown).toEqual([{ ...message, tag: 'news' }]);
    const [worker] = context.serviceWorkers();
    await worker?.evaluate(clickNotification);
    await expect.poll(() => worker?.evaluate(() => Reflect.get(globalThis, 'opened'))).toBe(`${actors.stage.url}/watchlist`);
    await expect.poll(shown).toEqual([]);
  }, 30_000);
}

/** Runs in the worker. Only a person's click may open a window, so the window is the test's. */
async function clickNotification(): Promise<void> {
  const scope = globalThis as unknown as {
    registration: ServiceWorkerRegistration;
    clients: object;
    NotificationEvent: new (type: string, init: object) => Event;
  };
  const [notification] = await scope.registration.getNotifications();
  Reflect.set(scope.clients, 'matchAll', async () => []);
  Reflect.set(scope.clients, 'openWindow', async (url: string) => Reflect.set(globalThis, 'opened', url));
  globalThis.dispatchEvent(new scope.NotificationEvent('notificationclick', { notification }));
}

/** The mutations of the switch. */
export const NEWS_REFUSALS: Record<string, (scene: { actors: Actors; expect: ExpectStatic }) => Promise<void>> = {
  async SubscribeToNews({ actors, expect }) {
    const visit = await actors.visitor('desktop');
    const { page } = visit;
    const endpoint = await fakePush(page);
    const control = await openProfile(visit);
    await expect.poll(() => control.isEnabled()).toBe(true);
    const answer = await refuse(page, 'SubscribeToNews');
    await control.click();
    await answer();
    await page.getByRole('alert').getByText(REFUSED).waitFor();
    await expect.poll(() => control.isEnabled()).toBe(true);
    expect(await control.isChecked()).toBe(false);
    expect(await page.evaluate(() => localStorage.getItem('fake-subscription'))).toBeNull();
    expect(await visit.query(ASK, { endpoint })).toEqual({ viewer: { webPush: { isSubscribed: false, language: null } } });
  },

  async UnsubscribeFromNews({ actors, expect }) {
    const visit = await actors.visitor('desktop');
    const { page } = visit;
    const endpoint = await fakePush(page);
    const control = await openProfile(visit);
    await expect.poll(() => control.isEnabled()).toBe(true);
    await control.click();
    await expect.poll(() => control.isChecked()).toBe(true);
    const answer = await refuse(page, 'UnsubscribeFromNews');
    await control.click();
    await answer();
    await page.getByRole('alert').getByText(REFUSED).waitFor();
    await expect.poll(() => control.isEnabled()).toBe(true);
    expect(await control.isChecked()).toBe(true);
    expect(await visit.query(ASK, { endpoint })).toEqual({ viewer: { webPush: { isSubscribed: true, language: 'en' } } });
  },
};
