import { ApolloProvider } from '@apollo/client/react';
import { lazy, type ReactNode, useEffect } from 'react';
import { Route, Routes } from 'react-router';
import { createApolloClient } from './apollo/client.ts';
import { Layout } from './components/Layout.tsx';
import { ToastProvider } from './components/Toast.tsx';
import { fetchOtherPages, PAGES } from './pages.ts';
import { NotFound } from './routes/NotFound.tsx';

const Onboarding = page(PAGES.welcome);
const Home = page(PAGES.home);
const MoviePage = page(PAGES.movie);
const Watchlist = page(PAGES.watchlist);
const Profile = page(PAGES.profile);
const Together = page(PAGES.together);
const SignIn = page(PAGES['sign-in']);
const SignUp = page(PAGES['sign-up']);

const client = createApolloClient();

/** Every page but the landing page. */
export function App() {
  useEffect(fetchOtherPages, []);
  return (
    <ApolloProvider client={client}>
      <ToastProvider>
        <Routes>
          <Route element={<Layout />}>
            <Route path="welcome" element={<Onboarding />} />
            <Route path="home" element={<Home />} />
            <Route path="movie/:id" element={<MoviePage />} />
            <Route path="watchlist" element={<Watchlist />} />
            <Route path="profile" element={<Profile />} />
            <Route path="together" element={<Together />} />
            <Route path="sign-in" element={<SignIn />} />
            <Route path="sign-up" element={<SignUp />} />
            <Route path="*" element={<NotFound />} />
          </Route>
        </Routes>
      </ToastProvider>
    </ApolloProvider>
  );
}

function page(load: () => Promise<{ Component: () => ReactNode }>) {
  return lazy(async () => ({ default: (await load()).Component }));
}
