import { ApolloProvider } from '@apollo/client/react';
import { lazy, type ReactNode } from 'react';
import { Route, Routes } from 'react-router';
import { createApolloClient } from './apollo/client.ts';
import { Layout } from './components/Layout.tsx';
import { ToastProvider } from './components/Toast.tsx';
import { NotFound } from './routes/NotFound.tsx';

// Each page is a chunk of its own; src/http/pages.ts names the same paths.
const Onboarding = page(() => import('./routes/Onboarding.tsx'));
const Home = page(() => import('./routes/Home.tsx'));
const MoviePage = page(() => import('./routes/MoviePage.tsx'));
const Watchlist = page(() => import('./routes/Watchlist.tsx'));
const Profile = page(() => import('./routes/Profile.tsx'));
const Together = page(() => import('./routes/Together.tsx'));
const SignIn = page(() => import('./routes/SignIn.tsx'));
const SignUp = page(() => import('./routes/SignUp.tsx'));

const client = createApolloClient();

/** Every page but the landing page. */
export function App() {
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
