import type { ExpectStatic } from 'vitest';
import type { Actors, Journey } from './actors.ts';
import { mayMove } from './layout-shifts.ts';
import { refuse } from './refuse.ts';
import type { Size } from './stage.ts';

const SHARE = 'mutation { shareWatchlist(name: "For Friday") { id } }';
const LINK = '{ viewer { watchlistLink { name } } }';
const REFUSED = 'That couldn’t be saved. Please try again.';

/** A watchlist that others read by its link. */
export function sharingJourneys(it: Journey, size: Size): void {
  it('a watchlist is shared, read by a stranger, narrowed and ended', async ({ actors, expect }) => {
    const visit = await actors.listedGuest(size);
    const { page } = visit;
    await page.goto('/watchlist');
    await page.getByRole('button', { name: 'Share' }).click();
    const dialog = page.getByRole('dialog');
    // The dialog grows by the link when the server has answered, however late.
    await mayMove(page);
    await dialog.getByLabel('Name of the list').fill('Films for Friday');
    await dialog.getByRole('button', { name: 'Make a link' }).click();
    const address = await dialog.getByText(/\/lists\/[\w-]{22}$/).innerText();
    await dialog.getByRole('button', { name: 'Save the name' }).waitFor();

    const stranger = await actors.visitor(size);
    await stranger.page.goto(address);
    await stranger.page.getByRole('heading', { name: 'Films for Friday' }).waitFor();
    const movies = stranger.page.getByRole('main').getByRole('article');
    const listed = await visit.query<{ viewer: { watchlist: { totalCount: number } } }>(
      '{ viewer { watchlist(status: TO_WATCH) { totalCount } } }',
    );
    await expect.poll(() => movies.count()).toBe(listed?.viewer.watchlist.totalCount);
    await mayMove(stranger.page);
    await stranger.page.getByRole('button', { name: 'Under 90 min' }).click();
    await expect.poll(() => movies.count()).toBeLessThan(listed?.viewer.watchlist.totalCount ?? 0);

    await stranger.page.getByText('Somebody shares these films with you.').waitFor();
    await page.goto(address);
    await page.getByText('This is your list, as others see it.').waitFor();
    await page.goto('/watchlist');
    await page.getByRole('button', { name: 'Share' }).click();
    await mayMove(page);
    await dialog.getByRole('button', { name: 'Stop sharing' }).click();
    await page.getByText('The link no longer works.').waitFor();
    await stranger.page.reload();
    await stranger.page.getByText('This list is no longer shared.').waitFor();
  }, 60_000);
}

/** The mutations of a list that is shared. */
export const SHARING_REFUSALS: Record<string, (scene: { actors: Actors; expect: ExpectStatic }) => Promise<void>> = {
  async ShareWatchlist({ actors, expect }) {
    const visit = await actors.listedGuest('desktop');
    const { page } = visit;
    await page.goto('/watchlist');
    await page.getByRole('button', { name: 'Share' }).click();
    const answer = await refuse(page, 'ShareWatchlist');
    await page.getByRole('button', { name: 'Make a link' }).click();
    await answer();
    await page.getByRole('alert').getByText(REFUSED).waitFor();
    await page.getByRole('button', { name: 'Make a link' }).waitFor();
    expect(await visit.query(LINK)).toEqual({ viewer: { watchlistLink: null } });
  },

  async StopSharingWatchlist({ actors, expect }) {
    const visit = await actors.listedGuest('desktop');
    await visit.query(SHARE);
    const { page } = visit;
    await page.goto('/watchlist');
    await page.getByRole('button', { name: 'Share' }).click();
    const answer = await refuse(page, 'StopSharingWatchlist');
    await page.getByRole('button', { name: 'Stop sharing' }).click();
    await answer();
    await page.getByRole('alert').getByText(REFUSED).waitFor();
    await page.getByRole('button', { name: 'Stop sharing' }).waitFor();
    expect(await visit.query(LINK)).toEqual({ viewer: { watchlistLink: { name: 'For Friday' } } });
  },
};
