import { lazy, Suspense } from 'react';
import { BrowserRouter, Route, Routes } from 'react-router';
import { fetchPageOf } from './pages.ts';

// What the landing page needs is a third of what the others do: Apollo and all that stands on it come with the first of them. And a
// router with loaders and actions would be 30 KB more, for what Apollo does here.
const Landing = lazy(async () => ({ default: (await import('./routes/Landing.tsx')).Component }));
const App = lazy(async () => {
  fetchPageOf(window.location.pathname);
  return { default: (await import('./App.tsx')).App };
});

export function Router() {
  return (
    <BrowserRouter>
      <Suspense>
        <Routes>
          <Route index element={<Landing />} />
          <Route path="*" element={<App />} />
        </Routes>
      </Suspense>
    </BrowserRouter>
  );
}
