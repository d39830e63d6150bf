import { LANDING, ROUTES } from '../src/app/routes.ts';
import type { Journey } from './actors.ts';

/** The addresses of the route table, as the built server answers them. */
export function routeJourneys(it: Journey): void {
  it('every page of the route table has its own document on reload, and an unknown address the fallback', async ({ actors, expect }) => {
    const open = async (path: string): Promise<{ status: number; html: string }> => {
      const response = await fetch(`${actors.stage.url}${path.replace(':id', '2571')}`, { headers: { accept: 'text/html' } });
      return { status: response.status, html: await response.text() };
    };
    const pages = await Promise.all([LANDING, ...ROUTES].map(({ path }) => open(path)));
    const fallback = await open('/no-such-page');
    expect([...pages.map(({ status }) => status), fallback.status]).toEqual([...pages.map(() => 200), 404]);
    expect(new Set([...pages, fallback].map(({ html }) => html)).size).toBe(pages.length + 1);
    expect(fallback.html).toContain('<div id="app">');
  }, 10_000);
}
