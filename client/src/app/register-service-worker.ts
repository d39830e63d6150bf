import { BASE_PATH } from '../api/base-path.ts';
import { hasServiceWorker } from '../api/push-browser.ts';

/** The page has been drawn by then. */
const REGISTER_AFTER_MS = 3_000;

/** Starts the worker that opens the app without the server. Browsers have it on HTTPS and on localhost only. */
export function registerServiceWorker(): void {
  if (!import.meta.env.PROD || !hasServiceWorker()) return;
  setTimeout(() => navigator.serviceWorker.register(`${BASE_PATH}/service-worker.js`).catch(() => {}), REGISTER_AFTER_MS);
}
