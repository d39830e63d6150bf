import { ApolloProvider } from '@apollo/client/react';
import { useEffect } from 'react';
import { Route, Routes } from 'react-router';
import { client } from '../api/client.ts';
import { Layout } from './Layout.tsx';
import { ToastProvider } from '../ui/Toast.tsx';
import { fetchOtherPages, PAGES } from './pages.ts';
import { NotFound } from '../features/errors/public/NotFound.tsx';

const { 'sign-in': SIGN_IN, 'sign-up': SIGN_UP } = PAGES;

/** Every page but the landing page. */
export function App() {
  useEffect(fetchOtherPages, []);
  return (
    <ApolloProvider client={client}>
      <ToastProvider>
        <Routes>
          <Route element={<Layout />}>
            <Route path="welcome" element={<PAGES.welcome.Component />} />
            <Route path="home" element={<PAGES.home.Component />} />
            <Route path="movie/:id" element={<PAGES.movie.Component />} />
            <Route path="watchlist" element={<PAGES.watchlist.Component />} />
            <Route path="profile" element={<PAGES.profile.Component />} />
            <Route path="together" element={<PAGES.together.Component />} />
            <Route path="sign-in" element={<SIGN_IN.Component />} />
            <Route path="sign-up" element={<SIGN_UP.Component />} />
            <Route path="*" element={<NotFound />} />
          </Route>
        </Routes>
      </ToastProvider>
    </ApolloProvider>
  );
}
