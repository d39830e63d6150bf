import { makeZip } from '../../test/zip-fixture.ts';
import type { Journey } from './actors.ts';
import { mayMove } from './layout-shifts.ts';
import { SCREENSHOTS, type Size } from './stage.ts';

interface Service {
  name: string;
  file: { name: string; mimeType: string; buffer: Buffer };
  /** Names of the files that the review lists. */
  files: readonly string[];
  found: string;
  /** Films to watch. Watched ones are no news for the list. */
  listed: string;
  button: string;
  stars: readonly [string, number][];
  plays: number;
}

const zip = (files: Record<string, string>): Buffer =>
  makeZip(Object.entries(files).map(([name, content]) => ({ name, content, compressed: true })));
const matrix = { title: 'The Matrix', year: 1999, ids: { trakt: 1, imdb: 'tt0133093', tmdb: 603 } };
const alien = { title: 'Alien', year: 1979, ids: { trakt: 2, imdb: 'tt0078748', tmdb: 348 } };

const SERVICES: readonly Service[] = [
  {
    name: 'Letterboxd',
    file: {
      name: 'letterboxd-ada.zip',
      mimeType: 'application/zip',
      buffer: zip({
        'ratings.csv': 'Date,Name,Year,Letterboxd URI,Rating\n2024-01-02,Alien,1979,u,4.5\n2024-01-02,The Matrix,1999,u,1\n',
        'diary.csv': 'Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date\n2024-01-02,Alien,1979,u,4.5,,,2024-01-01\n',
        'watchlist.csv': 'Date,Name,Year,Letterboxd URI\n2024-01-02,Fargo,1996,u\n',
        'lists/best.csv':
          'Letterboxd list export v7\nDate,Name,Tags,URL,Description\n2024-01-02,Best,,u,\n\nPosition,Name,Year,URL,Description\n1,Psycho,1960,u,\n',
      }),
    },
    files: ['ratings.csv', 'diary.csv', 'watchlist.csv', 'lists/best.csv'],
    found: '4 of 4 rows are films we know.',
    listed: '1 film for your list',
    button: 'Import 3 films',
    stars: [
      ['Alien', 4.5],
      ['The Matrix', 1],
    ],
    plays: 2,
  },
  {
    name: 'Trakt',
    file: {
      name: 'trakt-ada.zip',
      mimeType: 'application/zip',
      buffer: zip({
        'ratings-movies.json': JSON.stringify([{ rated_at: '2024-01-02T20:00:00Z', rating: 9, type: 'movie', movie: alien }]),
        'watched-history-1.json': JSON.stringify([
          { watched_at: '2024-01-01T20:00:00Z', type: 'movie', movie: alien },
          { watched_at: '2024-01-03T20:00:00Z', type: 'movie', movie: matrix },
        ]),
        'lists-lists.json': JSON.stringify([{ name: 'Best', ids: { trakt: 9 } }]),
      }),
    },
    files: ['ratings-movies.json', 'watched-history-1.json'],
    found: '3 of 3 rows are films we know.',
    listed: '0 films for your list',
    button: 'Import 2 films',
    stars: [['Alien', 4.5]],
    plays: 2,
  },
  {
    name: 'IMDb',
    file: {
      name: 'ratings.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(
        'Const,Your Rating,Date Rated,Title,Original Title,URL,Title Type,IMDb Rating,Runtime (mins),Year\ntt0078748,9,2024-01-02,Alien,Alien,u,Movie,8.5,117,1979\ntt0133093,2,2024-01-03,The Matrix,The Matrix,u,Movie,8.7,136,1999\ntt0903747,10,2024-01-04,Breaking Bad,Breaking Bad,u,TV Series,9,45,2008\n',
      ),
    },
    files: ['ratings.csv'],
    found: '2 of 3 rows are films we know.',
    listed: '0 films for your list',
    button: 'Import 2 films',
    stars: [
      ['Alien', 4.5],
      ['The Matrix', 1],
    ],
    plays: 2,
  },
];

/** A table in a language whose names of columns are not known. */
const UNKNOWN_COLUMNS = {
  name: 'filmy.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from('Tytuł;Rok;Ocena\nCasablanca;1942;9\n'),
};

/** Bringing a history from each of three services, looking at every row, changing one, and undoing all of it. */
export function importJourneys(it: Journey, size: Size): void {
  for (const { name, file, files, found, listed, button, stars, plays } of SERVICES)
    it(`a history from ${name}: looked at, imported and undone`, async ({ actors, expect }) => {
      const visit = await actors.visitor(size);
      await visit.beGuest();
      const { page } = visit;
      await page.goto('/profile');
      await page.getByRole('heading', { name: 'Import your history' }).waitFor();
      // What is in the file comes when it was read, however late.
      await mayMove(page);
      await page.locator('input[type=file]').setInputFiles(file);
      await page.getByText(found).waitFor();
      await page.getByText(listed, { exact: true }).waitFor();
      for (const one of files) await page.getByText(one, { exact: true }).first().waitFor();
      await page.getByText(/^What \d rows? became, and why$/).click();
      await page
        .getByText(/same (?:id|title and year)/)
        .first()
        .waitFor();
      await page.getByText('4.5 ★ · watched · a like').first().waitFor();
      await page.screenshot({ path: `${SCREENSHOTS}/import-${name.toLowerCase()}-${size}.png`, fullPage: true });
      await page.getByRole('button', { name: button }).click();
      await page.getByText(/are yours now\.$/).waitFor();
      await page.getByRole('link', { name: 'See what to watch next' }).waitFor();
      const kept = await visit.query<{ viewer: { ratings: { nodes: { stars: number; movie: { title: string } }[] }; plays: object } }>(
        '{ viewer { ratings(sort: STARS) { nodes { stars movie { title } } } plays { totalCount } } }',
      );
      expect(kept?.viewer.ratings.nodes.map((rating) => [rating.movie.title, rating.stars])).toEqual(stars);
      expect(kept?.viewer.plays).toEqual({ totalCount: plays });
      await page.getByRole('button', { name: /^Undo the import of/ }).click();
      await page.getByText('Undone', { exact: true }).waitFor();
      expect(await visit.query('{ viewer { ratings { totalCount } plays { totalCount } watchlist { totalCount } } }')).toEqual({
        viewer: { ratings: { totalCount: 0 }, plays: { totalCount: 0 }, watchlist: { totalCount: 0 } },
      });
    }, 40_000);

  it('lists and columns mean what the visitor says, and a sure match can be another film', async ({ actors, expect }) => {
    const visit = await actors.visitor(size);
    await visit.beGuest();
    const { page } = visit;
    await page.goto('/profile');
    await page.getByRole('heading', { name: 'Import your history' }).waitFor();
    await mayMove(page);
    await page.locator('input[type=file]').setInputFiles([SERVICES[0].file, UNKNOWN_COLUMNS]);
    await page.getByText('No column of this file is known. Say which one has the title.').waitFor();
    for (const [column, field] of [
      ['tytuł', 'TITLE'],
      ['rok', 'YEAR'],
      ['ocena', 'RATING'],
    ]) {
      await page.getByLabel(new RegExp(`^${column} `)).selectOption(field);
      await page.getByText(/rows are films we know/).waitFor();
      // Once a title is known, the columns are out of the way.
      if (field !== 'RATING') await page.getByText('Columns', { exact: true }).click();
    }
    await page.getByLabel('These films are').selectOption('LIKED');
    await page.getByText('6 of 6 rows are films we know.').waitFor();
    await page.getByText('What 6 rows became, and why').click();
    await page.getByRole('button', { name: 'Another film for Psycho (1960)' }).click();
    await page.getByRole('combobox', { name: 'Another film for Psycho (1960)' }).fill('fight club');
    await page.getByRole('listbox', { name: 'Films found' }).getByRole('option', { name: 'Fight Club' }).first().click();
    await page.getByText('your choice').waitFor();
    await page.getByRole('button', { name: 'Import 5 films' }).click();
    await page.getByText('5 films are yours now.').waitFor();
    const kept = await visit.query<{ viewer: { likedMovies: { title: string }[] } }>('{ viewer { likedMovies { title } } }');
    expect(kept?.viewer.likedMovies.map(({ title }) => title).toSorted()).toEqual(['Alien', 'Casablanca', 'Fight Club']);
  }, 40_000);
}
