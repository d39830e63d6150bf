import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIXTURE_MOVIES } from '../../test/fixture-movies.ts';
import { fixtureSnapshot } from '../../test/fixture-release.ts';
import { releaseInMemory, shippedConfig } from '../../test/release-in-memory.ts';
import { type TestViewer, type ViewerApp, viewerApp } from '../../test/viewer-app.ts';
import { csvRecords } from '../library/history/csv-records.ts';
import type { Snapshot } from '../recommendations/snapshot.ts';
import { snapshotOf } from '../recommendations/snapshot.ts';
import { filePrice } from './export-routes.ts';

const MATRIX = '2571';

it('the price of an export follows its rows', () => {
  expect([0, 1, 50_000].map(filePrice)).toEqual([100, 100.5, 25_100]);
});

describe('the library of a viewer across versions of the catalog', () => {
  let app: ViewerApp;
  let snapshot: Snapshot;
  let whole: Snapshot;
  let without: Snapshot;
  beforeAll(async () => {
    whole = await fixtureSnapshot();
    const rest = FIXTURE_MOVIES.filter(({ movieId }) => movieId !== Number(MATRIX));
    without = snapshotOf(releaseInMemory(rest, shippedConfig('default')));
    snapshot = whole;
    app = await viewerApp(() => snapshot);
  });
  afterAll(() => app.shutDown(0));

  const get = (path: string, viewer?: TestViewer) =>
    app.fastify.inject({ method: 'GET', url: path, ...(viewer === undefined ? {} : { headers: viewer.headers }) });

  const furnished = async (): Promise<TestViewer> => {
    snapshot = whole;
    const viewer = app.viewer();
    await viewer.ask(`mutation { a: addToWatchlist(movieId: "2571") { watched } b: setFeedback(movieId: "2571", signal: LIKE) { id } }`);
    // Two entries of the same millisecond have no order.
    await sleep(2);
    await viewer.ask(`mutation {
      a: addToWatchlist(movieId: "1214") { watched } b: setWatched(movieIds: ["1214"], watched: true) { watched }
      c: setFeedback(movieId: "1", signal: NOT_INTERESTED) { id }
      d: updatePreferences(preferences: { preferredGenres: ["war"], services: ["Max"], languages: ["en"], runtimeMax: 200 }) { id } }`);
    return viewer;
  };

  it('keeps a movie that the catalog loses, and shows it whole when it returns', async () => {
    const ann = await furnished();
    const LIST =
      '{ viewer { likedMovies { title } watchlist(sort: TITLE) { totalCount nodes { movie { id title year runtime genres { id } overview ratingCount posterUrl similar { score } viewerFeedback watchlistEntry { watched } } } } } }';
    const before = await ann.ask<{ viewer: { likedMovies: object[]; watchlist: { nodes: { movie: object }[] } } }>(LIST);
    snapshot = without;
    const { viewer } = await ann.ask<typeof before>(LIST);
    expect(viewer.likedMovies).toEqual([]);
    expect(viewer.watchlist).toMatchObject({ totalCount: 2 });
    expect(viewer.watchlist.nodes[1].movie).toEqual({
      id: MATRIX,
      title: 'The Matrix',
      year: 1999,
      runtime: null,
      genres: [],
      overview: null,
      ratingCount: 0,
      posterUrl: null,
      similar: [],
      viewerFeedback: 'LIKE',
      watchlistEntry: { watched: false },
    });
    expect(await ann.ask('mutation { addToWatchlist(movieId: "2571") { movie { title } } }')).toEqual({
      addToWatchlist: { movie: { title: 'The Matrix' } },
    });
    expect(await ann.ask('mutation { setWatched(movieIds: ["2571"], watched: true) { watched } }')).toEqual({
      setWatched: [{ watched: true }],
    });
    expect((await app.viewer().refusal('mutation { addToWatchlist(movieId: "2571") { watched } }')).extensions.argument).toBe('movieId');
    expect(await ann.ask('mutation { setWatched(movieIds: ["2571"], watched: false) { watched } }')).toEqual({
      setWatched: [{ watched: false }],
    });
    expect(
      (
        await ann.ask<{ recommendations: { nodes: object[] } }>(
          '{ recommendations(prefs: { preferredGenres: [], services: [] }, first: 5) { nodes { score } } }',
        )
      ).recommendations.nodes,
    ).toHaveLength(5);
    snapshot = whole;
    expect(await ann.ask(LIST)).toEqual(before);
    snapshot = without;
    expect(await ann.ask('mutation { removeFromWatchlist(movieIds: ["2571"]) }')).toEqual({ removeFromWatchlist: [MATRIX] });
  });

  it('is exported as JSON, movies that left the catalog included', async () => {
    const ann = await furnished();
    snapshot = without;
    const response = await get('/export.json', ann);
    expect(response.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename="cinematch.json"',
      'cache-control': 'no-store',
    });
    expect(response.json()).toEqual({
      exportedAt: expect.stringMatching(/^\d{4}-/),
      sharedGroups: [],
      pushSubscriptions: [],
      sharedWatchlist: null,
      hook: null,
      mediaUsers: [],
      hookEvents: [],
      account: { id: ann.headers['x-test-user'] },
      preferences: {
        preferredGenres: ['war'],
        services: ['max'],
        languages: ['en'],
        runtimeMin: null,
        runtimeMax: 200,
        familiar: null,
        region: null,
        learnFromMe: true,
      },
      watchlist: [
        {
          movieId: '1214',
          title: 'Alien',
          year: 1979,
          imdbId: 'tt0101214',
          tmdbId: 201_214,
          addedAt: expect.any(String),
          watched: true,
          watchedAt: expect.any(String),
        },
        { movieId: MATRIX, title: 'The Matrix', year: 1999, addedAt: expect.any(String), watched: false, watchedAt: null },
      ],
      feedback: [
        {
          movieId: '1',
          title: 'Toy Story',
          year: 1995,
          imdbId: 'tt0100001',
          tmdbId: 200_001,
          signal: 'NOT_INTERESTED',
          saidAt: expect.any(String),
        },
        { movieId: MATRIX, signal: 'LIKE', saidAt: expect.any(String) },
      ],
      ratings: [],
      plays: [],
    });
  });

  it('is exported as CSV, one movie a line', async () => {
    const ann = await furnished();
    const response = await get('/export.csv', ann);
    expect(response.headers['content-type']).toBe('text/csv; charset=utf-8');
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT/);
    expect(csvRecords(response.body, 100)).toEqual([
      [
        'movieId',
        'imdbId',
        'tmdbId',
        'title',
        'year',
        'feedback',
        'feedbackAt',
        'onWatchlist',
        'addedAt',
        'watched',
        'watchedAt',
        'stars',
        'ratedAt',
        'plays',
      ],
      ['1214', 'tt0101214', '201214', 'Alien', '1979', '', '', 'yes', time, 'yes', time, '', '', ''],
      [MATRIX, 'tt0102571', '202571', 'The Matrix', '1999', 'LIKE', time, 'yes', time, 'no', '', '', '', ''],
      ['1', 'tt0100001', '200001', 'Toy Story', '1995', 'NOT_INTERESTED', time, 'no', '', '', '', '', '', ''],
    ]);
  });

  it.each(['/export.json', '/export.csv'])('is exported to the viewer only: %s', async (path) => {
    await furnished();
    const signedOut = await get(path);
    expect([signedOut.statusCode, signedOut.json().errors[0].extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
    const key = await get(path, app.viewer('key', 'write'));
    expect([key.statusCode, key.json().errors[0].extensions.code]).toEqual([403, 'FORBIDDEN']);
    expect((await get(path, app.viewer())).body).not.toMatch(/Alien|Matrix/);
  });
});
