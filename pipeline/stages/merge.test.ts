import { describe, expect, test } from 'vitest';
import { field, links, merge, movie, movies, spelled, tmdb } from '../testing/merge-fixture.ts';

test('a movie with all data becomes one row with all columns', async () => {
  const { rows, header, report } = await merge({
    'ml-x/movies.csv': movies('7,"Lighthouse, The (a.k.a. The Lamp) (1998)",Drama|Film-Noir'),
    'ml-x/links.csv': links('7,0112233,4711'),
    'ml-x/ratings.csv': 'userId,movieId,rating,timestamp\n1,7,4.0,1\n2,7,3.5,2\n3,7,3.0,3\n',
    'tmdb/tmdb_metadata.csv':
      'tmdb_id,imdb_id,title,original_language,release_date,runtime,genres,overview,tagline,keywords,director,cast_top,certification,' +
      'popularity,vote_average,vote_count,poster_path,backdrop_path,status,' +
      'production_countries,production_companies,spoken_languages,trailer_key,people\n' +
      '4711,tt0112233,The Light-House,fr,1999-02-03,101,Mystery|Drama,"A keeper, alone.",None,Sea|Lamp|sea,Ann Oh|Bo Ek,Cy Da|Di El,PG,12.5,7.25,310,/aB_1-2.jpg,/x.jpg,Released,fr|BE,Films & Co,fr|EN,aBc-123_x,ACTOR:7:Cy Da|nobody|DIRECTOR:9:Ann Oh\n',
    'providers/providers.csv': 'movieId,service,region,sources\n7,Zed+,US,a\n7,Alpha,US,b\n7,Alpha,US,c\n7,Elsewhere,DE,a\n',
  });
  expect(header.join()).toBe(
    'movieId,imdbId,tmdbId,title,alternativeTitles,collection,year,runtime,runtimeMissing,overview,genres,keywords,directors,cast,' +
      'originalLanguage,certification,originalTitle,status,countries,companies,spokenLanguages,trailerKey,people,services,offers,posterPath,ratingAverage,ratingCount,popularity,voteAverage,voteCount',
  );
  expect(rows).toEqual([
    {
      movieId: '7',
      imdbId: '0112233',
      tmdbId: '4711',
      title: 'The Light-House',
      alternativeTitles: 'The Lighthouse|The Lamp',
      collection: '',
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
      originalTitle: '',
      status: 'Released',
      countries: 'FR|BE',
      companies: 'Films & Co',
      spokenLanguages: 'fr|en',
      trailerKey: 'aBc-123_x',
      people: 'ACTOR:7:Cy Da|DIRECTOR:9:Ann Oh',
      services: 'Alpha|Zed+',
      offers: 'DE:subscription:0:::Elsewhere|US:subscription:0:::Alpha|US:subscription:0:::Zed+',
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

test('a movie that only MovieLens knows has empty fields', async () => {
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

test("MovieLens' year is taken when TMDb's release date is none", async () => {
  const expected = { '': '2000', soon: '2000', '1987-06-05': '1987', '1987': '1987' };
  expect(await spelled('year', Object.keys(expected), (release_date) => ({ release_date }))).toEqual(expected);
});

describe('genres', () => {
  test('have one spelling, and a name that is not a genre is left out', async () => {
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

  test("MovieLens' are taken when TMDb has no valid one", async () => {
    expect(await field('genres', tmdb({ genres: 'TV Movie' }, { genres: 'War|Children' }))).toBe('War|Family');
  });

  test('Film-Noir is added from MovieLens after the genres of TMDb', async () => {
    expect(await field('genres', tmdb({ genres: 'Crime|Thriller' }, { genres: 'Film-Noir|Drama' }))).toBe('Crime|Thriller|Film-Noir');
  });
});

describe('text', () => {
  test('an overview is one line of clean text, and a placeholder counts as missing', async () => {
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

  test('a poster path that TMDb does not use is left out', async () => {
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

test('runtimes of zero, below 1 or above 1000 are missing and become the median of the movies kept', async () => {
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

test.each(['1e20', '1e400', '99999999999999999999', '-1', 'NaN', 'Infinity', 'many', '0x10'])(
  'a number that cannot be right is unknown, and no more: %s',
  async (value) => {
    const whole = { runtime: '120', popularity: '12.5', vote_average: '7.1', vote_count: '310' };
    const names = { runtime: 'runtimeMissing', popularity: 'popularity', vote_average: 'voteAverage', vote_count: 'voteCount' } as const;
    const found: string[] = [];
    for (const field of Object.keys(names) as (keyof typeof names)[]) {
      const { rows } = await merge(tmdb({ ...whole, [field]: value }));
      found.push(`${field}: ${rows.length} rows, ${rows[0]?.[names[field]]}`);
    }
    expect(found).toEqual(['runtime: 1 rows, 1', 'popularity: 1 rows, ', 'vote_average: 1 rows, ', 'vote_count: 1 rows, ']);
  },
);

test('a vote average without votes is unknown', async () => {
  const { rows } = await merge(tmdb({ vote_average: '0.0', vote_count: '0', popularity: 'NaN' }));
  expect(rows).toMatchObject([{ voteAverage: '', voteCount: '0', popularity: '' }]);
});

test('movies that share a tmdbId all stay, and a record that TMDb gives twice is joined once', async () => {
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

test('the oldest year is 1930 unless another is given, and 0 keeps also what has no year', async () => {
  const files = { 'ml-x/movies.csv': movies('1,A (1929),Drama', '2,B (1930),Drama', '3,C,Drama') };
  const kept = async (minYear?: number) => (await merge(files, { minYear })).rows.map(({ movieId }) => movieId);
  expect(await kept()).toEqual(['2']);
  expect(await kept(1929)).toEqual(['1', '2']);
  expect(await kept(0)).toEqual(['1', '2', '3']);
});

test('movies that the ratings have likes for stay, whatever their year and genres, unless a year is given', async () => {
  const files = {
    'ml-x/movies.csv': movies('1,Liked (1920),Drama', '2,Disliked (1920),Drama', '3,Liked,(no genres listed)', '4,New (2000),Drama'),
    'ml-x/ratings.csv': 'userId,movieId,rating\n1,1,4\n1,2,3.5\n1,3,4\n2,1,1\n',
  };
  const kept = async (options: { minYear?: number; scale?: number }) =>
    (await merge(files, { minYear: undefined, ...options })).rows.map(({ movieId }) => movieId);
  expect(await kept({})).toEqual(['1', '3', '4']);
  expect(await kept({ scale: 10 })).toEqual(['4']);
  expect(await kept({ minYear: 1930 })).toEqual(['4']);
  const statistics = { ...files, 'ml-x/ratings.csv': 'movieId,mean,count\n1,5,9\n' };
  expect((await merge(statistics, { minYear: undefined })).rows.map(({ movieId }) => movieId)).toEqual(['4']);
});

test('services are those of the region asked for', async () => {
  const files = { ...movie('Film (2000)'), 'providers/providers.csv': 'movieId,service,region\n1,Netflix,US\n1,Sky|Go,de\n' };
  expect(await field('services', files)).toBe('Netflix');
  expect(await field('services', files, { region: 'DE' })).toBe('Sky/Go');
  expect(await field('services', files, { region: 'FR' })).toBe('');
});

test("other titles are those of MovieLens, TMDb's original title and its alternative titles, each once, 40 at most", async () => {
  const others = ['The Seven', 'FILM', ...Array.from({ length: 60 }, (_, n) => `Title ${n}`)];
  const files = tmdb(
    {
      title: 'Film',
      original_title: '\u4e03\u4eba',
      alternative_titles: others.join('|'),
      collection: 'Films | Collection',
      release_date: '2000-01-01',
    },
    { title: '"Film (a.k.a. Old Film) (2000)"' },
  );
  const [{ alternativeTitles, collection }] = (await merge(files)).rows;
  const titles = alternativeTitles.split('|');
  expect(titles.slice(0, 4)).toEqual(['Old Film', '\u4e03\u4eba', 'The Seven', 'Title 0']);
  expect(titles).toHaveLength(40);
  expect(collection).toBe('Films / Collection');
});
