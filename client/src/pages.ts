import { LazyPage } from './lazy-page.ts';

/** The app's pages by the first part of their addresses; src/http/pages.ts names the same. */
export const PAGES = {
  welcome: new LazyPage(() => import('./routes/Onboarding.tsx')),
  home: new LazyPage(() => import('./routes/Home.tsx')),
  movie: new LazyPage(() => import('./routes/MoviePage.tsx')),
  watchlist: new LazyPage(() => import('./routes/Watchlist.tsx')),
  profile: new LazyPage(() => import('./routes/Profile.tsx')),
  together: new LazyPage(() => import('./routes/Together.tsx')),
  'sign-in': new LazyPage(() => import('./routes/SignIn.tsx')),
  'sign-up': new LazyPage(() => import('./routes/SignUp.tsx')),
};

/** What the others are fetched after: the page that one came for has been drawn by then. */
const OTHERS_AFTER_MS = 1_000;

/** Fetches the others while nothing else is done: they open at once then, and when the server has gone away. */
export function fetchOtherPages(): void {
  const fetchAll = (): void => {
    for (const page of Object.values(PAGES)) page.fetch().catch(() => {});
  };
  setTimeout(() => {
    if ('requestIdleCallback' in window) requestIdleCallback(fetchAll, { timeout: 5_000 });
    else fetchAll();
  }, OTHERS_AFTER_MS);
}
