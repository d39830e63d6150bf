import { createBrowserRouter } from 'react-router';
import { Layout } from './components/Layout.tsx';
import { RouteError } from './components/RouteError.tsx';
import { NotFound } from './routes/NotFound.tsx';

// Each page is a chunk of its own, with `Component` exported; src/http/pages.ts names the same paths.
export function createRouter() {
  return createBrowserRouter([
    {
      Component: Layout,
      ErrorBoundary: RouteError,
      HydrateFallback: Nothing,
      children: [
        {
          ErrorBoundary: RouteError,
          children: [
            { index: true, lazy: () => import('./routes/Landing.tsx') },
            { path: 'welcome', lazy: () => import('./routes/Onboarding.tsx') },
            { path: 'home', lazy: () => import('./routes/Home.tsx') },
            { path: 'movie/:id', lazy: () => import('./routes/MoviePage.tsx') },
            { path: 'watchlist', lazy: () => import('./routes/Watchlist.tsx') },
            { path: 'profile', lazy: () => import('./routes/Profile.tsx') },
            { path: 'together', lazy: () => import('./routes/Together.tsx') },
            { path: 'sign-in', lazy: () => import('./routes/SignIn.tsx') },
            { path: 'sign-up', lazy: () => import('./routes/SignUp.tsx') },
            { path: '*', Component: NotFound },
          ],
        },
      ],
    },
  ]);
}

/** While the first page's code is on its way. */
function Nothing() {
  return null;
}
