import type { Journey } from './actors.ts';
import { mayMove } from './layout-shifts.ts';
import type { Size } from './stage.ts';

/** The page's own modules are loaded already. A text, because the test runner rewrites the import of a function. */
const EMPTY_CACHE = `(async () => {
  const scripts = performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.js'));
  for (const { name } of scripts)
    for (const value of Object.values(await import(name)))
      if (typeof value?.resetStore === 'function')
        await value.resetStore().catch((error) => {
          // A query that was under way is asked again.
          if (error.name !== 'AbortError') throw error;
        });
})()`;

/** Stars in one tap or by a key, wherever a film is shown. */
export function cardJourneys(it: Journey, size: Size): void {
  it('cards of the home page keep their buttons and what was said when the cache is emptied', async ({ actors, expect }) => {
    const { page } = await actors.visitor(size);
    await page.goto('/home');
    const list = page.getByRole('region', { name: 'Recommended films' });
    const cards = list.getByRole('article');
    await cards.nth(5).waitFor();
    const title = await cards.nth(1).getByRole('heading').innerText();
    const listed = list.getByRole('button', { name: `${title} on the watchlist`, exact: true });
    await listed.click();
    await list.getByRole('button', { name: `${title} on the watchlist`, exact: true, pressed: true }).waitFor();
    await page.waitForLoadState('networkidle');
    await mayMove(page);
    const again = page.waitForResponse((response) => response.request().postData()?.includes('HomeList') ?? false);
    await Promise.all([again, page.evaluate(EMPTY_CACHE)]);
    await list.getByRole('button', { name: `${title} on the watchlist`, exact: true, pressed: true }).waitFor();
    for (const card of await cards.all()) expect(await card.getByRole('button', { name: /^Like | on the watchlist$/ }).count()).toBe(2);
    await list.getByRole('button', { name: `Like ${title}`, exact: true }).click();
    await list.getByRole('button', { name: `Like ${title}`, exact: true, pressed: true }).waitFor();
  }, 30_000);

  it('a film is rated on its card in one tap, and by the keys 1 to 5', async ({ actors, expect }) => {
    const visit = await actors.visitor(size);
    const { page } = visit;
    await page.goto('/home');
    const cards = page.getByRole('region', { name: 'Recommended films' }).getByRole('article');
    await cards.nth(5).waitFor();
    const ratings = async (): Promise<unknown> => visit.query('{ viewer { ratings(first: 5) { nodes { stars movie { title } } } } }');
    const first = await cards.nth(0).getByRole('heading').innerText();
    const second = await cards.nth(1).getByRole('heading').innerText();
    const stars = (title: string) =>
      page.getByRole('region', { name: 'Recommended films' }).getByRole('slider', { name: `Your stars for ${title}`, exact: true });
    const slider = stars(first);
    await slider.scrollIntoViewIfNeeded();
    expect((await slider.boundingBox())?.height).toBeGreaterThanOrEqual(44);
    const row = slider.locator('..');
    // The first half of the fourth star, and the second.
    for (const [share, said] of [
      [0.66, '3.5 stars'],
      [0.74, '4 stars'],
    ] as const) {
      const { width, height } = (await row.boundingBox()) ?? { width: 0, height: 0 };
      await row.click({ position: { x: width * share, y: height / 2 } });
      await expect.poll(() => slider.getAttribute('aria-valuetext')).toBe(said);
    }

    await cards.nth(1).getByRole('heading').getByRole('link').focus();
    await page.keyboard.press('6');
    await page.keyboard.press('3');
    await expect.poll(() => stars(second).getAttribute('aria-valuetext')).toBe('3 stars');
    await expect.poll(ratings).toEqual({
      viewer: {
        ratings: {
          nodes: [
            { stars: 3, movie: { title: second } },
            { stars: 4, movie: { title: first } },
          ],
        },
      },
    });
    await page.keyboard.press('0');
    await expect.poll(ratings).toEqual({ viewer: { ratings: { nodes: [{ stars: 4, movie: { title: first } }] } } });

    await page.goto('/search?q=alien');
    const found = page.getByRole('article').filter({ has: page.getByRole('heading', { name: 'Alien', exact: true }) });
    await found.getByRole('heading').getByRole('link').focus();
    await page.keyboard.press('5');
    await expect.poll(() => found.getByRole('slider').getAttribute('aria-valuetext')).toBe('5 stars');
  }, 30_000);

  it('the page of a film, tonight and the watchlist take stars by the keys 1 to 5', async ({ actors, expect }) => {
    const visit = await actors.listedGuest(size);
    const { page } = visit;
    const starsOf = (id: string): Promise<unknown> =>
      visit
        .query<{ movie: { viewerRating: number | null } }>('query ($id: ID!) { movie(id: $id) { viewerRating } }', { id })
        .then((data) => data?.movie.viewerRating);
    await page.goto('/movie/1');
    const slider = page.locator('main').getByRole('slider', { name: 'Your stars for Toy Story', exact: true });
    await slider.waitFor();
    await page.keyboard.press('Control+4');
    await page.keyboard.press('2');
    await expect.poll(() => slider.getAttribute('aria-valuetext')).toBe('2 stars');
    await expect.poll(() => starsOf('1')).toBe(2);
    // A card of another film takes its keys before the page.
    const other = page.getByRole('article').first();
    await other.getByRole('heading').getByRole('link').focus();
    await page.keyboard.press('5');
    await expect.poll(() => other.getByRole('slider').getAttribute('aria-valuetext')).toBe('5 stars');
    expect(await starsOf('1')).toBe(2);
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    expect(await page.getByRole('dialog').innerText()).toContain('Rate the film that has the focus');
    await page.getByRole('dialog').press('1');
    await page.keyboard.press('Escape');
    expect(await starsOf('1')).toBe(2);

    await page.goto('/tonight');
    const shown = page.getByRole('article').getByRole('heading', { level: 2 });
    await shown.waitFor();
    const first = await shown.innerText();
    await page.keyboard.press('3');
    await expect.poll(() => shown.innerText()).not.toBe(first);
    const notice = page.getByRole('listitem').filter({ hasText: `${first}: 3 stars` });
    await notice.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => shown.innerText()).toBe(first);

    await visit.query('mutation { setWatched(movieIds: ["2571"], watched: true) { watched } }');
    await page.goto('/watchlist?status=watched');
    const entry = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'The Matrix', exact: true }) });
    await entry.getByRole('checkbox').focus();
    await page.keyboard.press('5');
    await expect.poll(() => entry.getByRole('slider').getAttribute('aria-valuetext')).toBe('5 stars');
    await expect.poll(() => starsOf('2571')).toBe(5);
  }, 30_000);
}
