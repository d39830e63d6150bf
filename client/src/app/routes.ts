export interface PageRoute {
  /** As the router and the server write it: `:id` stands for one part of the path. */
  path: string;
  /** The page's module: `client/src/features/PAGE.page.tsx`. */
  page: string;
}

/** The page for visitors who are new. It is drawn without Apollo and without the layout of the other pages. */
export const LANDING: PageRoute = { path: '/', page: 'landing/Landing' };

/**
 * All other pages of the web app. The router, preloading, the documents of the build and the server's addresses are made from this table.
 * The build writes it to dist/client/routes.json for the server.
 */
export const ROUTES: readonly PageRoute[] = [
  { path: '/welcome', page: 'onboarding/Onboarding' },
  { path: '/tonight', page: 'tonight/Tonight' },
  { path: '/home', page: 'home/Home' },
  { path: '/search', page: 'search/Results' },
  { path: '/movie/:id', page: 'movie/Movie' },
  { path: '/watchlist', page: 'watchlist/Watchlist' },
  { path: '/lists/:id', page: 'watchlist/SharedWatchlist' },
  { path: '/opinions', page: 'opinions/Opinions' },
  { path: '/profile', page: 'profile/Profile' },
  { path: '/together', page: 'together/Together' },
  { path: '/owner', page: 'owner/Owner' },
  { path: '/sign-in', page: 'account/SignIn' },
  { path: '/sign-up', page: 'account/SignUp' },
  { path: '/forgot-password', page: 'account/ForgotPassword' },
  { path: '/reset-password', page: 'account/ResetPassword' },
  { path: '/verify-email', page: 'account/VerifyEmail' },
];
