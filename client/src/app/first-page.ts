import { matchPath } from 'react-router';
import { pathWithin } from '../api/base-path.ts';
import { LazyPage } from './lazy-page.ts';
import { LANDING_PAGE, PAGES } from './pages.ts';

// The landing page needs a third of the code of the others: Apollo is loaded with the first of those.
export const APP = new LazyPage(async () => ({ Component: (await import('./App.tsx')).App }));

/** Data that arrives within this time is drawn at once. For slower data the page shows its skeleton. */
const PRELOAD_WAIT_MS = 150;

/** Resolves when the page of the address can be drawn, or when it is known that it cannot. */
export async function fetchPageOf(address: URL): Promise<void> {
  const within = pathWithin(address);
  const opened = PAGES.find(({ path }) => matchPath(path, within) !== null)?.page;
  const needed = within === '/' ? [LANDING_PAGE] : opened === undefined ? [APP] : [APP, opened];
  // An error here occurs again where the page is drawn, and is shown there.
  await Promise.allSettled(needed.map((page) => page.fetch()));
  const preloaded = Promise.allSettled(needed.map((page) => page.preload(address)));
  await Promise.race([preloaded, new Promise((resolve) => setTimeout(resolve, PRELOAD_WAIT_MS))]);
}
