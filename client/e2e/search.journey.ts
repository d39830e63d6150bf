import type { Journey } from './actors.ts';
import { mayMove } from './layout-shifts.ts';
import type { Size } from './stage.ts';

/** Finding a movie by its title. */
export function searchJourneys(it: Journey, size: Size): void {
  it('a search has a page of its own, with filters in the address, and is remembered', async ({ actors, expect }) => {
    const visit = await actors.visitor(size);
    const { page } = visit;
    await page.goto('/home');
    await page.getByRole('combobox', { name: 'Search films' }).fill('the');
    const all = page.getByRole('option', { name: 'All results for “the”' });
    await all.click();
    await page.waitForURL('**/search?q=the');
    const main = page.getByRole('main');
    await main.getByRole('heading', { level: 1, name: 'Results for “the”' }).waitFor();
    const count = () => main.getByRole('status').innerText();
    await main.getByRole('article').nth(20).waitFor();
    const everything = await count();
    // An answer that comes half a second after the click, or later, moves no film either.
    await visit.slowDown({ latency: 800, bytesPerSecond: 1_000_000 });
    await main.getByRole('button', { name: 'Western', exact: true }).click();
    await expect.poll(count).not.toBe(everything);
    await visit.slowDown({ latency: 0, bytesPerSecond: -1 });
    expect(new URL(page.url()).search).toBe('?q=the&genre=western');
    expect(await main.getByRole('article').first().innerText()).toMatch(/Western/);
    await page.reload();
    await main.getByRole('button', { name: 'Western', exact: true, pressed: true }).waitFor();
    await page.goBack();
    await expect.poll(count).toBe(everything);
    await page.goto('/search?q=zzzzqqq');
    await main.getByText('Nothing found for “zzzzqqq”.').waitFor();
    await page.goto('/search');
    const recent = main.getByRole('region', { name: 'Recent searches' });
    await expect.poll(() => recent.getByRole('link').allInnerTexts()).toEqual(['zzzzqqq', 'the']);
    // The same page with other content.
    await mayMove(page);
    await recent.getByRole('link', { name: 'the' }).click();
    await main.getByRole('article').first().waitFor();
    await page.goto('/search');
    await main.getByRole('button', { name: 'Forget these searches' }).click();
    await recent.waitFor({ state: 'detached' });
  }, 30_000);
}
