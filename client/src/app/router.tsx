import { Suspense } from 'react';
import { BrowserRouter, Route, Routes } from 'react-router';
import { APP } from './first-page.ts';
import { LANDING_PAGE } from './pages.ts';

// A data router would add 30 KB and duplicate what Apollo does.
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
