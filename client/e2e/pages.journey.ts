import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { PROJECT } from '../../tools/run-tool.ts';
import type { Journey } from './actors.ts';
import { mayMove } from './layout-shifts.ts';
import { LANDING_STATE, STATES, type State } from './page-states.ts';
import { SCREENSHOTS, type Size, type Theme, type Visit } from './stage.ts';

interface Setting {
  size: Size;
  language: string;
  /** All are checked on one page load. */
  themes: readonly Theme[];
  forcedColours?: boolean;
}

const SETTINGS: readonly Setting[] = [
  { size: 'desktop', language: 'en', themes: ['light', 'dark'] },
  { size: 'phone', language: 'en', themes: ['light', 'dark'] },
  { size: 'desktop', language: 'ar', themes: ['light'] },
  { size: 'phone', language: 'ar', themes: ['dark'] },
  { size: 'narrow', language: 'en', themes: ['light'] },
  { size: 'zoomed', language: 'en', themes: ['light'] },
  { size: 'desktop', language: 'en', themes: ['light'], forcedColours: true },
];
/** Browser messages about missing pages and failed requests, which these states cause on purpose. */
const EXPECTED = /^\/no-such-page|Failed to load resource|ERR_/;
const LANDING_LIMIT_BYTES = 120_000;
const TAP_PX = 44;

/** Every page and everything that opens on it: takes a screenshot and fails on serious findings of axe. */
export function pagesLookRight(it: Journey): void {
  for (const { size, language, themes, forcedColours = false } of SETTINGS) {
    const look = `${themes.join(' and ')}${forcedColours ? ', forced colours' : ''}`;
    it(`on a ${size} in ${language}, ${look}: axe finds nothing serious, nothing is wider than the screen, and there is a picture of each page`, async ({
      actors,
      expect,
    }) => {
      const found: string[] = [];
      const whole = size === 'desktop' || size === 'phone' ? language === 'en' && !forcedColours : false;
      const look = async ({ page }: Visit, states: readonly State[]): Promise<void> => {
        await page.addInitScript((tag) => localStorage.setItem('language', tag), language);
        let shown = '';
        for (const { name, path, part, open, close } of states) {
          await page.emulateMedia({ colorScheme: themes[0], reducedMotion: 'reduce' });
          if (path !== shown) {
            await page.goto(path);
            // How much moves is measured on the sizes that people have.
            if (size === 'narrow' || size === 'zoomed') await mayMove(page);
            await page.getByRole('heading', { level: 1 }).first().waitFor();
            await expect.poll(() => page.locator('[class*=skeleton]').count(), { timeout: 20_000 }).toBe(0);
          }
          shown = path;
          await open?.(page);
          for (const theme of themes) {
            await page.emulateMedia({ colorScheme: theme });
            const file = `${name}-${size}-${forcedColours ? 'forced' : theme}-${language}.png`;
            await page.screenshot({ path: join(SCREENSHOTS, file) });
            // A theme changes contrast only. Colours and dialogs are the same on a phone, so axe checks them once.
            const newlySeen = size === 'desktop' || (theme === themes[0] && part === undefined);
            if (newlySeen) found.push(...(await seriousOf(page, part, theme !== themes[0])).map((error) => `${name}, ${theme}: ${error}`));
          }
          const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
          if (wider > 0) found.push(`${name}: ${wider} px wider than the screen`);
          if (size === 'phone') found.push(...(await smallTargetsOf(page)).map((target) => `${name}: ${target}`));
          await close?.(page);
        }
      };
      await look(await actors.visitor(size, { forcedColours }), [LANDING_STATE]);
      const visit = await actors.listedGuest(size, { forcedColours });
      for (const id of ['1214', '541']) await visit.query('mutation ($id: ID!) { setFeedback(movieId: $id, signal: LIKE) { id } }', { id });
      await look(visit, whole ? STATES : STATES.filter(({ part }) => part === undefined || part === 'dialog'));
      forgive(visit, EXPECTED);
      expect(found).toEqual([]);
    }, 300_000);
  }

  it('in Arabic the page is mirrored, genres and reasons are in Arabic, and the choice is kept for the next visit', async ({
    actors,
    expect,
  }) => {
    const { page } = await actors.listedGuest('desktop');
    await page.goto('/home');
    // A change of language may move everything.
    await mayMove(page);
    await page.getByRole('combobox', { name: 'Language' }).selectOption('ar');
    const root = page.locator('html');
    await expect.poll(async () => [await root.getAttribute('lang'), await root.getAttribute('dir')]).toEqual(['ar', 'rtl']);
    await page.reload();
    await page.getByRole('heading', { level: 3 }).first().waitFor();
    const genres = await page.evaluate(async () => {
      const answer = await fetch('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: '{ genres { name } }' }),
      });
      const { data }: { data: { genres: { name: string }[] } } = await answer.json();
      return data.genres.map(({ name }) => name);
    });
    expect(genres.length).toBeGreaterThan(10);
    const chips = await page.locator('main button[aria-pressed]').allInnerTexts();
    expect(chips.filter((text) => genres.includes(text))).toEqual([]);
    await page
      .getByRole('button', { name: /^لماذا هذا؟/ })
      .first()
      .click();
    const sentence = await page.getByRole('dialog').locator('p').first().innerText();
    expect(sentence).toMatch(/^[\u0600-\u06ff]/);
  }, 30_000);

  it('by keyboard: past the navigation, through search, into a dialog and back, to the heading of the next page', async ({
    actors,
    expect,
  }) => {
    const { page } = await actors.listedGuest('desktop');
    const focused = (): Promise<string> => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');
    await page.goto('/home');
    const why = page.getByRole('button', { name: /^Why this/ }).first();
    await why.waitFor();
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('Skip to the content');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('For you');

    await why.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    expect(await dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await why.evaluate((element) => element === document.activeElement)).toBe(true);

    await page.keyboard.press('/');
    const search = page.getByRole('combobox', { name: 'Search films' });
    const options = page.getByRole('listbox', { name: 'Films found' }).getByRole('option');
    await page.keyboard.type('the g');
    await options.nth(7).waitFor();
    await page.keyboard.press('ArrowUp');
    expect(await options.last().getAttribute('aria-selected')).toBe('true');
    const hidden = options.last().evaluate((option) => {
      const box = option.closest('[role=listbox]')?.parentElement?.getBoundingClientRect();
      return option.getBoundingClientRect().bottom - (box?.bottom ?? 0);
    });
    expect(await hidden).toBeLessThanOrEqual(0);
    await search.fill('alien');
    await options.nth(1).filter({ hasText: /alien/i }).waitFor();
    await page.keyboard.press('ArrowDown');
    expect(await search.getAttribute('aria-activedescendant')).toBe(await options.nth(1).getAttribute('id'));
    expect(await options.nth(1).getAttribute('aria-selected')).toBe('true');
    const chosen = await options.nth(1).locator('strong').innerText();
    await search.dispatchEvent('keydown', { key: 'Enter', isComposing: true });
    expect(await search.inputValue()).toBe('alien');
    await page.keyboard.press('Enter');
    await expect.poll(focused).toBe(chosen);
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
    await page.getByRole('link', { name: 'Watchlist' }).first().press('Enter');
    await expect.poll(focused).toBe('Watchlist');
  }, 30_000);

  it('by keyboard: chips, a rail and the list are one stop each, arrows move within them, and "?" shows the keys', async ({
    actors,
    expect,
  }) => {
    const visit = await actors.visitor('desktop');
    await visit.beGuest();
    await visit.query('mutation { setFeedback(movieId: "1214", signal: LIKE) { id } }');
    const { page } = visit;
    const place = () =>
      page.evaluate(() => {
        const focused = document.activeElement;
        const card = focused?.closest('article')?.querySelector('h3')?.innerText;
        const name = card ?? focused?.textContent ?? '';
        return { name, isCard: card !== undefined, section: focused?.closest('section')?.querySelector('h2')?.innerText };
      });
    await page.goto('/home');
    const list = page.getByRole('region', { name: 'Recommended films' });
    await list.getByRole('article').nth(5).waitFor();
    await page
      .getByRole('region', { name: /Because you liked/ })
      .getByRole('article')
      .nth(3)
      .waitFor();
    const titles = await list.getByRole('heading', { level: 3 }).allInnerTexts();
    await page.getByRole('button', { name: 'For you' }).focus();
    await page.keyboard.press('ArrowRight');
    expect((await place()).name).toBe('Trending');
    let stops = 0;
    const isInList = async () => (await place()).section === 'Recommended films' && (await place()).isCard;
    while (!(await isInList()) && stops < 40) {
      await page.keyboard.press('Tab');
      stops++;
    }
    expect(stops).toBeLessThan(16);
    expect((await place()).name).toBe(titles[0]);
    await page.keyboard.press('ArrowRight');
    expect((await place()).name).toBe(titles[1]);
    const columns = await list
      .locator('ul')
      .first()
      .evaluate((grid) => getComputedStyle(grid).gridTemplateColumns.split(' ').length);
    await page.keyboard.press('ArrowDown');
    expect((await place()).name).toBe(titles[1 + columns]);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowLeft');
    expect((await place()).name).toBe(titles[0]);
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await page.keyboard.press('Escape');
    expect((await place()).name).toBe(titles[0]);
  }, 30_000);

  it('Enter waits for the films of what was typed last', async ({ actors, expect }) => {
    const { page } = await actors.visitor('desktop');
    await page.goto('/home');
    const search = page.getByRole('combobox', { name: 'Search films' });
    await search.fill('the g');
    await page.getByRole('listbox', { name: 'Films found' }).getByRole('option').nth(3).waitFor();
    await page.route('/graphql', async (route) => {
      if (route.request().postData()?.includes('"toy story 2"')) await new Promise((resolve) => setTimeout(resolve, 300));
      await route.continue();
    });
    await search.fill('toy story 2');
    await search.press('Enter');
    await page.waitForURL('**/movie/*');
    await expect.poll(() => page.getByRole('heading', { level: 1 }).innerText()).toBe('Toy Story 2');
  }, 20_000);

  it('nothing moves for visitors who prefer reduced motion', async ({ actors, expect }) => {
    const { page } = await actors.visitor('desktop');
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto('/home');
    await page.locator('article a').first().waitFor();
    const longest = await page.evaluate(() =>
      Math.max(...[...document.querySelectorAll('*')].map((element) => Number.parseFloat(getComputedStyle(element).transitionDuration))),
    );
    expect(longest).toBeLessThan(0.001);
  }, 30_000);

  it('the landing page loads less than 120 KB of JavaScript, compressed', async ({ actors, expect }) => {
    const visit = await actors.visitor('desktop');
    const loaded = new Set<string>();
    visit.page.on('request', (request) => {
      const { pathname } = new URL(request.url());
      if (pathname.endsWith('.js')) loaded.add(pathname.slice('/assets/'.length));
    });
    await visit.page.goto('/');
    await visit.page.waitForLoadState('networkidle');
    // It has its own part of the messages (tools/message-parts.ts). A message that is missing there shows its key.
    expect(await visit.page.locator('body').innerText()).not.toMatch(/\b[a-z]+\.[a-zA-Z]{2,}\b/);
    const assets = join(PROJECT, 'dist', 'client', 'assets');
    const files = readdirSync(assets).filter((name) => loaded.has(name));
    expect(files).toHaveLength(loaded.size);
    // As the server sends them: small files are sent as they are.
    const sizeOf = (name: string): number =>
      readFileSync(existsSync(join(assets, `${name}.br`)) ? join(assets, `${name}.br`) : join(assets, name)).length;
    const bytes = files.reduce((sum, name) => sum + sizeOf(name), 0);
    console.log(`landing: ${(bytes / 1_000).toFixed(1)} KB of JavaScript in ${files.length} files, compressed`);
    expect(bytes).toBeLessThan(LANDING_LIMIT_BYTES);
  }, 30_000);
}

/** Posters are left out: they are decorative. Of long lists, axe checks the first movies only. */
export async function seriousOf(page: Page, part: string | undefined, contrastOnly: boolean): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  axe.exclude('svg').exclude('li:nth-child(n+7)');
  if (part !== undefined) axe.include(part);
  if (contrastOnly) axe.withRules(['color-contrast']);
  const { violations } = await axe.analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id} at ${nodes[0].target.join(' ')}`);
}

/** Controls smaller than a finger. Exempt: links within text, and a movie's poster, because its title is the same link. */
export function smallTargetsOf(page: Page): Promise<string[]> {
  return page.evaluate((least) => {
    const pressable = [...document.querySelectorAll<HTMLElement>('button, select, input, [role=option], a:not(:is(h2, h3) > a)')];
    const small = pressable.filter((element) => {
      const { width, height, bottom } = (element.closest('label') ?? element).getBoundingClientRect();
      const style = getComputedStyle(element);
      const hidden = width <= 1 || bottom <= 0 || style.visibility === 'hidden' || !element.checkVisibility();
      return !hidden && style.display !== 'inline' && (Math.round(height) < least || Math.round(width) < least);
    });
    return [...new Set(small.map((element) => `${element.tagName.toLowerCase()} "${element.textContent?.slice(0, 20)}" is small`))].slice(
      0,
      5,
    );
  }, TAP_PX);
}

export function forgive(visit: Visit, expected: RegExp): void {
  visit.complaints.splice(0, visit.complaints.length, ...visit.complaints.filter((complaint) => !expected.test(complaint)));
}
