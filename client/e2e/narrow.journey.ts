import { readdirSync } from 'node:fs';
import { PROJECT } from '../../tools/run-tool.ts';
import type { Journey } from './actors.ts';
import { mayMove } from './layout-shifts.ts';

const LOCALES = readdirSync(`${PROJECT}/client/src/locales`).filter((name) => name.endsWith('.json'));
const PATHS = [
  '/tonight',
  '/home',
  '/movie/2571',
  '/search?q=the',
  '/watchlist',
  '/watchlist?view=grid',
  '/opinions',
  '/together',
  '/profile',
];

/** Words are of different lengths in each language. The journeys about the look of pages go through two of them. */
export function narrowJourneys(it: Journey): void {
  for (const language of LOCALES.map((name) => name.replace('.json', '')))
    it(`no page is wider than a screen of 320 px in the language ${language}`, async ({ actors, expect }) => {
      const wide: string[] = [];
      const stranger = await actors.visitor('narrow');
      const guest = await actors.listedGuest('narrow');
      for (const [{ page }, paths] of [
        [stranger, ['/', '/welcome', '/sign-in', '/sign-up']],
        [guest, PATHS],
      ] as const) {
        await page.addInitScript((tag) => localStorage.setItem('language', tag), language);
        for (const path of paths) {
          await page.goto(path);
          await mayMove(page);
          await page.getByRole('heading', { level: 1 }).first().waitFor();
          await expect.poll(() => page.locator('[class*=skeleton]').count(), { timeout: 20_000 }).toBe(0);
          expect(await page.locator('html').getAttribute('lang')).toBe(language);
          const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
          if (wider > 0) wide.push(`${path}: ${wider} px wider than the screen`);
        }
      }
      expect(wide).toEqual([]);
    }, 60_000);

  it('the languages of the narrow screens are all languages of the app', async ({ expect }) => {
    expect(LOCALES).toHaveLength(8);
  }, 1_000);
}
