import { expect, it } from 'vitest';
import type { Actors } from './actors.ts';

/** The server is killed under the page and comes back. */
export function outageJourneys(actors: Actors): void {
  it('a server that is killed: the page says so, keeps what is done, and sends it when the server is back', async () => {
    const visit = await actors.listedGuest('desktop');
    const { page } = visit;
    await page.goto('/watchlist');
    const titles = page.locator('main li h2');
    await titles.nth(5).waitFor();
    const before = await titles.allInnerTexts();
    await actors.stage().killServer();
    await page.getByRole('button', { name: `Remove ${before[0]}`, exact: true }).click();
    await expect.poll(() => titles.allInnerTexts()).toEqual(before.slice(1));
    await page.getByText('CineMatch does not answer').waitFor();
    await actors.stage().startServer();
    await page.getByText('CineMatch does not answer').waitFor({ state: 'detached', timeout: 15_000 });
    await page.goto('/watchlist');
    await titles.nth(4).waitFor();
    await expect.poll(() => titles.allInnerTexts()).toEqual(before.slice(1));
    // The browser writes down each request that was not answered; nothing else may be there.
    const refused = /Failed to load resource|ERR_CONNECTION/;
    visit.complaints.splice(0, visit.complaints.length, ...visit.complaints.filter((complaint) => !refused.test(complaint)));
  }, 60_000);
}
