import { describe, expect, test } from 'vitest';
import { type Files, field, links, merge, movies, tmdb } from '../testing/merge-fixture.ts';

describe('a TMDb record that is mixed with the series of the same number', () => {
  const everything = {
    title: 'Robot Bakers',
    original_language: 'Japanese',
    release_date: '1971-04-05',
    runtime: '97',
    genres: 'Kids|Animation',
    overview: 'A keeper counts ships.',
    keywords: 'robot',
    director: 'Ann Oh',
    cast_top: 'Bo Ek',
    certification: 'G',
    popularity: '4.5',
    vote_average: '6.5',
    vote_count: '20',
    poster_path: '/robot.jpg',
  };
  const lighthouse = { title: '"Lighthouse, The (Fyrtornet) (1970)"', genres: 'Drama|War' };

  const none = { originalLanguage: '', keywords: '', directors: '', certification: '', posterPath: '' };

  test('keeps the fields of the movie when the year matches, and takes the others from MovieLens', async () => {
    const { rows, report, lines } = await merge(tmdb(everything, lighthouse));
    expect(rows).toMatchObject([
      {
        ...none,
        imdbId: '0000123',
        tmdbId: '55',
        title: 'The Lighthouse',
        alternativeTitles: 'Fyrtornet',
        year: '1971',
        runtime: '97',
        genres: 'Drama|War',
        overview: 'A keeper counts ships.',
        cast: 'Bo Ek',
        popularity: '4.5',
        voteAverage: '6.5',
        voteCount: '20',
      },
    ]);
    expect(report.doubtfulRecords).toBe(1);
    expect(lines).toContain('  1 TMDb records seem to belong to another work: title and genres come from MovieLens');
  });

  test('keeps only the runtime without a year to compare', async () => {
    const { rows } = await merge(tmdb({ ...everything, release_date: '' }, lighthouse));
    const rest = { overview: '', cast: '', popularity: '', voteAverage: '', voteCount: '' };
    expect(rows).toMatchObject([{ ...none, ...rest, title: 'The Lighthouse', year: '1970', runtime: '97', genres: 'Drama|War' }]);
  });

  test('keeps nothing when the year differs', async () => {
    const { rows } = await merge(tmdb({ ...everything, release_date: '1972-01-01' }, lighthouse));
    expect(rows).toMatchObject([{ ...none, title: 'The Lighthouse', year: '1970', runtimeMissing: '1', overview: '', voteCount: '' }]);
  });

  test('is dropped when MovieLens lists no genre either', async () => {
    const files = tmdb(everything, { ...lighthouse, genres: '(no genres listed)' });
    const movielens = `${files['ml-x/movies.csv']}2,Kept (1990),Drama\n`;
    const { rows, report } = await merge({ ...files, 'ml-x/movies.csv': movielens });
    expect(rows.map(({ title }) => title)).toEqual(['Kept']);
    expect(report.dropped).toEqual([{ reason: 'no genre', count: 1 }]);
  });

  test("is recognised by a genre that TMDb uses for series only, also under the movie's title", async () => {
    const seriesGenres = ['Action & Adventure', 'Kids', 'News', 'Reality', 'Sci-Fi & Fantasy', 'Soap', 'Talk', 'War & Politics'];
    const { rows } = await merge({
      'ml-x/movies.csv': movies(...['Mystery', ...seriesGenres].map((_, index) => `${index + 1},Film (2000),Western`)),
      'ml-x/links.csv': links(...['Mystery', ...seriesGenres].map((_, index) => `${index + 1},0000123,${index + 1}`)),
      'tmdb/tmdb_metadata.csv': `tmdb_id,title,genres\n${['Mystery', ...seriesGenres]
        .map((genre, index) => `${index + 1},Film,Drama|${genre}\n`)
        .join('')}`,
    });
    expect(rows.map(({ genres }) => genres)).toEqual(['Drama|Mystery', ...seriesGenres.map(() => 'Western')]);
  });
});

describe('a TMDb record under another title', () => {
  const record = (fields: Files, movielens: { title?: string; genres?: string } = {}) =>
    field('title', tmdb({ title: 'Robot Bakers', genres: 'Comedy|War', ...fields }, { title: 'Lighthouse (1970)', ...movielens }));

  test("is the movie's when it has the imdb id that MovieLens has", async () => {
    expect(await record({ imdb_id: 'tt0000123' })).toBe('Robot Bakers');
    expect(await record({ imdb_id: 'tt0000123', release_date: '1990-01-01', genres: 'Kids' })).toBe('Robot Bakers');
  });

  test("is the movie's when it has another imdb id but no other year", async () => {
    expect(await record({ imdb_id: 'tt0000124', release_date: '1971-01-01' })).toBe('Robot Bakers');
    expect(await record({ imdb_id: 'tt0000124' })).toBe('Robot Bakers');
    expect(await record({ imdb_id: 'tt0000124', release_date: '1972-01-01' })).toBe('Lighthouse');
  });

  test("is the movie's when two of its genres are MovieLens', and not when one is", async () => {
    expect(await record({}, { genres: 'War|Comedy|Drama' })).toBe('Robot Bakers');
    expect(await record({}, { genres: 'War|Drama' })).toBe('Lighthouse');
    expect(await record({ genres: 'Comedy|War|Kids' }, { genres: 'War|Comedy|Drama' })).toBe('Lighthouse');
  });

  test('is not counted when there is no title to compare', async () => {
    const { rows, report, lines } = await merge(tmdb({ title: '', overview: 'Text.' }));
    expect(rows).toMatchObject([{ title: 'Film', overview: 'Text.' }]);
    expect(await field('title', tmdb({ title: 'Robot Bakers' }, { title: '' }))).toBe('Robot Bakers');
    expect(report.doubtfulRecords).toBe(0);
    expect(lines.join('\n')).not.toContain('look like');
  });
});

test('titles are the same in another spelling, or when they share a word that says something', async () => {
  const titles = [
    ['Richie Stone (1994)', 'Ri¢hie $tone', true],
    ['Goathunt (1997)', 'Goat Hunt', true],
    ['S*A*L*T (1970)', 'Salt', true],
    ['Q (1970)', 'Q', true],
    ['Smørrebrød (1970)', 'SMORREBROD', true],
    ['Sommergäste (1970)', 'Sommergaste', true],
    ['Nordlandia (1983)', 'Nordlanda', true],
    ['Salt & Sea (1983)', 'Salt and Sea', true],
    ['Ferry (a.k.a. Ålborg Boat) (1983)', 'The Boat', true],
    ['Ferry (Bateau, Le) (1983)', 'Le Bateau', true],
    ['Harbour: The Movie (1983)', 'Ships: The Movie', false],
    ['The End of It (1983)', 'The Sum of It', false],
    ['Ferry 2 (1983)', '2 Boats', false],
    ['Port (1983)', 'Sort', true],
    ['Pot (1983)', 'Pit', false],
    ['You (1983)', 'The You', true],
    ['Film, A (1983)', 'Film', true],
  ] as const;
  const { rows } = await merge({
    'ml-x/movies.csv': movies(...titles.map(([known], index) => `${index + 1},"${known}",Drama`)),
    'ml-x/links.csv': links(...titles.map((_, index) => `${index + 1},0000123,${index + 1}`)),
    'tmdb/tmdb_metadata.csv': `tmdb_id,title\n${titles.map(([, title], index) => `${index + 1},${title}\n`).join('')}`,
  });
  expect(titles.map(([known, title], index) => [known, title, rows[index]?.title === title])).toEqual(titles);
});

describe('films that the data set does not have', () => {
  const record = (id: number, title: string, imdb = '') => `${id},${imdb},${title},Drama,2024-05-01,Released\n`;
  const header = 'tmdb_id,imdb_id,title,genres,release_date,status\n';
  const raw = {
    'ml-x/movies.csv': movies('1,Old (2000),Drama', '2,Known by IMDb (2001),Drama', '3,Older (1999),Drama'),
    'ml-x/links.csv': links('1,0000001,11', '2,0000022,', '3,0000003,33', '9,0000099,99'),
    'tmdb/tmdb_metadata.csv': header + record(11, 'Old') + record(33, 'Older'),
    'tmdb/changed_movies.csv': header + record(33, 'Older and renamed', 'tt0000003'),
    'tmdb/new_movies.csv':
      header + record(55, 'Brand new') + record(11, 'Old as new') + record(22, 'Known', 'tt0000022') + record(99, 'Linked but not listed'),
  };

  test('get the id of TMDb below 0, unless the data set has them by an id of TMDb or IMDb', async () => {
    const { rows } = await merge(raw);
    expect(rows.map(({ movieId, tmdbId, title, year }) => [movieId, tmdbId, title, year])).toEqual([
      ['-99', '99', 'Linked but not listed', '2024'],
      ['-55', '55', 'Brand new', '2024'],
      ['1', '11', 'Old as new', '2024'],
      ['2', '', 'Known by IMDb', '2001'],
      ['3', '33', 'Older and renamed', '2024'],
    ]);
  });

  test('get the MovieLens id when a later data set has them', async () => {
    const later = { ...raw, 'ml-x/movies.csv': `${raw['ml-x/movies.csv']}7,Brand new (2024),Drama\n` };
    const { rows } = await merge({ ...later, 'ml-x/links.csv': `${raw['ml-x/links.csv']}7,0000077,55\n` });
    expect(rows.map(({ movieId, tmdbId }) => [movieId, tmdbId])).toEqual([
      ['-99', '99'],
      ['1', '11'],
      ['2', ''],
      ['3', '33'],
      ['7', '55'],
    ]);
  });

  test('have the services of availability.csv, which wins over providers.csv for its regions', async () => {
    const availability = 'tmdb_id,region,kind,provider_id,service,since,left_at\n';
    const providers = { 'providers/providers.csv': 'movieId,service,region\n1,Old Service,US\n1,Alter Dienst,DE\n' };
    const offers = `${availability}11,US,subscription,8,Netflix,2026-01-01,\n55,US,subscription,9,Prime,2026-01-01,2026-02-01\n55,US,rent,2,Shop,2026-01-01,\n`;
    const files = { ...raw, ...providers, 'providers/availability.csv': offers };
    const servicesIn = async (region: string) => {
      const { rows } = await merge(files, { region });
      return Object.fromEntries(rows.filter(({ services }) => services !== '').map(({ movieId, services }) => [movieId, services]));
    };
    expect(await servicesIn('US')).toEqual({ 1: 'Netflix' });
    expect(await servicesIn('DE')).toEqual({ 1: 'Alter Dienst' });
    const { rows } = await merge(files, { regions: ['US'] });
    expect(rows.map(({ offers: of }) => of).filter((of) => of !== '')).toEqual([
      'US:rent:2:2026-01-01::Shop|US:subscription:9:2026-01-01:2026-02-01:Prime',
      'US:subscription:8:2026-01-01::Netflix',
    ]);
  });
});
