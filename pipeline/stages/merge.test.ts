import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseRecords } from '../merge/csv-records.ts';
import { recordingEffects } from '../recording-effects.ts';
import { type MergeOptions, mergeCatalogue } from './merge.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'merge-test-'));
});

afterEach(() => rm(folder, { recursive: true }));

type Files = Readonly<Record<string, string>>;

async function merge(files: Files, options: Partial<MergeOptions> = {}) {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  const effects = recordingEffects();
  const out = join(folder, 'out.csv');
  const report = await mergeCatalogue({ raw: folder, out, minYear: 0, ...options }, effects);
  const [header = [], ...records] = parseRecords(await readFile(out, 'utf8'));
  const rows = records.map((fields) => Object.fromEntries(header.map((name, index) => [name, fields[index] ?? ''])));
  return { report, rows, header, lines: effects.lines };
}

const movies = (...lines: string[]) => `movieId,title,genres\n${lines.join('\n')}\n`;
const movie = (title: string, genres = 'Drama') => ({ 'ml-x/movies.csv': movies(`1,${title},${genres}`) });
const links = (...lines: string[]) => `movieId,imdbId,tmdbId\n${lines.join('\n')}\n`;

/** One film, linked to one TMDb record with the given fields. */
function tmdb(fields: Files, { title = 'Film (2000)', genres = 'Drama' } = {}): Files {
  const quoted = Object.values(fields).map((value) => `"${value.replaceAll('"', '""')}"`);
  return {
    ...movie(title, genres),
    'ml-x/links.csv': links('1,0000123,55'),
    'tmdb/tmdb_metadata.csv': `tmdb_id,${Object.keys(fields).join(',')}\n55,${quoted.join(',')}\n`,
  };
}

/** Many films in one run, since each opens a database: what a column says for each of the given spellings. */
async function spelled(column: string, spellings: readonly string[], films: (spelling: string) => Files): Promise<Record<string, string>> {
  const records = spellings.map(films);
  const names = [...new Set(records.flatMap(Object.keys))].filter((name) => name !== 'title' && name !== 'genres');
  const quote = (value = '') => `"${value.replaceAll('"', '""')}"`;
  const { rows } = await merge({
    'ml-x/movies.csv': movies(...records.map(({ title = 'Film (2000)', genres = 'Drama' }, index) => `${index + 1},${title},${genres}`)),
    'ml-x/links.csv': links(...records.map((_, index) => `${index + 1},0000123,${index + 1}`)),
    'tmdb/tmdb_metadata.csv': `tmdb_id,${names.join()}\n${records
      .map((record, index) => `${index + 1},${names.map((name) => quote(record[name])).join()}\n`)
      .join('')}`,
  });
  return Object.fromEntries(spellings.map((spelling, index) => [spelling, rows[index]?.[column] ?? '']));
}

async function field(name: string, files: Files, options: Partial<MergeOptions> = {}): Promise<string | undefined> {
  return (await merge(files, options)).rows[0]?.[name];
}

test('a film with everything becomes one row with every column', async () => {
  const { rows, header, report } = await merge({
    'ml-x/movies.csv': movies('7,"Lighthouse, The (a.k.a. The Lamp) (1998)",Drama|Film-Noir'),
    'ml-x/links.csv': links('7,0112233,4711'),
    'ml-x/ratings.csv': 'userId,movieId,rating,timestamp\n1,7,4.0,1\n2,7,3.5,2\n3,7,3.0,3\n',
    'tmdb/tmdb_metadata.csv':
      'tmdb_id,imdb_id,title,original_language,release_date,runtime,genres,overview,tagline,keywords,director,cast_top,certification,' +
      'popularity,vote_average,vote_count,poster_path,backdrop_path\n' +
      '4711,tt0112233,The Light-House,fr,1999-02-03,101,Mystery|Drama,"A keeper, alone.",None,Sea|Lamp|sea,Ann Oh|Bo Ek,Cy Da|Di El,PG,12.5,7.25,310,/aB_1-2.jpg,/x.jpg\n',
    'providers/providers.csv': 'movieId,service,region,sources\n7,Zed+,US,a\n7,Alpha,US,b\n7,Alpha,US,c\n7,Elsewhere,DE,a\n',
  });
  expect(header.join()).toBe(
    'movieId,imdbId,tmdbId,title,alternativeTitles,year,runtime,runtimeMissing,overview,genres,keywords,directors,cast,' +
      'originalLanguage,certification,services,posterPath,ratingAverage,ratingCount,popularity,voteAverage,voteCount',
  );
  expect(rows).toEqual([
    {
      movieId: '7',
      imdbId: '0112233',
      tmdbId: '4711',
      title: 'The Light-House',
      alternativeTitles: 'The Lighthouse|The Lamp',
      year: '1999',
      runtime: '101',
      runtimeMissing: '0',
      overview: 'A keeper, alone.',
      genres: 'Mystery|Drama|Film-Noir',
      keywords: 'sea|lamp',
      directors: 'Ann Oh|Bo Ek',
      cast: 'Cy Da|Di El',
      originalLanguage: 'fr',
      certification: 'PG',
      services: 'Alpha|Zed+',
      posterPath: '/aB_1-2.jpg',
      ratingAverage: '3.5',
      ratingCount: '3',
      popularity: '12.5',
      voteAverage: '7.25',
      voteCount: '310',
    },
  ]);
  expect(report).toMatchObject({ rows: 1, dataset: 'ml-x', dropped: [], malformedLines: 0 });
  expect(Object.keys(report.sources).sort()).toEqual(['links', 'movies', 'providers', 'ratings', 'tmdb']);
});

test('a film that only MovieLens knows has empty fields, nothing invented', async () => {
  const { rows } = await merge({ 'ml-x/movies.csv': movies('3,Alone (1980),Comedy') });
  expect(Object.entries(rows[0] ?? {}).filter(([, value]) => value !== '')).toEqual([
    ['movieId', '3'],
    ['title', 'Alone'],
    ['year', '1980'],
    ['runtimeMissing', '1'],
    ['genres', 'Comedy'],
    ['ratingCount', '0'],
  ]);
});

test('rows are ordered by movieId as a number', async () => {
  const { rows } = await merge({ 'ml-x/movies.csv': movies('10,J (1990),Drama', '9,I (1990),Drama', '100,C (1990),Drama') });
  expect(rows.map(({ movieId }) => movieId)).toEqual(['9', '10', '100']);
});

test('titles of MovieLens lose the year, get their article back and give up their other titles', async () => {
  const cases = [
    ['"Matrix, The (1999)"', 'The Matrix', '', '1999'],
    ['"Dîner de cons, Le (1998)"', 'Le Dîner de cons', '', '1998'],
    ['"Experiment, Das (2001)"', 'Das Experiment', '', '2001'],
    ['"Avventura, L\' (Adventure, The) (1960)"', "L'Avventura", 'The Adventure', '1960'],
    ['"Postman, The (Postino, Il) (1994)"', 'The Postman', 'Il Postino', '1994'],
    ['"Die, Mommie, Die (2003)"', 'Die, Mommie, Die', '', '2003'],
    ['Krakatoa (aka Volcano) (1969) ', 'Krakatoa', 'Volcano', '1969'],
    ['Zombie (a.k.a. Zumbi) (Zombi) (1981)', 'Zombie', 'Zumbi|Zombi', '1981'],
    ['Same (SAME) (Säme) (1981)', 'Same', '', '1981'],
    ['Twin (Other) (OTHER) (1981)', 'Twin', 'Other', '1981'],
    ['Babies (Bébé(s)) (2010)', 'Babies', 'Bébé(s)', '2010'],
    ['Spy(ies) (2009)', 'Spy(ies)', '', '2009'],
    ['(500) Days (2009)', '(500) Days', '', '2009'],
    ['(Untitled) (2009)', '(Untitled)', '', '2009'],
    ['Death Note (2006–2007)', 'Death Note', '', '2006'],
    ['Serial (2006-2007)', 'Serial', '', '2006'],
    ['Ongoing (2006– )', 'Ongoing', '', '2006'],
    ['"""Quoted (1999)"""', 'Quoted', '', '1999'],
    ['"""Great Shows"" Cats (1998)"', '"Great Shows" Cats', '', '1998'],
    ['"One, Two, Three (1961)"', 'One, Two, Three', '', '1961'],
    ['2001: A Space Walk (1968)', '2001: A Space Walk', '', '1968'],
    ['1984', '1984', '', ''],
    ['Babylon 5', 'Babylon 5', '', ''],
    ['12" of Snow (2001)', '12" of Snow', '', '2001'],
    ['"Voyage, The: The Long Return (2001)"', 'The Voyage: The Long Return', '', '2001'],
    ['"Winter, Summer: A Year (2001)"', 'Winter, Summer: A Year', '', '2001'],
  ];
  const { rows } = await merge({ 'ml-x/movies.csv': movies(...cases.map(([raw], index) => `${index + 1},${raw},Drama`)) });
  expect(rows.map(({ title, alternativeTitles, year }) => [title, alternativeTitles, year])).toEqual(
    cases.map((fields) => fields.slice(1)),
  );
});

test("TMDb's title, year and genres are preferred, MovieLens' title stays as an alternative", async () => {
  const { rows } = await merge(
    tmdb(
      { title: 'Amélie', release_date: '2002-01-01', genres: 'Romance' },
      { title: '"Amelie (Fabuleux destin, Le) (2001)"', genres: 'Comedy' },
    ),
  );
  expect(rows).toMatchObject([{ title: 'Amélie', alternativeTitles: 'Le Fabuleux destin', year: '2002', genres: 'Romance' }]);
});

test("TMDb's title gets an English article back, and no other word is taken for an article", async () => {
  const titles = [
    ['Sail, The', 'The Sail'],
    ['Sail, A', 'A Sail'],
    ['Sail, The: Second Wind', 'The Sail: Second Wind'],
    ['My Sail, Die', 'My Sail, Die'],
  ];
  const { rows } = await merge({
    'ml-x/movies.csv': movies(...titles.map((_, index) => `${index + 1},Sail (2000),Drama`)),
    'ml-x/links.csv': links(...titles.map((_, index) => `${index + 1},0000123,${index + 1}`)),
    'tmdb/tmdb_metadata.csv': `tmdb_id,title\n${titles.map(([title], index) => `${index + 1},"${title}"\n`).join('')}`,
  });
  expect(rows.map(({ title }) => title)).toEqual(titles.map(([, title]) => title));
});

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

  test("keeps what is the film's where the year is the film's, and MovieLens names the rest", async () => {
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
    expect(lines).toContain("  1 TMDb records look like another work's: MovieLens's title and genres taken");
  });

  test('keeps only the runtime where there is no year to compare', async () => {
    const { rows } = await merge(tmdb({ ...everything, release_date: '' }, lighthouse));
    const rest = { overview: '', cast: '', popularity: '', voteAverage: '', voteCount: '' };
    expect(rows).toMatchObject([{ ...none, ...rest, title: 'The Lighthouse', year: '1970', runtime: '97', genres: 'Drama|War' }]);
  });

  test('keeps nothing where the year is another', async () => {
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

  test("is known by a genre that TMDb has for series alone, also under the film's title", async () => {
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

  test("is the film's when it has the imdb id that MovieLens has", async () => {
    expect(await record({ imdb_id: 'tt0000123' })).toBe('Robot Bakers');
    expect(await record({ imdb_id: 'tt0000123', release_date: '1990-01-01', genres: 'Kids' })).toBe('Robot Bakers');
  });

  test("is the film's when it has another imdb id but no other year", async () => {
    expect(await record({ imdb_id: 'tt0000124', release_date: '1971-01-01' })).toBe('Robot Bakers');
    expect(await record({ imdb_id: 'tt0000124' })).toBe('Robot Bakers');
    expect(await record({ imdb_id: 'tt0000124', release_date: '1972-01-01' })).toBe('Lighthouse');
  });

  test("is the film's when two of its genres are MovieLens', and not when one is", async () => {
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

test("MovieLens' year is taken when TMDb's release date is none", async () => {
  const expected = { '': '2000', soon: '2000', '1987-06-05': '1987', '1987': '1987' };
  expect(await spelled('year', Object.keys(expected), (release_date) => ({ release_date }))).toEqual(expected);
});

describe('genres', () => {
  test('have one spelling, and what is none is left out', async () => {
    const expected = Object.fromEntries([
      ['sci-fi|science fiction|ScienceFiction|SCI FI', 'Sci-Fi'],
      ["Children|Children's|Kids|Family", 'Family'],
      ['Musical|Music', 'Music'],
      ['Sci-Fi & Fantasy', 'Sci-Fi|Fantasy'],
      ['Action & Adventure|Action', 'Action|Adventure'],
      ['War & Politics', 'War'],
      ['film noir|FILM_NOIR', 'Film-Noir'],
      ['IMAX|TV Movie|Foreign|News|Talk|Soap|Reality|Drama', 'Drama'],
      [' drama |  Comedy', 'Drama|Comedy'],
      ['road movie|martial-ARTS', 'Road Movie|Martial-arts'],
    ]);
    expect(await spelled('genres', Object.keys(expected), (genres) => ({ genres }))).toEqual(expected);
  });

  test("MovieLens' are taken when TMDb names none that counts", async () => {
    expect(await field('genres', tmdb({ genres: 'TV Movie' }, { genres: 'War|Children' }))).toBe('War|Family');
  });

  test('Film-Noir is added from MovieLens behind what TMDb says', async () => {
    expect(await field('genres', tmdb({ genres: 'Crime|Thriller' }, { genres: 'Film-Noir|Drama' }))).toBe('Crime|Thriller|Film-Noir');
  });
});

describe('text', () => {
  test('an overview is one line of clean text, and a placeholder is none', async () => {
    const expected = Object.fromEntries([
      ['  two   blanks \n and\ta line ', 'two blanks and a line'],
      ['Tom &amp; Jerry &quot;live&quot; &#233;&#xE9; B&C; &bogus;', 'Tom & Jerry "live" éé B&C; &bogus;'],
      ['&#0; &#99999999; x &#x110000;', '&#99999999; x &#x110000;'],
      ['<p>One<br/>two</p> <b class="x">bold</b> a < b <Untitled>', 'One two bold a < b <Untitled>'],
      ['zero\u200Bwidth\uFEFF\u00A0and\u0007bell', 'zerowidth and bell'],
      ['cafe\u0301', 'café'],
      ['No overview found.', ''],
      ['N/A', ''],
      ['no synopsis available', ''],
      ['...', ''],
      ['No overview found. A real text follows.', 'A real text follows.'],
      ['None of them came back.', 'None of them came back.'],
    ]);
    expect(await spelled('overview', Object.keys(expected), (overview) => ({ overview }))).toEqual(expected);
  });

  test('keywords are lower case and named once', async () => {
    expect(await field('keywords', tmdb({ keywords: 'Île| space  |Space||île' }))).toBe('île|space');
  });

  test('a poster path that is no path of TMDb is left out', async () => {
    expect(await field('posterPath', tmdb({ poster_path: 'https://evil.example/x.jpg' }))).toBe('');
  });
});

test('a language is its code of ISO 639-1, or unknown', async () => {
  const expected = Object.fromEntries([
    ['Japanese', 'ja'],
    ['ja', 'ja'],
    ['EN', 'en'],
    ['cn', 'zh'],
    ['Bengali', 'bn'],
    ['Malayalam', 'ml'],
    ['Español', 'es'],
    ['xx', ''],
    ['Klingonese', ''],
    ['', ''],
  ]);
  expect(await spelled('originalLanguage', Object.keys(expected), (original_language) => ({ original_language }))).toEqual(expected);
});

test("TMDb's imdb id is preferred, MovieLens' is taken when it is none", async () => {
  const expected = Object.fromEntries([
    ['tt0114709', '0114709'],
    ['tt10872600', '10872600'],
    ['', '0000123'],
    ['nm123', '0000123'],
  ]);
  expect(await spelled('imdbId', Object.keys(expected), (imdb_id) => ({ imdb_id }))).toEqual(expected);
});

test('runtimes of zero, below 1 or above 1000 are missing and become the median of the films kept', async () => {
  const runtimes = ['0', '', '1001', '80', '100', '131', '500'];
  const { rows } = await merge(
    {
      'ml-x/movies.csv': movies(...runtimes.map((_, index) => `${index + 1},Film (${index === 6 ? 1900 : 2000}),Drama`)),
      'ml-x/links.csv': links(...runtimes.map((_, index) => `${index + 1},1,${index + 1}`)),
      'tmdb/tmdb_metadata.csv': `tmdb_id,runtime\n${runtimes.map((runtime, index) => `${index + 1},${runtime}\n`).join('')}`,
    },
    { minYear: 1950 },
  );
  expect(rows.map(({ runtime, runtimeMissing }) => [runtime, runtimeMissing])).toEqual([
    ['100', '1'],
    ['100', '1'],
    ['100', '1'],
    ['80', '0'],
    ['100', '0'],
    ['131', '0'],
  ]);
});

test('a vote average without votes is unknown', async () => {
  const { rows } = await merge(tmdb({ vote_average: '0.0', vote_count: '0', popularity: 'NaN' }));
  expect(rows).toMatchObject([{ voteAverage: '', voteCount: '0', popularity: '' }]);
});

test('films that share a tmdbId all stay, and a record that TMDb gives twice is joined once', async () => {
  const { rows } = await merge({
    'ml-x/movies.csv': movies('1,A (2000),Drama', '2,B (2000),Drama'),
    'ml-x/links.csv': links('1,0000001,9', '2,0000002,9.0'),
    'tmdb/tmdb_metadata.csv': 'tmdb_id,overview,vote_count\n9,,50\n9,Few votes.,3\n9,Many votes.,30\n',
  });
  expect(rows.map(({ movieId, tmdbId, overview }) => [movieId, tmdbId, overview])).toEqual([
    ['1', '9', 'Many votes.'],
    ['2', '9', 'Many votes.'],
  ]);
});

test('what is dropped is counted by its first reason', async () => {
  const files = {
    'ml-x/movies.csv': movies(
      '1,Kept (1990),Drama',
      '2,Old (1949),Drama',
      '3,No Year,Drama',
      '4,Nothing (1990),(no genres listed)',
      '5,Big Screen (1990),IMAX',
      '6,Few (1990),Drama',
      '7,Silent (1990),Drama',
      '1,Again (1990),Drama',
      '8,,Drama',
    ),
    'ml-x/links.csv': links('1,1,1', '6,6,6'),
    'ml-x/ratings.csv': 'userId,movieId,rating\n1,1,4\n2,1,4\n1,6,4\n1,7,4\n2,7,3\n',
    'tmdb/tmdb_metadata.csv': 'tmdb_id,overview\n1,Text.\n6,Text.\n',
  };
  const { report, rows, lines } = await merge(files, { minYear: 1950, requireOverview: true, minRatings: 2 });
  expect(rows.map(({ title }) => title)).toEqual(['Kept']);
  expect(report.dropped).toEqual([
    { reason: 'no genre', count: 2 },
    { reason: 'before 1950', count: 1 },
    { reason: 'fewer than 2 ratings', count: 1 },
    { reason: 'movieId given before', count: 1 },
    { reason: 'no overview', count: 1 },
    { reason: 'no title', count: 1 },
    { reason: 'year unknown', count: 1 },
  ]);
  expect(lines).toContain('  dropped 2: no genre');
});

test('the oldest year is 1950 unless another is given, and 0 keeps also what has no year', async () => {
  const files = { 'ml-x/movies.csv': movies('1,A (1949),Drama', '2,B (1950),Drama', '3,C,Drama') };
  const kept = async (minYear?: number) => (await merge(files, { minYear })).rows.map(({ movieId }) => movieId);
  expect(await kept()).toEqual(['2']);
  expect(await kept(1930)).toEqual(['1', '2']);
  expect(await kept(0)).toEqual(['1', '2', '3']);
});

test('services are those of the region asked for', async () => {
  const files = { ...movie('Film (2000)'), 'providers/providers.csv': 'movieId,service,region\n1,Netflix,US\n1,Sky|Go,de\n' };
  expect(await field('services', files)).toBe('Netflix');
  expect(await field('services', files, { region: 'DE' })).toBe('Sky/Go');
  expect(await field('services', files, { region: 'FR' })).toBe('');
});
