import type { Journey } from './actors.ts';
import type { Size } from './stage.ts';

/** What leads from the page of a movie to others. The catalog of these journeys has series, people and trailers. */
export function movieJourneys(it: Journey, size: Size): void {
  it(`from a film to its series, its people and its keywords, ${size}`, async ({ actors, expect }) => {
    const { page } = await actors.visitor(size);
    const main = page.getByRole('main');
    const heading = (name: string) => main.getByRole('heading', { level: 1, name }).waitFor();
    const titles = () => main.getByRole('article').getByRole('heading').allInnerTexts();
    await page.goto('/movie/6365');
    const series = main.getByRole('region', { name: 'Part of The Matrix Collection' });
    await series.waitFor();
    // Without what the poster says.
    const texts = await series.getByRole('listitem').allInnerTexts();
    expect(texts.map((text) => text.split('\n').slice(-2).join(', '))).toEqual(['The Matrix, 1999', 'The Matrix Reloaded, this film']);
    expect(await series.locator('[aria-current=page]').innerText()).toContain('The Matrix Reloaded');
    const similar = main.getByRole('region', { name: 'Similar films' }).getByRole('article').first();
    await similar.getByText('The Matrix Collection · also with Lana Wachowski, Keanu Reeves, and Carrie-Anne Moss').waitFor();

    await main.getByRole('link', { name: 'dystopia' }).click();
    await heading('Films about “dystopia”');
    expect((await titles()).toSorted()).toEqual(['12 Monkeys', 'Blade Runner', 'The Matrix', 'The Matrix Reloaded', 'WALL·E']);
    await main.getByRole('combobox', { name: 'Sort by' }).selectOption('Newest');
    await expect.poll(titles).toEqual(['WALL·E', 'The Matrix Reloaded', 'The Matrix', '12 Monkeys', 'Blade Runner']);
    await main.getByRole('button', { name: 'Animation', exact: true }).click();
    await expect.poll(titles).toEqual(['WALL·E']);
    expect(new URL(page.url()).search).toBe('?keyword=dystopia&sort=newest&genre=animation');

    await page.goto('/movie/6365');
    await series.getByRole('link', { name: 'The Matrix Collection' }).click();
    await heading('The Matrix Collection');
    expect(await titles()).toEqual(['The Matrix', 'The Matrix Reloaded']);

    // Known by TMDb's id only: the name is that of the credit.
    await page.goto('/movie/3000');
    await main.getByRole('link', { name: 'Hayao: Miyazaki' }).click();
    await heading('Films with Hayao: Miyazaki');
    expect(await titles()).toEqual(['Princess Mononoke']);
    await page.goto('/search?person=99999');
    await main.getByText('No films match these filters').waitFor();
  }, 30_000);

  it(`a trailer is fetched when it is opened, not before, ${size}`, async ({ actors, expect }) => {
    const { page } = await actors.visitor(size);
    const asked: string[] = [];
    await page.route(/youtube/, (route) => {
      asked.push(route.request().url());
      return route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>player</title>' });
    });
    await page.goto('/movie/3000');
    const main = page.getByRole('main');
    await main.getByRole('region', { name: 'Similar films' }).waitFor();
    expect(asked).toEqual([]);
    await main.getByRole('button', { name: 'Trailer' }).click();
    const dialog = page.getByRole('dialog', { name: 'Trailer: Princess Mononoke' });
    await dialog.locator('iframe').waitFor();
    await expect.poll(() => asked).toEqual(['https://www.youtube-nocookie.com/embed/trailer-3000']);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  }, 30_000);
}
