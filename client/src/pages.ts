/** The app's pages, each a chunk of its own, by the first part of its address; src/http/pages.ts names the same. */
export const PAGES = {
  welcome: () => import('./routes/Onboarding.tsx'),
  home: () => import('./routes/Home.tsx'),
  movie: () => import('./routes/MoviePage.tsx'),
  watchlist: () => import('./routes/Watchlist.tsx'),
  profile: () => import('./routes/Profile.tsx'),
  together: () => import('./routes/Together.tsx'),
  'sign-in': () => import('./routes/SignIn.tsx'),
  'sign-up': () => import('./routes/SignUp.tsx'),
};

/** Begins to fetch the page that the address names, beside the code that will show it. */
export function fetchPageOf(pathname: string): void {
  const named = pathname.split('/')[1];
  // What goes wrong here goes wrong again where the page is shown, and is told there.
  for (const [name, load] of Object.entries(PAGES)) if (name === named) load().catch(() => {});
}

/** Fetches the others while nothing else is done: they open at once then, and when the server has gone away. */
export function fetchOtherPages(): void {
  const fetchAll = (): void => {
    for (const load of Object.values(PAGES)) load().catch(() => {});
  };
  if ('requestIdleCallback' in window) requestIdleCallback(fetchAll, { timeout: 5_000 });
  else setTimeout(fetchAll, 2_000);
}
