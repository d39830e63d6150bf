/** Whether this browser can show messages of the site. `denied`: the person has forbidden it. */
export type PushSupport = 'unsupported' | 'denied' | 'usable';

/** The worker starts some seconds after the page. */
const WORKER_WAIT_MS = 15_000;

/** Whether the app has a worker in this browser. A worker keeps no files of another server (ASSETS_URL). */
export function hasServiceWorker(): boolean {
  return 'serviceWorker' in navigator && new URL(import.meta.url).origin === window.location.origin;
}

export function pushSupport(): PushSupport {
  if (!(hasServiceWorker() && 'PushManager' in window && 'Notification' in window)) return 'unsupported';
  return Notification.permission === 'denied' ? 'denied' : 'usable';
}

/** The subscription that this browser has; null when there is none. */
export async function browserSubscription(): Promise<PushSubscription | null> {
  if (pushSupport() === 'unsupported') return null;
  const registration = await navigator.serviceWorker.getRegistration();
  return (await registration?.pushManager.getSubscription()) ?? null;
}

/** Asks the person for the permission, and the push service for an address. Null when the person says no. */
export async function subscribeBrowser(publicKey: string): Promise<PushSubscription | null> {
  if ((await Notification.requestPermission()) !== 'granted') return null;
  // What is left of another account or of other keys of the server.
  await unsubscribeBrowser();
  const { pushManager } = await readyWorker();
  return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey });
}

/** Ends the address of this browser, when it has one: nobody can write to it then. */
export async function unsubscribeBrowser(): Promise<void> {
  const subscription = await browserSubscription().catch(() => null);
  await subscription?.unsubscribe().catch(() => false);
}

async function readyWorker(): Promise<ServiceWorkerRegistration> {
  const late = new Promise<never>((_, reject) => setTimeout(() => reject(new Error('no service worker')), WORKER_WAIT_MS));
  return Promise.race([navigator.serviceWorker.ready, late]);
}
