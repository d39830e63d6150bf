import { Suspense } from 'react';
import { BrowserRouter, Route, Routes } from 'react-router';
import { APP } from './first-page.ts';
import { LANDING_PAGE } from './pages.ts';

// A router with loaders and actions would be 30 KB more, for what Apollo does here.
export function Router() {
  return (
    <BrowserRouter>
      <Suspense>
        <Routes>
          <Route index element={<LANDING_PAGE.Component />} />
          <Route path="*" element={<APP.Component />} />
        </Routes>
      </Suspense>
    </BrowserRouter>
  );
}
