/// The worker that starts the web app without the server. It keeps code and the document of the app, and no answer of the API.

/** What the types of a page lack. The types of a worker do not go together with them. */
interface LifeEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface RequestEvent extends LifeEvent {
  readonly request: Request;
  readonly preloadResponse: Promise<Response | undefined>;
  respondWith(answer: Promise<Response>): void;
}
interface WindowOfApp {
  readonly url: string;
  focus(): Promise<WindowOfApp>;
  navigate(url: string): Promise<unknown>;
}
interface MessageEventOfPush extends LifeEvent {
  readonly data: { json(): NewsMessage } | null;
}
interface NotificationClick extends LifeEvent {
  readonly notification: Notification;
}
/** As the server writes it (src/library/push/news-message.ts). */
interface NewsMessage {
  title: string;
  body: string;
  lang: string;
  dir: 'ltr' | 'rtl';
}
interface WorkerScope {
  readonly registration: ServiceWorkerRegistration;
  readonly clients: {
    claim(): Promise<void>;
    matchAll(wanted: { type: 'window'; includeUncontrolled: boolean }): Promise<readonly WindowOfApp[]>;
    openWindow(url: string): Promise<unknown>;
  };
  addEventListener(type: 'install' | 'activate', listener: (event: LifeEvent) => void): void;
  addEventListener(type: 'push', listener: (event: MessageEventOfPush) => void): void;
  addEventListener(type: 'notificationclick', listener: (event: NotificationClick) => void): void;
  addEventListener(type: 'fetch', listener: (event: RequestEvent) => void): void;
}

/** The build puts both in (tools/service-worker.ts). */
declare const CACHE: string;
declare const FILES: readonly string[];

const worker = globalThis as unknown as WorkerScope;
/** "https://films.example/films/" */
const root = worker.registration.scope;
const assets = `${root}assets/`;
/** The document for any address of the app. */
const shell = `${root}shell.html`;
/** Addresses below these are no pages of the app. */
const OTHERS = ['api/', 'graphql', 'export.', 'posters/'].map((path) => root + path);
/** A proxy answers so for a server that it cannot reach. */
const AWAY = [502, 503, 504];

worker.addEventListener('install', (event) => event.waitUntil(keepApp()));
worker.addEventListener('activate', (event) => event.waitUntil(takeOver()));
worker.addEventListener('push', (event) => event.waitUntil(show(event)));
worker.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(openWatchlist());
});
worker.addEventListener('fetch', (event) => {
  const { method, url, mode } = event.request;
  if (method !== 'GET' || !url.startsWith(root)) return;
  if (url.startsWith(assets)) event.respondWith(fileOf(event.request));
  else if (mode === 'navigate' && !OTHERS.some((other) => url.startsWith(other))) event.respondWith(documentOf(event));
});

/** A browser takes the permission away from a worker that shows nothing. */
async function show(event: MessageEventOfPush): Promise<void> {
  const { title, body, lang, dir } = messageOf(event);
  await worker.registration.showNotification(title, { body, lang, dir, icon: `${root}icon-192.png`, tag: 'news' });
}

function messageOf({ data }: MessageEventOfPush): NewsMessage {
  try {
    if (data !== null) return data.json();
  } catch {
    // It is no message of this server.
  }
  return { title: 'CineMatch', body: '', lang: 'en', dir: 'ltr' };
}

/** Opens the watchlist, in a window of the app when there is one. */
async function openWatchlist(): Promise<void> {
  const url = `${root}watchlist`;
  const windows = await worker.clients.matchAll({ type: 'window', includeUncontrolled: false });
  const open = windows.find((one) => one.url.startsWith(root) && !OTHERS.some((other) => one.url.startsWith(other)));
  const shown = await open
    ?.focus()
    .then((focused) => focused.navigate(url))
    .catch(() => undefined);
  if (shown === undefined || shown === null) await worker.clients.openWindow(url);
}

/** Files that did not change since the version before are taken from it. */
async function keepApp(): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.add(new Request(shell, { cache: 'reload' }));
  await Promise.all(
    FILES.map(async (file) => {
      const url = root + file;
      const kept = await caches.match(url, { ignoreVary: true });
      return kept === undefined ? cache.add(url) : cache.put(url, kept);
    }),
  );
}

/** The browser activates a new worker when no page of the old one is open, so nobody needs the old files. */
async function takeOver(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith('cinematch-') && name !== CACHE).map((name) => caches.delete(name)));
  await worker.registration.navigationPreload?.enable();
  await worker.clients.claim();
}

/** The name of a file contains a hash of its content, so a kept file is never stale. */
async function fileOf(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request, { ignoreVary: true });
  if (kept !== undefined) return kept;
  const answer = await fetch(request);
  if (answer.status === 200) await cache.put(request, answer.clone());
  return answer;
}

/** Documents come from the server when it answers: the kept one is for the time without it. */
async function documentOf({ request, preloadResponse }: RequestEvent): Promise<Response> {
  try {
    const answer = (await preloadResponse) ?? (await fetch(request));
    if (!AWAY.includes(answer.status)) return answer;
    throw new Error(`status ${answer.status}`);
  } catch (error) {
    const kept = await caches.match(shell, { ignoreVary: true });
    if (kept === undefined) throw error;
    return kept;
  }
}
