import { setTimeout as sleep } from 'node:timers/promises';
import type { Journey } from './actors.ts';

/** The server is killed while a page is open, and starts again. */
export function outageJourneys(it: Journey): void {
  it('the page reports a killed server, works on, keeps the actions of several pages and sends them when the server is back', async ({
    actors,
    expect,
  }) => {
    const visit = await actors.listedGuest('desktop');
    const { page } = visit;
    const main = page.getByRole('navigation', { name: 'Main' });
    // The app fetches all other pages when the browser is idle.
    const ahead = page.waitForResponse(/\/SignUp\.page-.*\.js/);
    // It is awaited late: a step before may fail and close the page.
    ahead.catch(() => undefined);
    await page.goto('/home');
    const movies = page.getByRole('region', { name: 'Recommended films' });
    await movies.getByRole('heading', { level: 3 }).nth(5).waitFor();
    await main.getByRole('link', { name: 'Watchlist' }).click();
    const listed = page.locator('main li h2');
    await listed.nth(5).waitFor();
    const before = await listed.allInnerTexts();
    await ahead;
    await actors.stage.killServer();

    await page.getByRole('button', { name: `Remove ${before[0]}`, exact: true }).click();
    await expect.poll(() => listed.allInnerTexts()).toEqual(before.slice(1));
    await page.getByText('CineMatch isn’t responding').waitFor();
    // A like, its undo and another like, on a page that was opened before.
    await main.getByRole('link', { name: 'Home' }).click();
    await movies.getByRole('heading', { level: 3 }).nth(5).waitFor();
    const [first, second] = await movies.getByRole('heading', { level: 3 }).allInnerTexts();
    await movies.getByRole('button', { name: `Like ${first}`, exact: true }).click();
    await page
      .getByRole('listitem')
      .filter({ hasText: `More like ${first}` })
      .getByRole('button', { name: 'Undo' })
      .click();
    await movies.getByRole('button', { name: `Like ${second}`, exact: true }).click();
    await movies.getByRole('button', { name: `Like ${second}`, exact: true, pressed: true }).waitFor();
    // A page that was never opened needs the server.
    await main.getByRole('link', { name: 'Together' }).click();
    await page.getByRole('textbox', { name: 'Name of You' }).waitFor();
    await page.getByRole('link', { name: 'Guest' }).first().click();
    await page.getByText('CineMatch isn’t responding').waitFor();

    await actors.stage.startServer();
    await page.getByText('CineMatch isn’t responding').waitFor({ state: 'detached', timeout: 15_000 });
    const kept = '{ viewer { likedMovies { title } watchlist { nodes { movie { title } } } } }';
    await expect
      .poll(() => visit.query(kept), { timeout: 5_000 })
      .toEqual({
        viewer: {
          likedMovies: [{ title: second }],
          watchlist: { nodes: before.slice(1).map((title) => ({ movie: { title } })) },
        },
      });
    await page.getByRole('heading', { name: 'Import your history' }).waitFor();
    // The browser logs each request without an answer. No other message may appear.
    const refused = /Failed to load resource|ERR_CONNECTION|Failed to fetch dynamically imported module/;
    visit.complaints.splice(0, visit.complaints.length, ...visit.complaints.filter((complaint) => !refused.test(complaint)));
  }, 60_000);

  it('the app opens without the server, says what works, and shows the page when the server is back', async ({ actors, expect }) => {
    const visit = await actors.visitor('phone', { installed: true });
    const { page } = visit;
    await visit.beGuest();
    await page.goto('/tonight');
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
      if (navigator.serviceWorker.controller === null)
        await new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }));
    });
    await actors.stage.killServer();
    // A page that was never opened. Nothing that the server said before stands for its answer.
    await page.goto('/watchlist');
    await page.getByText('Pages you have open still work').waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0);
    const kept = await page.evaluate(async () => {
      const caches = window.caches;
      const requests = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
      return requests.flat().map(({ url }) => new URL(url).pathname);
    });
    expect(kept.filter((path) => !path.startsWith('/assets/'))).toEqual(['/shell.html']);
    await actors.stage.startServer();
    await page.getByText('Your list is empty').waitFor({ timeout: 15_000 });
    visit.complaints.splice(
      0,
      visit.complaints.length,
      ...visit.complaints.filter((complaint) => !/Failed to load resource|ERR_CONNECTION/.test(complaint)),
    );
  }, 40_000);

  it('what the server could not store while its database was away is sent again', async ({ actors, expect }) => {
    const visit = await actors.listedGuest('desktop');
    const { page } = visit;
    let away = true;
    let refused = 0;
    await page.route('/graphql', async (route) => {
      if (!away || route.request().postData()?.includes('"SetFeedback"') !== true) return route.continue();
      refused++;
      const error = { message: 'The database cannot be reached.', extensions: { code: 'UNAVAILABLE' } };
      const headers = { 'content-type': 'application/graphql-response+json; charset=utf-8', 'retry-after': '2' };
      return route.fulfill({ status: 503, headers, body: JSON.stringify({ errors: [error], data: null }) });
    });
    await page.route('/ready', (route) => (away ? route.fulfill({ status: 503, body: '{}' }) : route.continue()));
    await page.goto('/home');
    const list = page.getByRole('region', { name: 'Recommended films' });
    const first = await list.getByRole('heading', { level: 3 }).first().innerText();
    await list.getByRole('button', { name: `Like ${first}`, exact: true }).click();
    await page.getByText('CineMatch isn’t responding').waitFor();
    await list.getByRole('button', { name: `Like ${first}`, exact: true, pressed: true }).waitFor();
    away = false;
    await page.getByText('CineMatch isn’t responding').waitFor({ state: 'detached', timeout: 15_000 });
    await expect
      .poll(() => visit.query('{ viewer { likedMovies { title } } }'), { timeout: 5_000 })
      .toEqual({ viewer: { likedMovies: [{ title: first }] } });
    expect(refused).toBe(1);
    visit.complaints.splice(
      0,
      visit.complaints.length,
      ...visit.complaints.filter((complaint) => !/Failed to load resource/.test(complaint)),
    );
  }, 40_000);

  it('a page whose code cannot be fetched reloads itself after pending actions are sent', async ({ actors, expect }) => {
    const visit = await actors.listedGuest('desktop');
    const { page } = visit;
    const main = page.getByRole('navigation', { name: 'Main' });
    // The app fetches no page in advance: the server stops before the browser is idle.
    await page.addInitScript(() => Object.assign(window, { requestIdleCallback: () => 0 }));
    await page.goto('/watchlist');
    const listed = page.locator('main li h2');
    await listed.nth(5).waitFor();
    const before = await listed.allInnerTexts();
    await actors.stage.killServer();
    await page.getByRole('button', { name: `Remove ${before[0]}`, exact: true }).click();
    await expect.poll(() => listed.allInnerTexts()).toEqual(before.slice(1));
    await main.getByRole('link', { name: 'Together' }).click();
    await page.getByText('The projector has stopped').waitFor();
    await page.getByRole('main').getByRole('button', { name: 'Try again' }).click();
    // The held mutations are slow to send: slow enough to fail a page that does not wait for them.
    await page.route('/graphql', async (route) => {
      if (route.request().postData()?.includes('"RemoveEntries"')) await sleep(700);
      await route.continue();
    });
    await actors.stage.startServer();
    await page.getByRole('textbox', { name: 'Name of You' }).waitFor({ timeout: 15_000 });
    expect(await visit.query('{ viewer { watchlist { nodes { movie { title } } } } }')).toEqual({
      viewer: { watchlist: { nodes: before.slice(1).map((title) => ({ movie: { title } })) } },
    });
    const refused = /Failed to load resource|ERR_CONNECTION|Failed to fetch dynamically imported module|Unable to preload CSS/;
    visit.complaints.splice(0, visit.complaints.length, ...visit.complaints.filter((complaint) => !refused.test(complaint)));
  }, 60_000);
}
