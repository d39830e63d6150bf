import '../language/english.ts';
import { ApolloProvider } from '@apollo/client/react';
import { useEffect } from 'react';
import { Route, Routes } from 'react-router';
import { client } from '../api/client.ts';
import { NotFound } from '../features/errors/public/NotFound.tsx';
import { ToastProvider } from '../ui/Toast.tsx';
import { Layout } from './Layout.tsx';
import { fetchOtherPages, PAGES } from './pages.ts';

/** All pages except the landing page. */
export function App() {
  useEffect(fetchOtherPages, []);
  return (
    <ApolloProvider client={client}>
      <ToastProvider>
        <Routes>
          <Route element={<Layout />}>
            {PAGES.map(({ path, page }) => (
              <Route key={path} path={path} element={<page.Component />} />
            ))}
            <Route path="*" element={<NotFound />} />
          </Route>
        </Routes>
      </ToastProvider>
    </ApolloProvider>
  );
}
