import { LANDING, ROUTES } from '../src/app/routes.ts';
import type { Journey } from './actors.ts';
import { SIZES } from './stage.ts';

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

  it('a browser without JavaScript shows the facts of a film and what needs JavaScript, without scrolling', async ({ actors, expect }) => {
    const { page, close } = await actors.stage.stranger(SIZES.phone);
    try {
      const cdp = await page.context().newCDPSession(page);
      await cdp.send('Emulation.setScriptExecutionDisabled', { value: true });
      for (const [path, heading, text] of [
        ['/movie/2571', 'The Matrix (1999)', '1999 · '],
        ['/home', 'CineMatch', 'These pages need JavaScript.'],
      ] as const) {
        await page.goto(path);
        const top = (await page.getByRole('heading', { name: heading, exact: true }).boundingBox())?.y ?? Number.NaN;
        expect(top).toBeLessThan(SIZES.phone.height / 4);
        // Playwright finds no text within this element by `getByText`.
        const lines = page.locator('noscript p');
        expect((await lines.allInnerTexts()).join(' ')).toContain(text);
        expect(await lines.first().isVisible()).toBe(true);
      }
    } finally {
      await close();
    }
  }, 10_000);
}
