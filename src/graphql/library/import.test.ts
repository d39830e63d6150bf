import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIXTURE_MOVIES } from '../../../test/fixture-movies.ts';
import { fixtureSnapshot } from '../../../test/fixture-release.ts';
import { generatedMovies } from '../../../test/generated-movies.ts';
import { releaseInMemory, shippedConfig } from '../../../test/release-in-memory.ts';
import { refusal, send } from '../../../test/running-app.ts';
import { type TestViewer, type ViewerApp, viewerApp } from '../../../test/viewer-app.ts';
import { snapshotOf } from '../../recommendations/snapshot.ts';

const IMPORT = `mutation ($text: String!, $source: HistorySource!, $dryRun: Boolean! = false, $likeFrom: Float! = 4, $dislikeUpTo: Float! = 2) {
  importHistory(text: $text, source: $source, dryRun: $dryRun, likeFrom: $likeFrom, dislikeUpTo: $dislikeUpTo) {
    dryRun rowCount addedToWatchlist addedToWatch markedWatched likes dislikes
    taken { row title confidence rating signal watched listed movie { title } }
    doubtful { row title candidates { confidence movie { title year } } }
    notFound { row title problem }
  } }`;
const COUNTS = `mutation ($text: String!, $source: HistorySource!) {
  importHistory(text: $text, source: $source) { rowCount likes addedToWatchlist takenCount doubtfulCount notFoundCount taken { row } } }`;
const LIBRARY = `{ viewer { likedMovies { title } dislikedMovies { title }
  watchlist(sort: TITLE) { nodes { watched addedAt watchedAt movie { title } } } } }`;

interface Imported {
  importHistory: {
    dryRun: boolean;
    rowCount: number;
    addedToWatchlist: number;
    markedWatched: number;
    likes: number;
    dislikes: number;
    taken: { row: number; title: string; confidence: number; rating: number | null; signal: string | null; movie: { title: string } }[];
    doubtful: { row: number; title: string; candidates: { confidence: number; movie: { title: string; year: number } }[] }[];
    notFound: { row: number; title: string; problem: string }[];
  };
}

const RATINGS = `Date,Name,Year,Letterboxd URI,Rating
2021-01-01,The Matrix,1999,u,5
2021-01-02,Alien,1979,u,4
2021-01-03,Aliens,1987,u,3.5
2021-01-04,Amelie,2001,u,2
2021-01-05,Cidade de Deus,2002,u,0.5
2021-01-06,Gladiator,2000,u,0
2021-01-07,Inception,1999,u,5
2021-01-08,"Terminator, The",1984,u,2.5
2021-01-09,The Godfathr,1972,u,5
2021-01-10,Nobody Made This,2001,u,5
`;

describe('importHistory', () => {
  let app: ViewerApp;
  beforeAll(async () => {
    const snapshot = await fixtureSnapshot();
    app = await viewerApp(() => snapshot);
  });
  afterAll(() => app.shutDown(0));

  const take = async (viewer: TestViewer, text: string, source: string, more: object = {}) =>
    (await viewer.ask<Imported>(IMPORT, { text, source, ...more })).importHistory;

  it('takes sure rows, lists candidates of doubtful rows, and names unknown rows', async () => {
    const ann = app.viewer();
    const result = await take(ann, RATINGS, 'LETTERBOXD_RATINGS');
    expect(result.taken.map(({ row, confidence, rating, signal, movie }) => [row, confidence, rating, signal, movie.title])).toEqual([
      [1, 1, 5, 'LIKE', 'The Matrix'],
      [2, 1, 4, 'LIKE', 'Alien'],
      [3, 0.9, 3.5, null, 'Aliens'],
      [4, 1, 2, 'DISLIKE', 'Amélie'],
      [5, 0.95, 0.5, 'DISLIKE', 'City of God'],
      [6, 1, null, null, 'Gladiator'],
      [8, 1, 2.5, null, 'The Terminator'],
    ]);
    expect(result.doubtful).toEqual([
      { row: 7, title: 'Inception', candidates: [{ confidence: 0.4, movie: { title: 'Inception', year: 2010 } }] },
      { row: 9, title: 'The Godfathr', candidates: [{ confidence: 0.51, movie: { title: 'The Godfather', year: 1972 } }] },
    ]);
    expect(result.notFound).toEqual([{ row: 10, title: 'Nobody Made This', problem: 'UNKNOWN_MOVIE' }]);
    expect(result).toMatchObject({
      dryRun: false,
      rowCount: 10,
      addedToWatchlist: 6,
      addedToWatch: 0,
      markedWatched: 6,
      likes: 2,
      dislikes: 2,
    });
    const { viewer } = await ann.ask<{ viewer: Record<string, unknown> }>(LIBRARY);
    expect(viewer).toMatchObject({
      likedMovies: [{ title: 'Alien' }, { title: 'The Matrix' }],
      dislikedMovies: [{ title: 'City of God' }, { title: 'Amélie' }],
    });
    expect(await take(ann, RATINGS, 'LETTERBOXD_RATINGS')).toMatchObject({ addedToWatchlist: 0, markedWatched: 0, likes: 0, dislikes: 0 });
    expect((await ann.ask<{ viewer: object }>(LIBRARY)).viewer).toEqual(viewer);
  });

  it('gives the same answer in a dry run, and writes nothing', async () => {
    const ann = app.viewer();
    const empty = await ann.ask(LIBRARY);
    const dry = await take(ann, RATINGS, 'LETTERBOXD_RATINGS', { dryRun: true });
    expect(await ann.ask(LIBRARY)).toEqual(empty);
    expect(await take(ann, RATINGS, 'LETTERBOXD_RATINGS')).toEqual({ ...dry, dryRun: false });
  });

  it('applies the thresholds of the request', async () => {
    const ann = app.viewer();
    const { taken } = await take(ann, RATINGS, 'LETTERBOXD_RATINGS', { likeFrom: 3.5, dislikeUpTo: 0.5, dryRun: true });
    expect(taken.map(({ signal }) => signal)).toEqual(['LIKE', 'LIKE', 'LIKE', null, 'DISLIKE', null, null]);
  });

  it('takes the latest of several ratings and dates, in any order of the rows', async () => {
    const ann = app.viewer();
    const diary = `Watched Date,Rewatch,Rating,Year,Name,Date
2020-05-05,Yes,1,1979,Alien,2020-05-06
2019-01-01,,5,1979,Alien,2019-01-02
2021-02-02,Yes,,1979,Alien,2021-02-03
2018-01-01,,4.5,1999,The Matrix,2018-01-02
`;
    expect(await take(ann, diary, 'LETTERBOXD_DIARY')).toMatchObject({ rowCount: 4, addedToWatchlist: 2, likes: 1, dislikes: 1 });
    expect(await ann.ask(LIBRARY)).toEqual({
      viewer: {
        likedMovies: [{ title: 'The Matrix' }],
        dislikedMovies: [{ title: 'Alien' }],
        watchlist: {
          nodes: [
            { watched: true, addedAt: '2021-02-02T00:00:00.000Z', watchedAt: '2021-02-02T00:00:00.000Z', movie: { title: 'Alien' } },
            { watched: true, addedAt: '2018-01-01T00:00:00.000Z', watchedAt: '2018-01-01T00:00:00.000Z', movie: { title: 'The Matrix' } },
          ],
        },
      },
    });
  });

  it('prefers the id to the title', async () => {
    const ann = app.viewer();
    const imdb = `Const,Your Rating,Date Rated,Title,Title Type,Year
tt0101214,9,2020-01-01,Alien: Das unheimliche Wesen,Movie,1980
tt0102571,3,2020-01-01,Alien,Movie,1979
tt9999999,9,2020-01-01,Blade Runner,Movie,1982
tt5555555,9,2020-01-01,Alien,TV Series,1979
tt0100001,9,2020-01-01,Toy Story Toons,TV Episode,1995
`;
    const { taken, doubtful, notFound } = await take(ann, imdb, 'IMDB_RATINGS');
    expect(taken.map(({ row, confidence, signal, movie }) => [row, confidence, signal, movie.title])).toEqual([
      [1, 1, 'LIKE', 'Alien'],
      [2, 1, 'DISLIKE', 'The Matrix'],
    ]);
    // The catalog's Blade Runner has another id, so this may be another work of the same title.
    expect(doubtful).toEqual([
      { row: 3, title: 'Blade Runner', candidates: [{ confidence: 0.6, movie: { title: 'Blade Runner', year: 1982 } }] },
    ]);
    expect(notFound).toEqual([
      { row: 4, title: 'Alien', problem: 'SERIES' },
      { row: 5, title: 'Toy Story Toons', problem: 'EPISODE' },
    ]);
    const trakt = 'listed_at,type,title,year,tmdb_id\n2020-01-01T00:00:00Z,movie,?,,200541\n2020-01-02T00:00:00Z,movie,Fight Club,1999,\n';
    expect((await take(ann, trakt, 'TRAKT')).taken.map(({ movie }) => movie.title)).toEqual(['Blade Runner', 'Fight Club']);
    expect(
      (await take(ann, 'userId,movieId,rating,timestamp\n1,858,4.5,1112484819\n1,424242,5,1112484819\n', 'MOVIELENS')).taken,
    ).toMatchObject([{ movie: { title: 'The Godfather' }, signal: 'LIKE' }]);
  });

  it('needs a signed-in user, the scope and valid arguments', async () => {
    const good = { text: RATINGS, source: 'LETTERBOXD_RATINGS' };
    expect((await refusal(app, IMPORT, good)).extensions.code).toBe('UNAUTHENTICATED');
    expect((await app.viewer('key', 'read').refusal(IMPORT, good)).extensions.code).toBe('FORBIDDEN');
    const wrong: [object, string][] = [
      [{ source: 'IMDB_RATINGS' }, 'text'],
      [{ text: '' }, 'text'],
      [{ likeFrom: 6 }, 'likeFrom'],
      [{ dislikeUpTo: 0 }, 'dislikeUpTo'],
      [{ likeFrom: 2, dislikeUpTo: 2 }, 'dislikeUpTo'],
    ];
    for (const [more, argument] of wrong)
      expect((await app.viewer().refusal(IMPORT, { ...good, ...more })).extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument });
  });

  it('takes 20,000 rows with reviews in a large catalog, from signed-in users only', async () => {
    const movies = [...generatedMovies(60_000)];
    const snapshot = snapshotOf(releaseInMemory(movies, shippedConfig('default')));
    // What it may take is measured by `npm run bench -- imports`.
    const large = await viewerApp(() => snapshot, { requestTimeoutMs: 50_000 });
    try {
      const rows = movies
        .slice(0, 20_000)
        .map(
          ({ title, year }, i) => `2020-01-01,"${title}",${year ?? ''},u,${(i % 10) / 2 + 0.5},,"He said ""yes"",\nthen no.",,2020-01-01`,
        );
      const text = `\uFEFFDate,Name,Year,Letterboxd URI,Rating,Rewatch,Review,Tags,Watched Date\r\n${rows.join('\r\n')}\r\n`;
      expect(text.length).toBeGreaterThan(1_000_000);
      const ann = large.viewer();
      const { importHistory } = await ann.ask<{ importHistory: Record<string, number> & { taken: object[] } }>(COUNTS, {
        text,
        source: 'LETTERBOXD_DIARY',
      });
      const { rowCount, taken, takenCount, doubtfulCount, notFoundCount, addedToWatchlist } = importHistory;
      expect(rowCount).toBe(20_000);
      expect(takenCount + doubtfulCount + notFoundCount).toBe(20_000);
      expect(taken).toHaveLength(500);
      // Generated movies with equal title and year are ambiguous, and movies without a year are doubtful.
      expect(takenCount).toBeGreaterThan(18_000);
      expect(addedToWatchlist).toBe(takenCount);
      const variables = { text, source: 'LETTERBOXD_DIARY' };
      expect(await send(large, COUNTS, variables)).toMatchObject({ status: 413, errors: [{ extensions: { code: 'PAYLOAD_TOO_LARGE' } }] });
    } finally {
      await large.shutDown(0);
    }
  });

  it('lists as many rows as are asked for, and counts all of them', async () => {
    const SOME = `mutation ($text: String!, $first: Int!) { importHistory(text: $text, source: LETTERBOXD_RATINGS, dryRun: true) {
      takenCount taken(first: $first) { row } doubtfulCount doubtful(first: $first) { row } notFoundCount notFound(first: $first) { row } } }`;
    expect(await app.viewer().ask(SOME, { text: RATINGS, first: 1 })).toEqual({
      importHistory: {
        takenCount: 7,
        taken: [{ row: 1 }],
        doubtfulCount: 2,
        doubtful: [{ row: 7 }],
        notFoundCount: 1,
        notFound: [{ row: 10 }],
      },
    });
    for (const first of [0, 501]) {
      const error = await app
        .viewer()
        .refusal(SOME.replace('doubtful(first: $first) { row }', '').replace('notFound(first: $first) { row }', ''), {
          text: RATINGS,
          first,
        });
      expect(error.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'first', max: 500 });
    }
  });

  it('is allowed once a request', async () => {
    const two = `mutation ($text: String!) { a: importHistory(text: $text, source: LETTERBOXD_WATCHED, dryRun: true) { rowCount }
      b: importHistory(text: $text, source: LETTERBOXD_WATCHED, dryRun: true) { rowCount } }`;
    expect((await app.viewer().refusal(two, { text: 'Name\nAlien\n' })).extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      argument: 'importHistory',
    });
  });

  it('counts the rows of one movie in linear time', async () => {
    const query = 'mutation ($text: String!) { importHistory(text: $text, source: LETTERBOXD_WATCHED) { rowCount addedToWatchlist } }';
    const cpuOf = async (count: number): Promise<number> => {
      const rows = Array.from({ length: count }, () => 'Alien,1979').join('\n');
      const before = process.cpuUsage();
      const { importHistory } = await app.viewer().ask<Imported>(query, { text: `Name,Year\n${rows}\n` });
      expect(importHistory).toEqual({ rowCount: count, addedToWatchlist: 1 });
      return process.cpuUsage(before).user;
    };
    await cpuOf(5_000);
    // Ten times the rows take a hundred times as long in quadratic time.
    expect((await cpuOf(50_000)) / (await cpuOf(5_000))).toBeLessThan(30);
  });

  it('finds every movie of the catalog by its own title and year', async () => {
    const text = `Name,Year\n${FIXTURE_MOVIES.filter(({ year }) => year !== null)
      .map(({ title, year }) => `"${title}",${year}`)
      .join('\n')}`;
    const { taken, rowCount } = await take(app.viewer(), text, 'LETTERBOXD_WATCHED', { dryRun: true });
    expect(taken.map(({ title }) => title)).toEqual(taken.map(({ movie }) => movie.title));
    expect(taken).toHaveLength(rowCount);
  });
});
