import { LazyPage } from './lazy-page.ts';

/** The app's pages by the first part of their addresses; src/http/pages.ts names the same. */
export const PAGES = {
  welcome: new LazyPage(() => import('../features/onboarding/Onboarding.tsx')),
  home: new LazyPage(() => import('../features/home/Home.tsx')),
  movie: new LazyPage(() => import('../features/movie/MoviePage.tsx')),
  watchlist: new LazyPage(() => import('../features/watchlist/Watchlist.tsx')),
  profile: new LazyPage(() => import('../features/profile/Profile.tsx')),
  together: new LazyPage(() => import('../features/together/Together.tsx')),
  'sign-in': new LazyPage(() => import('../features/account/SignIn.tsx')),
  'sign-up': new LazyPage(() => import('../features/account/SignUp.tsx')),
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
