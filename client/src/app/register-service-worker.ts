import { BASE_PATH } from '../api/base-path.ts';

/** The page has been drawn by then. */
const REGISTER_AFTER_MS = 3_000;

/** Starts the worker that opens the app without the server. Browsers have it on HTTPS and on localhost only. */
export function registerServiceWorker(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  // A worker keeps no files of another server (ASSETS_URL).
  if (new URL(import.meta.url).origin !== window.location.origin) return;
  setTimeout(() => navigator.serviceWorker.register(`${BASE_PATH}/service-worker.js`).catch(() => {}), REGISTER_AFTER_MS);
}
