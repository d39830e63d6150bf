import { makeZip } from '../../test/zip-fixture.ts';
import { type Journey, MOVIES } from './actors.ts';
import { mayMove } from './layout-shifts.ts';
import type { Size } from './stage.ts';

/** What the product keeps for a visitor: watchlist, import, account and group. */
export function keepingJourneys(it: Journey, size: Size): void {
  it('the watchlist as a grid: best first, with filters for services and length in the address', async ({ actors, expect }) => {
    const visit = await actors.listedGuest(size);
    await visit.query('mutation { setFeedback(movieId: "2571", signal: LIKE) { id } }');
    const { page } = visit;
    await page.goto('/watchlist');
    const main = page.getByRole('main');
    const entries = main.getByRole('listitem').getByRole('heading', { level: 2 });
    await entries.first().waitFor();
    const listed = (await entries.allInnerTexts()).toSorted();
    await main.getByRole('link', { name: 'Grid', exact: true }).click();
    const titles = () => main.getByRole('article').getByRole('heading', { level: 3 }).allInnerTexts();
    await main.getByRole('article').first().waitFor();
    expect((await titles()).toSorted()).toEqual(listed);
    // A like is a reason for other films.
    const ofLike = main.getByRole('article').filter({ hasText: 'Because you liked The Matrix' });
    const explained = await ofLike.getByRole('heading', { level: 3 }).allInnerTexts();
    expect(explained.length).toBeGreaterThan(0);
    expect(explained).not.toContain('The Matrix');
    await main.getByRole('button', { name: 'Under 90 min' }).click();
    await expect.poll(async () => (await titles()).length).toBeLessThan(listed.length);
    expect(new URL(page.url()).search).toBe('?view=grid&length=short');
    await main.getByRole('button', { name: 'Under 90 min', pressed: true }).click();
    await expect.poll(async () => (await titles()).length).toBe(listed.length);
  }, 30_000);

  it('the watchlist: tabs, order, several entries at once, undo, a random pick', async ({ actors, expect }) => {
    const visit = await actors.listedGuest(size);
    const { page } = visit;
    const dates = () => visit.query('{ viewer { watchlist(status: TO_WATCH) { nodes { addedAt watched movie { id } } } } }');
    await page.goto('/watchlist');
    const titles = page.locator('main li h2');
    await titles.nth(5).waitFor();
    const before = await titles.allInnerTexts();

    const boxes = page.getByRole('checkbox');
    await boxes.nth(1).click();
    await boxes.nth(3).click({ modifiers: ['Shift'] });
    await page.getByText('3 films selected').waitFor();
    await page.getByRole('button', { name: 'Watched', exact: true }).click();
    await page.getByText('3 films marked watched').waitFor();
    await page.getByRole('link', { name: 'Watched' }).click();
    await expect.poll(() => titles.allInnerTexts()).toEqual(before.slice(1, 4));
    await page.getByRole('link', { name: 'To watch' }).click();
    await expect.poll(() => titles.allInnerTexts()).toEqual([before[0], before[4], before[5]]);

    const datesBefore = await dates();
    // By keyboard: Shift with the arrow down extends the selection.
    await page.getByRole('checkbox').first().focus();
    await page.keyboard.press('Shift+ArrowDown');
    await page.getByText('2 films selected').waitFor();
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await expect.poll(() => titles.allInnerTexts()).toEqual([before[5]]);
    await page.getByText('2 films removed').waitFor();
    await page.getByRole('listitem').filter({ hasText: '2 films removed' }).getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => titles.allInnerTexts()).toEqual([before[0], before[4], before[5]]);

    await expect.poll(dates).toEqual(datesBefore);

    await page.getByLabel('Sort by').selectOption({ label: 'Title' });
    await expect
      .poll(() => titles.allInnerTexts())
      .toEqual([before[0], before[4], before[5]].sort((a, b) => a.replace(/^The /, '').localeCompare(b.replace(/^The /, ''))));
    await page.reload();
    await titles.nth(2).waitFor();
    expect(new URL(page.url()).search).toBe('?sort=title');

    await page.getByRole('button', { name: 'Pick one for me' }).click();
    const picked = page.getByRole('dialog').locator('h3');
    const first = (await picked.textContent()) ?? '';
    expect(before).toContain(first);
    await page.getByRole('button', { name: 'Another one' }).click();
    await expect.poll(() => picked.textContent()).not.toBe(first);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  }, 40_000);

  it('a group: each member picks, one list with a reason for each member, the same by link', async ({ actors, expect }) => {
    const { page } = await actors.visitor(size);
    await page.goto('/together');
    const pick = async (who: string, title: string): Promise<void> => {
      await page.getByRole('combobox', { name: `Films ${who} likes` }).fill(title);
      await page.getByRole('listbox', { name: 'Films found' }).getByRole('option').first().waitFor();
      await page.keyboard.press('Enter');
      await page
        .getByRole('button', { name: new RegExp(`Remove .* from ${who}`) })
        .first()
        .waitFor();
    };
    await page.getByRole('textbox', { name: 'Name of You' }).fill('Ada');
    await page.keyboard.press('Tab');
    await pick('Ada', 'matrix');
    await pick('Person 2', 'toy story');
    const movies = page.getByRole('region', { name: 'Films for all of you' }).locator('li:has(h3)');
    await movies.nth(5).waitFor();
    const titles = await movies.locator('h3').allInnerTexts();
    expect(await movies.first().getByText('Ada').count()).toBe(1);
    expect(await movies.first().getByText('Person 2').count()).toBe(1);
    await page.getByRole('button', { name: 'Copy link' }).click();
    await page.getByText('Link copied').waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());

    const friend = (await actors.visitor(size)).page;
    await friend.goto(link);
    const seen = friend.getByRole('region', { name: 'Films for all of you' }).locator('h3');
    await seen.nth(5).waitFor();
    expect(await seen.allInnerTexts()).toEqual(titles);
    await friend.getByRole('button', { name: 'Best on average' }).click();
    await expect.poll(() => seen.allInnerTexts()).not.toEqual(titles);
  }, 40_000);

  it('a shared group: what one changes, the others see, and they vote', async ({ actors, expect }) => {
    const { page } = await actors.visitor(size);
    await page.goto('/together?p=2571~Ada&p=1~Ben');
    const movies = page.getByRole('region', { name: 'Films for all of you' }).locator('li:has(h3)');
    await movies.nth(3).waitFor();
    await page.getByRole('button', { name: 'Share with the group' }).click();
    await page.waitForURL('**/together?group=*');
    await page.getByText('Link copied').waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    expect(link).toBe(page.url());

    const friend = (await actors.visitor(size)).page;
    await friend.goto(link);
    await friend.getByRole('textbox', { name: 'Name of Ben' }).fill('Bea');
    await friend.keyboard.press('Tab');
    await page.getByRole('textbox', { name: 'Name of Bea' }).waitFor();
    const title = await friend.getByRole('region', { name: 'Films for all of you' }).locator('h3').nth(1).innerText();
    await friend.getByRole('button', { name: `Vote for this ${title}` }).click();
    await page.getByText(`Ahead: ${title}, 1 vote`).waitFor();
    await page.getByRole('button', { name: `Vote for this ${title}` }).click();
    await friend.getByText(`Ahead: ${title}, 2 votes`).waitFor();

    await page.getByRole('button', { name: 'Filters' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Up to 120 minutes' }).click();
    await page.keyboard.press('Escape');
    await friend.getByText('Up to 120 minutes').waitFor();
    await friend.goto('/together?group=none');
    await friend.getByText('This group no longer exists.').waitFor();
  }, 40_000);

  it('the link is copied where the browser has no clipboard, and a refusal is said', async ({ actors, expect }) => {
    const { page } = await actors.visitor(size);
    // As on plain http in a local network.
    await page.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
    await page.goto('/together?by=average');
    await page.evaluate(() => document.addEventListener('copy', () => document.body.setAttribute('data-copied', String(getSelection()))));
    await page.getByRole('button', { name: 'Copy link' }).click();
    await page.getByText('Link copied').waitFor();
    expect(await page.locator('body').getAttribute('data-copied')).toBe(page.url());
    await page.evaluate(() => Object.assign(document, { execCommand: () => false }));
    await page.getByRole('button', { name: 'Copy link' }).click();
    await page.getByRole('alert').getByText('Copying isn’t possible here').waitFor();
  }, 30_000);

  it('the header leads guests to their profile, and signing in leads back to where one was', async ({ actors, expect }) => {
    const visit = await actors.visitor(size);
    const { page } = visit;
    await visit.signUp('Grace', `grace-${size}@films.test`);
    await page.goto('/sign-in');
    await page.waitForURL('**/home');
    await page.context().clearCookies();
    await page.goto('/watchlist?sort=title');
    await page.getByText('You are signed out').waitFor();
    await page.getByRole('link', { name: 'Sign in' }).and(page.locator(':visible')).first().click();
    await page.getByLabel('E-mail').fill(`grace-${size}@films.test`);
    await page.getByLabel('Password').fill('a long password');
    await page.getByRole('button', { name: 'Sign in' }).last().click();
    await page.waitForURL('**/watchlist?sort=title');
    await page.getByText('Your list is empty').waitFor();

    await page.context().clearCookies();
    await visit.beGuest();
    await page.goto('/home');
    const header = page.getByRole('banner');
    await header.getByRole('link', { name: size === 'phone' ? 'Profile' : 'Guest', exact: true }).click();
    await page.getByRole('heading', { name: 'Import your history' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/profile');
    expect(await page.getByText(/^Films and services as of/).innerText()).toMatch(/as of [A-Z][a-z]{2} \d{1,2}, 20\d\d\.$/);
    await page.goto('/');
    await page.waitForURL('**/home');
  }, 40_000);

  it('an import: checked, ambiguous rows decided, imported', async ({ actors, expect }) => {
    const { page } = await actors.listedGuest(size);
    await page.goto('/profile');
    await page.getByRole('heading', { name: 'Import your history' }).waitFor();
    const text =
      'Date,Name,Year,Letterboxd URI,Rating\n2024-01-01,Alien,1979,x,5\n2024-01-02,The Matrx,1999,x,4.5\n2024-01-03,Nothing Of The Kind At All,1901,x,4\n';
    // What is in the file comes when it was read, however late.
    await mayMove(page);
    await page.locator('input[type=file]').setInputFiles({ name: 'ratings.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    await page.getByText('1 row could mean several films').waitFor();
    await page.getByText('1 row not found').waitFor();
    await page.getByLabel('The Matrx (1999)').selectOption({ index: 1 });
    await page.getByRole('button', { name: 'Import 2 films' }).click();
    await page.getByText('2 films are yours now.').waitFor();
    await page.goto('/watchlist?status=watched');
    await expect.poll(async () => (await page.locator('main li h2').allInnerTexts()).sort()).toEqual(['Alien', 'The Matrix']);
  }, 40_000);

  it('several files of a site at once: a zip, a question, columns, and the way back', async ({ actors, expect }) => {
    const visit = await actors.listedGuest(size);
    const { page } = visit;
    await page.goto('/profile');
    await page.getByRole('heading', { name: 'Import your history' }).waitFor();
    const ratings = 'Date,Name,Year,Letterboxd URI,Rating\n2024-01-01,Alien,1979,x,5\n2024-01-02,The Godfather,1972,x,3.5\n';
    const diary = 'Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date\n2024-01-02,Alien,1979,x,5,,,2024-01-01\n';
    const zip = makeZip([
      { name: 'ratings.csv', content: ratings, compressed: true },
      { name: 'diary.csv', content: diary, compressed: true },
    ]);
    const trakt = [{ listed_at: '2024-01-01T00:00:00Z', type: 'movie', movie: { title: 'Fargo', year: 1996, ids: {} } }];
    // What is in the file comes when it was read, however late.
    await mayMove(page);
    await page.locator('input[type=file]').setInputFiles([
      { name: 'letterboxd.zip', mimeType: 'application/zip', buffer: zip },
      { name: 'watchlist.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(trakt)) },
      { name: 'seen.csv', mimeType: 'text/csv', buffer: Buffer.from('Film;Jahr\nPsycho;1960\n') },
    ]);
    await page.getByText('4 of 5 rows are films we know.').or(page.getByText('5 of 5 rows are films we know.')).waitFor();
    await page.getByText('ratings.csv').waitFor();
    await page.getByLabel('These films are').selectOption('WATCHED');
    await page.getByText('watched 3 times').waitFor();
    await page.getByText('What 5 rows became, and why').click();
    await page.getByText('same title and year').first().waitFor();
    await page.getByRole('button', { name: 'Import 4 films' }).click();
    await page.getByText('4 films are yours now.').waitFor();
    const kept = await visit.query('{ viewer { ratings(sort: STARS) { nodes { stars movie { title } } } plays { totalCount } } }');
    expect(kept).toEqual({
      viewer: {
        ratings: {
          nodes: [
            { stars: 5, movie: { title: 'Alien' } },
            { stars: 3.5, movie: { title: 'The Godfather' } },
          ],
        },
        plays: { totalCount: 3 },
      },
    });
    await page.getByRole('button', { name: 'Undo the import of ratings.csv' }).click();
    await page.getByText('Undone', { exact: true }).waitFor();
    expect(await visit.query('{ viewer { ratings { totalCount } plays { totalCount } } }')).toEqual({
      viewer: { ratings: { totalCount: 0 }, plays: { totalCount: 0 } },
    });
  }, 40_000);

  it('stars by one tap and by the keyboard', async ({ actors, expect }) => {
    const visit = await actors.listedGuest(size);
    const { page } = visit;
    await page.goto('/movie/2571');
    const stars = page.getByRole('slider', { name: 'Your stars for The Matrix', exact: true });
    const stored = () => visit.query('{ movie(id: "2571") { viewerRating viewerFeedback } }');
    await stars.waitFor();
    const box = await stars.boundingBox();
    await stars.click({ position: { x: (box?.width ?? 0) - 4, y: (box?.height ?? 0) / 2 } });
    await expect.poll(stored).toEqual({ movie: { viewerRating: 5, viewerFeedback: 'LIKE' } });
    await page.keyboard.press('3');
    await expect.poll(stored).toEqual({ movie: { viewerRating: 3, viewerFeedback: null } });
    await page.keyboard.press('Delete');
    await expect.poll(stored).toEqual({ movie: { viewerRating: null, viewerFeedback: null } });
  }, 40_000);

  it('a guest signs up and keeps everything, signs out, signs in', async ({ actors }) => {
    const { page } = await actors.listedGuest(size);
    const email = `ada-${size}@films.test`;
    await page.goto('/sign-up');
    await page.getByLabel('Name').fill('Ada');
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password').fill('a long password');
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.waitForURL('**/home');
    await page.goto('/watchlist');
    await page
      .locator('main li h2')
      .nth(MOVIES.length - 1)
      .waitFor();
    await page.goto('/profile');
    await page.getByRole('heading', { name: 'Ada', level: 1 }).waitFor();
    await page.getByText('This one').waitFor();
    await page.getByRole('button', { name: 'Sci-Fi' }).click();
    await page.getByRole('button', { name: 'Sci-Fi', pressed: true }).waitFor();
    await page.getByRole('button', { name: 'New key' }).click();
    await page.getByLabel('What it is for').fill('backup');
    await page.getByRole('button', { name: 'Create key' }).click();
    await page.getByText(/^cm_/).first().waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Delete backup' }).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL(`${actors.stage.url}/`);

    await page.goto('/watchlist');
    await page.getByText('You are signed out').waitFor();
    await page.goto('/sign-in');
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password').fill('a long password');
    await page.getByRole('button', { name: 'Sign in' }).last().click();
    await page.waitForURL('**/home');
    await page.goto('/profile');
    await page.getByRole('button', { name: 'Sci-Fi', pressed: true }).waitFor();
  }, 40_000);
}
