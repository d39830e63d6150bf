import { LazyPage, type PageModule } from './lazy-page.ts';
import { LANDING, type PageRoute, ROUTES } from './routes.ts';

const modules = import.meta.glob<PageModule>('../features/*/*.page.tsx');

export interface Page {
  path: string;
  page: LazyPage;
}

export const LANDING_PAGE = pageOf(LANDING).page;
export const PAGES: readonly Page[] = ROUTES.map(pageOf);

function pageOf({ path, page }: PageRoute): Page {
  const load = modules[`../features/${page}.page.tsx`];
  if (load === undefined) throw new Error(`features/${page}.page.tsx is missing`);
  return { path, page: new LazyPage(load) };
}

/** The page that was opened has been drawn by then. */
const PRELOAD_AFTER_MS = 1_000;

/** Fetches the code of the other pages when the browser is idle. They then open at once, even while the server cannot be reached. */
export function fetchOtherPages(): void {
  const fetchAll = (): void => {
    for (const { page } of PAGES) page.fetch().catch(() => {});
  };
  setTimeout(() => {
    if ('requestIdleCallback' in window) requestIdleCallback(fetchAll, { timeout: 5_000 });
    else fetchAll();
  }, PRELOAD_AFTER_MS);
}
