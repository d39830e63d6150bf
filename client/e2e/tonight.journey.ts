import type { Journey } from './actors.ts';
import type { Size } from './stage.ts';

/** One movie for this evening. */
export function tonightJourneys(it: Journey, size: Size): void {
  it('tonight: one tap to one film with its reason, another one, not tonight, seen it, and two questions', async ({ actors, expect }) => {
    const visit = await actors.visitor(size);
    await visit.beGuest();
    for (const id of ['1214', '541']) await visit.query('mutation ($id: ID!) { setFeedback(movieId: $id, signal: LIKE) { id } }', { id });
    const { page } = visit;
    await page.goto('/home');
    await page.getByRole('link', { name: 'Tonight', exact: true }).click();
    const movie = page.getByRole('article');
    const title = movie.getByRole('heading', { level: 2 });
    await title.waitFor();
    const shown = () => title.innerText();
    const first = await shown();
    expect(await movie.getByText(/^Because you liked/).count()).toBe(1);
    await movie.getByRole('button', { name: 'Another one' }).click();
    await expect.poll(shown).not.toBe(first);
    const second = await shown();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(second);
    await movie.getByRole('button', { name: 'Not tonight' }).click();
    await expect.poll(shown).not.toBe(second);
    await page.reload();
    await title.waitFor();
    expect(await shown()).toBe(first);
    await movie.getByRole('button', { name: 'Another one' }).click();
    const third = await shown();
    expect([first, second]).not.toContain(third);

    await movie.getByRole('button', { name: 'Seen it' }).click();
    await expect.poll(shown).not.toBe(third);
    const watched = () =>
      visit
        .query<{ viewer: { watchlist: { nodes: { movie: { title: string } }[] } } }>(
          '{ viewer { watchlist(status: WATCHED) { nodes { movie { title } } } } }',
        )
        .then((data) => data?.viewer.watchlist.nodes.map((entry) => entry.movie.title));
    await expect.poll(watched).toEqual([third]);
    const notice = page.getByRole('listitem').filter({ hasText: `${third} is marked as seen` });
    await notice.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(watched).toEqual([]);
    await expect.poll(shown).toBe(third);

    await page.getByRole('button', { name: 'Up to 90 minutes' }).click();
    await expect.poll(() => new URL(page.url()).search).toBe('?max=90');
    await expect.poll(async () => / (1h [3-9]|2h)/.test(await movie.innerText())).toBe(false);
    await page.getByRole('button', { name: 'Comedy' }).click();
    await expect.poll(() => new URL(page.url()).search).toBe('?max=90&genre=comedy');
    await expect.poll(() => movie.innerText()).toMatch(/Comedy/);
  }, 30_000);
}
