import type { Locator } from 'playwright-core';
import type { ExpectStatic } from 'vitest';
import type { Journey } from './actors.ts';
import type { Size } from './stage.ts';

/** Finding a movie. */
export function homeJourneys(it: Journey, size: Size): void {
  it('from the landing page to first recommendations: services, three movies, done', async ({ actors }) => {
    const { page } = await actors.visitor(size);
    await page.goto('/');
    await page.getByRole('button', { name: 'Get started' }).first().click();
    await page.waitForURL('**/welcome');
    await page.getByRole('button', { name: 'Netflix' }).click();
    const movies = page.getByRole('region', { name: 'Pick at least three films you like' }).getByRole('button', { pressed: false });
    for (let n = 0; n < 3; n++) {
      await movies.nth(n).click();
      await page.getByText(n === 2 ? '3 films picked' : n === 1 ? 'One more film' : '2 more films').waitFor();
    }
    await page.getByRole('button', { name: 'Show my films' }).click();
    await page.waitForURL('**/home');
    await page.getByRole('heading', { name: /Because you liked/ }).waitFor();
    await page.getByRole('region', { name: 'Recommended films' }).getByRole('heading', { level: 3 }).nth(5).waitFor();
  }, 30_000);

  it('what was picked on the first visit is still there after a look at something else', async ({ actors, expect }) => {
    const { page } = await actors.visitor(size);
    await page.goto('/welcome');
    await page.getByRole('button', { name: 'Netflix' }).click();
    const movies = page.getByRole('region', { name: 'Pick at least three films you like' }).getByRole('button');
    const title = await movies.first().innerText();
    await movies.first().click();
    await page.getByText('2 more films').waitFor();
    await page.getByRole('link', { name: 'Together' }).click();
    await page.waitForURL('**/together');
    await page.goBack();
    await page.getByRole('button', { name: 'Netflix', pressed: true }).waitFor();
    expect(await page.getByRole('region', { name: 'Pick at least' }).getByRole('button', { pressed: true }).innerText()).toBe(title);
  }, 30_000);

  it('cards name first what was asked for, and the filters say how many films they leave', async ({ actors, expect }) => {
    const { page } = await actors.visitor(size);
    await page.goto('/home?genre=sci-fi&service=hulu');
    const list = page.getByRole('region', { name: 'Recommended films' });
    await list.getByRole('article').nth(3).waitFor();
    for (const card of (await list.getByRole('article').all()).slice(0, 4)) {
      expect(await card.locator('ul > li').first().innerText()).toBe('Hulu');
      expect(await card.locator('p').nth(1).innerText()).toMatch(/^Sci-Fi/);
    }
    const count = await list.getByRole('status').innerText();
    await page.getByRole('button', { name: 'Filters', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: `Show ${count}`, exact: true }).waitFor();
    await dialog.getByRole('button', { name: 'Hulu' }).click();
    await expect.poll(() => dialog.getByRole('button', { name: /^Show \d/ }).innerText()).not.toBe(`Show ${count}`);
    await dialog.getByRole('button', { name: /^Show \d/ }).click();
    await dialog.waitFor({ state: 'detached' });
  }, 30_000);

  it('filters are in the address: they survive a reload, and going back removes them', async ({ actors, expect }) => {
    const { page } = await actors.visitor(size);
    await page.goto('/home');
    const list = page.getByRole('region', { name: 'Recommended films' });
    const titles = list.getByRole('heading', { level: 3 });
    await titles.first().waitFor();
    const unfiltered = await titles.allInnerTexts();
    await page.getByRole('button', { name: 'Western', exact: true }).click();
    await expect.poll(() => titles.allInnerTexts()).not.toEqual(unfiltered);
    const westerns = await titles.allInnerTexts();
    await page.reload();
    await expect.poll(() => titles.allInnerTexts()).toEqual(westerns);
    await page.getByRole('button', { name: 'Western', exact: true, pressed: true }).waitFor();
    await page.goBack();
    await expect.poll(async () => (await titles.allInnerTexts()).slice(0, 5)).toEqual(unfiltered.slice(0, 5));
  }, 30_000);

  it('a reaction marks its card in place; the new ranking comes when it is asked for', async ({ actors, expect }) => {
    const { page } = await actors.visitor(size);
    await page.goto('/home');
    const list = page.getByRole('region', { name: 'Recommended films' });
    const titles = list.getByRole('heading', { level: 3 });
    await titles.nth(5).waitFor();
    const before = await titles.allInnerTexts();
    const renew = list.getByRole('button', { name: 'Your list has changed. Show it' });
    expect(await renew.count()).toBe(0);
    await list.getByRole('button', { name: `Like ${before[2]}`, exact: true }).click();
    await list.getByRole('button', { name: `Like ${before[2]}`, exact: true, pressed: true }).waitFor();
    await list.getByRole('button', { name: `Not interested in ${before[0]}`, exact: true }).click();
    await list.getByRole('button', { name: `Not interested in ${before[0]}`, exact: true, pressed: true }).waitFor();
    await renew.waitFor();
    expect((await titles.allInnerTexts()).slice(0, 6)).toEqual(before.slice(0, 6));
    await page
      .getByRole('listitem')
      .filter({ hasText: `${before[0]} will not be shown again` })
      .getByRole('button', { name: 'Undo' })
      .click();
    await list.getByRole('button', { name: `Not interested in ${before[0]}`, exact: true, pressed: false }).waitFor();

    await renew.click();
    await expect.poll(() => titles.allInnerTexts(), { timeout: 5_000 }).not.toContain(before[2]);
    await renew.waitFor({ state: 'detached' });
    expect((await titles.allInnerTexts()).slice(0, 5)).not.toEqual(before.filter((title) => title !== before[2]).slice(0, 5));
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Recommended films');
  }, 30_000);

  it('a long list keeps few cards in the page, and going back finds its length and place', async ({ actors, expect }) => {
    const { page } = await actors.visitor(size);
    await page.goto('/home');
    const list = page.getByRole('region', { name: 'Recommended films' });
    const cards = list.getByRole('article');
    await cards.nth(5).waitFor();
    const known = () => list.locator('li[aria-setsize]').first().getAttribute('aria-setsize').then(Number);
    while ((await known()) < 240) {
      const before = await known();
      await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight - 2 * window.innerHeight));
      await expect.poll(known).toBeGreaterThan(before);
    }
    expect(await cards.count()).toBeLessThan(80);
    const title = await list.evaluate((section) => {
      const below = [...section.querySelectorAll('article')].find((card) => card.getBoundingClientRect().top > 100);
      window.scrollBy({ top: (below?.getBoundingClientRect().top ?? 0) - 100, behavior: 'instant' });
      return below?.querySelector('h3')?.innerText ?? '';
    });
    await page.waitForLoadState('networkidle');
    const card = cards.filter({ has: page.getByRole('heading', { name: title, exact: true }) });
    await card.getByRole('button', { name: `Like ${title}`, exact: true }).click();
    const place = await card.evaluate((element) => Math.round(element.getBoundingClientRect().top));
    const length = await known();
    await card.getByRole('heading').getByRole('link').click();
    await page.waitForURL('**/movie/*');
    await page.goBack();
    await page.waitForURL('**/home');
    await card.waitFor();
    await expect.poll(() => card.evaluate((element) => Math.round(element.getBoundingClientRect().top))).toBe(place);
    expect(await known()).toBe(length);
    // The ranking has changed: the list goes on with what it does not show yet.
    await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight - 2 * window.innerHeight));
    await expect.poll(known).toBeGreaterThan(length);
  }, 60_000);

  it('"Why this?" shows parts that add up to the score, and so does the movie\'s page', async ({ actors, expect }) => {
    const visit = await actors.visitor(size);
    await visit.beGuest();
    for (const id of ['2571', '1']) await visit.query('mutation ($id: ID!) { setFeedback(movieId: $id, signal: LIKE) { id } }', { id });
    const { page } = visit;
    await page.goto('/home');
    await page
      .getByRole('region', { name: 'Recommended films' })
      .getByRole('button', { name: /^Why this/ })
      .first()
      .click();
    const inList = await partsOf(expect, page.getByRole('dialog'));
    await page.keyboard.press('Escape');
    await page.getByRole('region', { name: 'Recommended films' }).getByRole('heading', { level: 3 }).first().getByRole('link').click();
    await page.waitForURL('**/movie/*');
    // The same score, part by part: the film is asked about alone here.
    expect(await partsOf(expect, page.getByRole('region', { name: 'Why it fits you' }))).toEqual(inList);
  }, 30_000);

  it('a list is sorted by year on request, and its filters are saved under a name', async ({ actors, expect }) => {
    const { page } = await actors.visitor(size);
    await page.goto('/home?genre=western');
    const list = page.getByRole('region', { name: 'Recommended films' });
    await list.getByRole('article').nth(5).waitFor();
    const years = async () =>
      (await list.getByRole('article').locator('p:first-of-type').allInnerTexts()).map((text) => Number.parseInt(text, 10));
    const ranked = await years();
    await list.getByRole('combobox', { name: 'Sort by' }).selectOption('Newest');
    await expect.poll(years).not.toEqual(ranked);
    const sorted = await years();
    expect(sorted).toEqual(sorted.toSorted((a, b) => b - a));
    expect(new URL(page.url()).search).toBe('?genre=western&sort=newest');

    await page.getByRole('button', { name: 'Filters', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Name of these filters' }).fill('New westerns');
    await dialog.getByRole('button', { name: 'Save these filters' }).click();
    await page.keyboard.press('Escape');
    await page.goto('/home');
    await page.getByRole('group', { name: 'Saved filters' }).getByRole('button', { name: 'New westerns' }).click();
    await expect.poll(years).toEqual(sorted);
    await page.getByRole('button', { name: 'Filters', exact: true }).click();
    await dialog.getByRole('button', { name: 'Delete the saved filters “New westerns”' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('group', { name: 'Saved filters' }).waitFor({ state: 'detached' });
  }, 30_000);

  it('the list shows filters of the profile, and removing one changes this visit only', async ({ actors, expect }) => {
    const visit = await actors.visitor(size);
    await visit.beGuest();
    const preferences = { preferredGenres: [], services: ['netflix'], languages: [], runtimeMax: 90 };
    const STORE = 'mutation ($preferences: StoredPreferencesInput!) { updatePreferences(preferences: $preferences) { id } }';
    await visit.query(STORE, { preferences });
    const { page } = visit;
    await page.goto('/home');
    const count = page.getByRole('region', { name: 'Recommended films' }).getByRole('status');
    const stored = page.getByRole('group', { name: 'From your profile' });
    await stored.getByRole('button', { name: 'Netflix', pressed: true }).waitFor();
    const narrow = await count.textContent();
    await stored.getByRole('button', { name: '0 – 90 min' }).click();
    await expect.poll(() => count.textContent()).not.toBe(narrow);
    expect(new URL(page.url()).search).toBe('?min=any&max=any');
    expect(await stored.getByRole('button').allInnerTexts()).toEqual(['Netflix']);
    expect(await visit.query('{ viewer { preferences { runtimeMax } } }')).toEqual({ viewer: { preferences: { runtimeMax: 90 } } });
  }, 30_000);
}

/** The figures of a bar chart, which add up to its sum. */
async function partsOf(expect: ExpectStatic, chart: Locator): Promise<number[]> {
  await chart
    .getByRole('link', { name: /The Matrix/ })
    .first()
    .waitFor();
  await chart.getByText('Details', { exact: true }).click();
  const figure = (text: string): number => Number(/-?[\d.]+(?=\s*%?\s*$)/.exec(text.replace('−', '-').trim())?.[0]);
  const parts = (await chart.locator('dl').last().locator('dd').allInnerTexts()).map(figure);
  const total = parts.pop() ?? Number.NaN;
  expect(parts.length).toBeGreaterThan(1);
  expect(Math.abs(parts.reduce((sum, part) => sum + part, 0) - total)).toBeLessThanOrEqual(0.005 * (parts.length + 1) + 1e-9);
  return parts;
}
