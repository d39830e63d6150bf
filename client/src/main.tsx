import './page.css';
import { ApolloProvider } from '@apollo/client/react';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router/dom';
import { createApolloClient } from './apollo/client.ts';
import { ToastProvider } from './components/Toast.tsx';
import { startLanguage } from './language.ts';
import { createRouter } from './router.tsx';
import { startTheme } from './theme.ts';

const container = document.getElementById('app');
if (container === null) throw new Error('the page has no #app');

startTheme();
await startLanguage();

createRoot(container).render(
  <StrictMode>
    <ApolloProvider client={createApolloClient()}>
      <ToastProvider>
        <RouterProvider router={createRouter()} />
      </ToastProvider>
    </ApolloProvider>
  </StrictMode>,
);
