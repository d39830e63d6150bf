import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { AxeBuilder } from '@axe-core/playwright';
import { PROJECT } from '../../tools/run-tool.ts';
import type { Journey } from './actors.ts';
import { SCREENSHOTS, type Size, type Theme } from './stage.ts';

const PAGES: readonly [name: string, path: string][] = [
  ['landing', '/'],
  ['welcome', '/welcome'],
  ['home', '/home'],
  ['movie', '/movie/2571'],
  ['watchlist', '/watchlist'],
  ['together', '/together?p=2571.260~Ada&p=1.318~Ben'],
  ['profile', '/profile'],
  ['sign-in', '/sign-in'],
  ['sign-up', '/sign-up'],
  ['not-found', '/no-such-page'],
];
const SETTINGS: readonly [Size, Theme][] = [
  ['desktop', 'light'],
  ['desktop', 'dark'],
  ['phone', 'light'],
  ['phone', 'dark'],
];
const LANDING_LIMIT_BYTES = 150_000;

/** Each page in both themes and sizes: a picture to look at, and nothing serious for axe to say. */
export function pagesLookRight(it: Journey): void {
  for (const [size, theme] of SETTINGS)
    it(`on a ${size}, ${theme}: axe finds nothing serious, nothing is wider than the screen, and there is a picture of each page`, async ({
      actors,
      expect,
    }) => {
      const visit = await actors.listedGuest(size);
      const { page } = visit;
      await visit.ask('mutation { setFeedback(movieId: "541", signal: LIKE) { id } }');
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      const found: string[] = [];
      for (const [name, path] of PAGES) {
        await page.goto(path);
        await page.getByRole('heading', { level: 1 }).first().waitFor();
        await expect.poll(() => page.locator('[class*=skeleton]').count()).toBe(0);
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        if (wider > 0) found.push(`${name}: ${wider} px wider than the screen`);
        await page.screenshot({ path: join(SCREENSHOTS, `${name}-${size}-${theme}.png`) });
        // What a size can break is seen in the picture; a theme breaks nothing but contrast.
        const axe = new AxeBuilder({ page });
        if (theme === 'dark') axe.withRules(['color-contrast']);
        const { violations } = size === 'phone' ? { violations: [] } : await axe.analyze();
        for (const { id, impact, nodes } of violations) {
          if (impact === 'serious' || impact === 'critical') found.push(`${name}: ${id} at ${nodes[0].target.join(' ')}`);
        }
      }
      // That the page does not exist is what the browser is told, and writes down.
      visit.complaints.splice(
        0,
        visit.complaints.length,
        ...visit.complaints.filter((complaint) => !complaint.startsWith('/no-such-page')),
      );
      expect(found).toEqual([]);
    }, 60_000);

  it('the landing page loads less than 150 KB of JavaScript, compressed', async ({ actors, expect }) => {
    const visit = await actors.visitor('desktop');
    const loaded = new Set<string>();
    visit.page.on('request', (request) => {
      const { pathname } = new URL(request.url());
      if (pathname.endsWith('.js')) loaded.add(pathname.slice('/assets/'.length));
    });
    await visit.page.goto('/');
    await visit.page.waitForLoadState('networkidle');
    const assets = join(PROJECT, 'dist', 'client', 'assets');
    const files = readdirSync(assets).filter((name) => loaded.has(name));
    expect(files).toHaveLength(loaded.size);
    const bytes = files.reduce((sum, name) => sum + gzipSync(readFileSync(join(assets, name))).length, 0);
    console.log(`landing: ${(bytes / 1_000).toFixed(1)} KB of JavaScript in ${files.length} files, gzipped`);
    expect(bytes).toBeLessThan(LANDING_LIMIT_BYTES);
  }, 30_000);
}
