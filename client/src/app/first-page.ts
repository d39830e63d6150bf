import { LazyPage } from './lazy-page.ts';
import { PAGES } from './pages.ts';

// What the landing page needs is a third of what the others do: Apollo and all that stands on it come with the first of them.
export const LANDING = new LazyPage(() => import('../features/landing/Landing.tsx'));
export const APP = new LazyPage(async () => ({ Component: (await import('./App.tsx')).App }));

/** What is answered within this is drawn at once; for what takes longer the page shows its outline meanwhile. */
const SOON_MS = 150;

/** Resolves when the page that the address names can be shown, or when it turned out that it cannot. */
export async function fetchPageOf(address: URL): Promise<void> {
  const named = address.pathname.split('/')[1];
  const page = Object.entries(PAGES).find(([name]) => name === named)?.[1];
  const needed = named === '' ? [LANDING] : page === undefined ? [APP] : [APP, page];
  // What goes wrong here goes wrong again where the page is shown, and is told there.
  await Promise.allSettled(needed.map((one) => one.fetch()));
  const asked = Promise.allSettled(needed.map((one) => one.ask(address)));
  await Promise.race([asked, new Promise((resolve) => setTimeout(resolve, SOON_MS))]);
}
