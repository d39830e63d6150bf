import type { Journey } from './actors.ts';
import { mayMove } from './layout-shifts.ts';
import type { Size } from './stage.ts';

const RATE = 'mutation ($id: ID!, $stars: Float!) { rateMovie(movieId: $id, stars: $stars) { id } }';
const SAY = 'mutation ($id: ID!, $signal: FeedbackSignal!) { setFeedback(movieId: $id, signal: $signal) { id } }';

/** What the viewer said of movies. */
export function opinionJourneys(it: Journey, size: Size): void {
  it('my taste: what liked films have in common, each list to search and correct with undo, and a reset', async ({ actors, expect }) => {
    const visit = await actors.visitor(size);
    await visit.beGuest();
    for (const id of ['1214', '541', '1200']) await visit.query(SAY, { id, signal: 'LIKE' });
    await visit.query(SAY, { id: '2571', signal: 'DISLIKE' });
    await visit.query(SAY, { id: '1', signal: 'NOT_INTERESTED' });
    const { page } = visit;
    await page.goto('/profile');
    await page.getByRole('link', { name: /^My taste: everything/ }).click();
    await page.waitForURL('**/opinions');
    const genres = page.getByRole('region', { name: 'Genres' });
    await genres.getByRole('link', { name: 'Sci-Fi' }).waitFor();
    expect(await genres.innerText()).toMatch(/3 likes · 1 dislike/);
    expect(await genres.innerText()).toContain('Alien');

    const lists = page.getByRole('navigation', { name: 'Which films' });
    await lists.getByRole('link', { name: 'Liked (3)', exact: true }).click();
    const items = page.getByRole('main').getByRole('listitem');
    await expect.poll(() => items.getByRole('heading').allInnerTexts()).toEqual(['Aliens', 'Blade Runner', 'Alien']);
    await page.getByRole('searchbox', { name: 'Search these films' }).fill('blade');
    await expect.poll(() => items.getByRole('heading').allInnerTexts()).toEqual(['Blade Runner']);
    // A film leaves the list that it no longer belongs to.
    await mayMove(page);
    await page.getByRole('button', { name: 'Dislike Blade Runner' }).click();
    await lists.getByRole('link', { name: 'Liked (2)', exact: true }).waitFor();
    await lists.getByRole('link', { name: 'Disliked (2)', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await lists.getByRole('link', { name: 'Liked (3)', exact: true }).waitFor();
    await lists.getByRole('link', { name: 'Hidden (1)' }).click();
    await expect.poll(() => items.getByRole('heading').allInnerTexts()).toEqual(['Toy Story']);

    await lists.getByRole('link', { name: 'What you seem to like' }).click();
    await page.getByRole('button', { name: 'Reset likes and dislikes' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Reset', exact: true }).click();
    await page.getByText('Like at least two films').waitFor();
    await lists.getByRole('link', { name: 'Liked (0)', exact: true }).waitFor();
  }, 30_000);
  it('my taste: rated films to search, to rate anew and to clear, with undo', async ({ actors, expect }) => {
    const visit = await actors.visitor(size);
    await visit.beGuest();
    for (const [id, stars] of [
      ['1214', 5],
      ['541', 3],
    ])
      await visit.query(RATE, { id, stars });
    const { page } = visit;
    await page.goto('/opinions');
    const lists = page.getByRole('navigation', { name: 'Which films' });
    const items = page.getByRole('main').getByRole('listitem');
    const titles = () => items.getByRole('heading').allInnerTexts();
    await lists.getByRole('link', { name: 'Liked (1)', exact: true }).waitFor();
    await lists.getByRole('link', { name: 'Rated (2)', exact: true }).click();
    await expect.poll(titles).toEqual(['Blade Runner', 'Alien']);
    const stars = (title: string) => page.getByRole('slider', { name: `Your stars for ${title}`, exact: true });
    expect(await stars('Alien').getAttribute('aria-valuetext')).toBe('5 stars');
    await page.getByRole('searchbox', { name: 'Search these films' }).fill('alien');
    await expect.poll(titles).toEqual(['Alien']);
    // A rating makes the like or the dislike.
    await stars('Alien').press('1');
    await lists.getByRole('link', { name: 'Disliked (1)', exact: true }).waitFor();
    await lists.getByRole('link', { name: 'Liked (0)', exact: true }).waitFor();
    const toast = (text: string) => page.getByRole('region', { name: 'Notices' }).getByRole('listitem').filter({ hasText: text });
    await toast('Alien: 1 star').getByRole('button', { name: 'Undo' }).click();
    await lists.getByRole('link', { name: 'Liked (1)', exact: true }).waitFor();
    await mayMove(page);
    await stars('Alien').press('0');
    await lists.getByRole('link', { name: 'Rated (1)', exact: true }).waitFor();
    await toast('Alien: not rated').getByRole('button', { name: 'Undo' }).click();
    await lists.getByRole('link', { name: 'Rated (2)', exact: true }).waitFor();
    await expect.poll(() => visit.query('{ movie(id: "1214") { viewerRating } }')).toEqual({ movie: { viewerRating: 5 } });
  }, 30_000);
}
