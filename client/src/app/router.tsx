import { Suspense } from 'react';
import { BrowserRouter, Route, Routes } from 'react-router';
import { BASE_PATH } from '../api/base-path.ts';
import { APP } from './first-page.ts';
import { LANDING_PAGE } from './pages.ts';

// A data router would add 30 KB and duplicate what Apollo does.
export function Router() {
  return (
    <BrowserRouter basename={BASE_PATH}>
      <Suspense>
        <Routes>
          <Route index element={<LANDING_PAGE.Component />} />
          <Route path="*" element={<APP.Component />} />
        </Routes>
      </Suspense>
    </BrowserRouter>
  );
}
