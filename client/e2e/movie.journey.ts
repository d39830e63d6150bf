import type { Journey } from './actors.ts';
import type { Size } from './stage.ts';

const STORE = 'mutation ($preferences: StoredPreferencesInput!) { updatePreferences(preferences: $preferences) { id } }';

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
  it(`rails of what came to the viewer's services and what left them, ${size}`, async ({ actors, expect }) => {
    const visit = await actors.visitor(size);
    await visit.beGuest();
    const preferences = { preferredGenres: [], services: ['netflix'], languages: [], region: 'US' };
    await visit.query(STORE, { preferences });
    const { page } = visit;
    const titles = (rail: string) => page.getByRole('region', { name: rail, exact: true }).getByRole('heading', { level: 3 });
    // Rails leave out what the list shows, so the list is another one.
    await page.goto('/home?genre=romance&service=any');
    await titles('New on your services').first().waitFor();
    expect(await titles('New on your services').allInnerTexts()).toEqual(['Alien']);
    await titles('Just left your services').first().waitFor();
    expect(await titles('Just left your services').allInnerTexts()).toEqual(['Aliens']);
  }, 30_000);

  it(`the region of the profile decides where a film can be watched, ${size}`, async ({ actors }) => {
    const visit = await actors.visitor(size);
    await visit.beGuest();
    const { page } = visit;
    const where = page.getByRole('region', { name: /^Where to watch/ });
    await page.goto('/movie/1036');
    await where.getByRole('link', { name: /^Hulu/ }).waitFor();
    // Without a reload: what the page knows of the offers is of the former region.
    await page
      .getByRole('link', { name: size === 'phone' ? 'Profile' : 'Guest' })
      .first()
      .click();
    await page.getByRole('combobox', { name: 'Where you watch' }).selectOption({ label: 'Germany' });
    await page.goBack();
    await where.getByRole('link', { name: /^Apple TV/ }).waitFor();
    await page.getByText('Where to watch · Germany').waitFor();
    await where.getByRole('link', { name: /^Hulu/ }).waitFor({ state: 'detached' });
  }, 30_000);
}
