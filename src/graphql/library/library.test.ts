import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixtureSnapshot } from '../../../test/fixture-release.ts';
import { ask, refusal } from '../../../test/running-app.ts';
import { type TestViewer, type ViewerApp, viewerApp } from '../../../test/viewer-app.ts';

const MATRIX = '2571';
const ALIEN = '1214';
const ALIENS = '1200';

const ADD = 'mutation ($id: ID!) { addToWatchlist(movieId: $id) { watched addedAt watchedAt movie { id title } } }';
const REMOVE = 'mutation ($ids: [ID!]!) { removeFromWatchlist(movieIds: $ids) }';
const RESTORE = `mutation ($entries: [RemovedEntryInput!]!) {
  restoreToWatchlist(entries: $entries) { watched addedAt watchedAt movie { id title } } }`;
const WATCHED = 'mutation ($ids: [ID!]!, $watched: Boolean!) { setWatched(movieIds: $ids, watched: $watched) { watched movie { id } } }';
const SAY = 'mutation ($id: ID!, $signal: FeedbackSignal!) { setFeedback(movieId: $id, signal: $signal) { id viewerFeedback } }';
const PREFER = `mutation ($preferences: StoredPreferencesInput!) { updatePreferences(preferences: $preferences) {
  preferences { preferredGenres { id } services { name } languages runtimeMin runtimeMax familiar } } }`;
const LIST = `query ($status: WatchlistStatus! = ALL, $sort: WatchlistSort! = RECENTLY_ADDED, $first: Int! = 50, $after: String) { viewer {
  watchlist(status: $status, sort: $sort, first: $first, after: $after) {
    totalCount nodes { watched movie { title } } edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }`;
const NOTHING = { preferredGenres: [], services: [], languages: [] };

interface List {
  viewer: {
    watchlist: {
      totalCount: number;
      nodes: { watched: boolean; movie: { title: string } }[];
      edges: { cursor: string }[];
      pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
    };
  };
}

describe('the library of a viewer', () => {
  let app: ViewerApp;
  beforeAll(async () => {
    const snapshot = await fixtureSnapshot();
    app = await viewerApp(() => snapshot);
  });
  afterAll(() => app.shutDown(0));

  const list = async (viewer: TestViewer, variables: object = {}) => (await viewer.ask<List>(LIST, { ...variables })).viewer.watchlist;
  const titles = async (viewer: TestViewer, variables: object = {}): Promise<string[]> =>
    (await list(viewer, variables)).nodes.map(({ movie }) => movie.title);
  const add = async (viewer: TestViewer, ...ids: string[]): Promise<void> => {
    for (const id of ids) {
      await viewer.ask(ADD, { id });
      // Entries of the same millisecond have no order.
      await sleep(2);
    }
  };

  it('belongs to one user: viewer is the signed-in user, and null when signed out', async () => {
    expect(await ask(app, '{ viewer { id } movie(id: "2571") { viewerFeedback watchlistEntry { watched } } }')).toEqual({
      viewer: null,
      movie: { viewerFeedback: null, watchlistEntry: null },
    });
    expect(await app.viewer('ann').ask('{ viewer { id name email isGuest } }')).toEqual({
      viewer: { id: 'ann', name: 'User ann', email: 'ann@films.example', isGuest: false },
    });
    const [ann, bob] = [app.viewer(), app.viewer()];
    await add(ann, MATRIX);
    await ann.ask(SAY, { id: MATRIX, signal: 'LIKE' });
    expect(await titles(bob)).toEqual([]);
    expect(await bob.ask('{ movie(id: "2571") { viewerFeedback watchlistEntry { watched } } viewer { likedMovies { id } } }')).toEqual({
      movie: { viewerFeedback: null, watchlistEntry: null },
      viewer: { likedMovies: [] },
    });
    await bob.ask(REMOVE, { ids: [MATRIX] });
    await bob.ask('mutation { clearFeedback { id } }');
    expect(await titles(ann)).toEqual(['The Matrix']);
    expect(await ann.ask('{ viewer { likedMovies { title } } }')).toEqual({ viewer: { likedMovies: [{ title: 'The Matrix' }] } });
  });

  const MUTATIONS: [string, string, Record<string, unknown>][] = [
    ['addToWatchlist', ADD, { id: MATRIX }],
    ['removeFromWatchlist', REMOVE, { ids: [MATRIX] }],
    ['restoreToWatchlist', RESTORE, { entries: [{ movieId: MATRIX, addedAt: '2026-01-02T03:04:05Z', watched: false }] }],
    ['setWatched', WATCHED, { ids: [MATRIX], watched: true }],
    ['setFeedback', SAY, { id: MATRIX, signal: 'LIKE' }],
    ['updatePreferences', PREFER, { preferences: NOTHING }],
    ['clearFeedback', 'mutation { clearFeedback { id } }', {}],
  ];

  it.each(MUTATIONS)('cannot be changed by a signed-out caller: %s', async (_name, mutation, variables) => {
    expect((await refusal(app, mutation, variables)).extensions.code).toBe('UNAUTHENTICATED');
  });

  it.each(MUTATIONS)('cannot be changed by a key without the scope: %s', async (_name, mutation, variables) => {
    const key = app.viewer('key-owner', 'read');
    expect((await key.refusal(mutation, variables)).extensions).toMatchObject({ code: 'FORBIDDEN', scope: 'write' });
    expect(await titles(key)).toEqual([]);
  });

  it('cannot be read by a key without the scope', async () => {
    const key = app.viewer('key-owner', 'write');
    for (const query of [
      '{ viewer { id } }',
      '{ movie(id: "2571") { viewerFeedback } }',
      '{ movie(id: "2571") { watchlistEntry { watched } } }',
    ])
      expect((await key.refusal(query)).extensions, query).toMatchObject({ code: 'FORBIDDEN', scope: 'read' });
  });

  it('gets a movie once: adding again gives the same entry', async () => {
    const ann = app.viewer();
    const first = await ann.ask<{ addToWatchlist: object }>(ADD, { id: MATRIX });
    expect(first.addToWatchlist).toMatchObject({ watched: false, watchedAt: null, movie: { id: MATRIX, title: 'The Matrix' } });
    expect(await ann.ask(ADD, { id: MATRIX })).toEqual(first);
    expect((await list(ann)).totalCount).toBe(1);
  });

  it('gets removed entries back unchanged, once, and keeps present entries', async () => {
    const ann = app.viewer();
    await add(ann, ALIENS);
    const there = (await ann.ask<{ addToWatchlist: object }>(ADD, { id: ALIENS })).addToWatchlist;
    const matrix = { movieId: MATRIX, addedAt: '2025-01-02T03:04:05.000Z', watched: true, watchedAt: '2025-02-03T04:05:06.000Z' };
    const alien = { movieId: ALIEN, addedAt: '2999-01-01T00:00:00.000Z', watched: false };
    const aliens = { movieId: ALIENS, addedAt: '2025-01-02T03:04:05.000Z', watched: true };
    const { restoreToWatchlist: restored } = await ann.ask<{ restoreToWatchlist: { addedAt: string }[] }>(RESTORE, {
      entries: [matrix, alien, aliens, { ...matrix, watched: false }],
    });
    const { addedAt, watched, watchedAt } = matrix;
    expect(restored[0]).toEqual({ addedAt, watched, watchedAt, movie: { id: MATRIX, title: 'The Matrix' } });
    // A date in the future becomes now.
    expect(Math.abs(Date.parse(restored[1].addedAt) - Date.now())).toBeLessThan(60_000);
    expect(restored[2]).toEqual(there);
    expect(restored).toHaveLength(3);
    expect((await titles(ann)).at(-1)).toBe('The Matrix');
    const unknown = { movieId: '999999', addedAt, watched };
    expect((await ann.refusal(RESTORE, { entries: [matrix, unknown] })).message).toMatch(
      /entries\[1\]\.movieId.*there is no movie "999999"/,
    );
  });

  it('is up to date after each mutation within one request', async () => {
    const ann = app.viewer();
    expect(
      await ann.ask(`mutation {
        a: addToWatchlist(movieId: "2571") { watched movie { watchlistEntry { watched } viewerFeedback } }
        b: setWatched(movieIds: ["2571"], watched: true) { watched movie { watchlistEntry { watched } } }
        c: setFeedback(movieId: "2571", signal: LIKE) { viewerFeedback watchlistEntry { watched } }
        d: removeFromWatchlist(movieIds: ["2571"])
        e: setFeedback(movieId: "2571", signal: NONE) { viewerFeedback watchlistEntry { watched } }
        f: setFeedback(movieId: "2571", signal: DISLIKE) { viewerFeedback }
        g: clearFeedback { dislikedMovies { viewerFeedback } }
      }`),
    ).toEqual({
      a: { watched: false, movie: { watchlistEntry: { watched: false }, viewerFeedback: null } },
      b: [{ watched: true, movie: { watchlistEntry: { watched: true } } }],
      c: { viewerFeedback: 'LIKE', watchlistEntry: { watched: true } },
      d: [MATRIX],
      e: { viewerFeedback: null, watchlistEntry: null },
      f: { viewerFeedback: 'DISLIKE' },
      g: { dislikedMovies: [] },
    });
  });

  it('lists the watchlist by status and in three orders', async () => {
    const ann = app.viewer();
    await add(ann, '4973', '750', MATRIX, '90003');
    await ann.ask(WATCHED, { ids: ['750', MATRIX], watched: true });
    expect(await titles(ann)).toEqual(['Untitled Festival Film', 'The Matrix', 'Dr. Strangelove', 'Amélie']);
    expect(await titles(ann, { sort: 'TITLE' })).toEqual(['Amélie', 'Dr. Strangelove', 'The Matrix', 'Untitled Festival Film']);
    expect(await titles(ann, { sort: 'YEAR' })).toEqual(['Amélie', 'The Matrix', 'Dr. Strangelove', 'Untitled Festival Film']);
    expect(await titles(ann, { status: 'WATCHED', sort: 'TITLE' })).toEqual(['Dr. Strangelove', 'The Matrix']);
    expect((await list(ann, { status: 'TO_WATCH' })).totalCount).toBe(2);
  });

  it('has pages whose cursors stay valid when entries are added and removed', async () => {
    const ann = app.viewer();
    await add(ann, '1', '32', '50', '260', '296');
    const first = await list(ann, { sort: 'TITLE', first: 2 });
    expect(first.nodes.map(({ movie }) => movie.title)).toEqual(['12 Monkeys', 'Pulp Fiction']);
    expect(first.pageInfo).toEqual({
      hasNextPage: true,
      hasPreviousPage: false,
      startCursor: first.edges[0].cursor,
      endCursor: first.edges[1].cursor,
    });
    await ann.ask(REMOVE, { ids: ['296'] });
    await add(ann, '541');
    const rest = await list(ann, { sort: 'TITLE', first: 50, after: first.pageInfo.endCursor });
    expect(rest.nodes.map(({ movie }) => movie.title)).toEqual(['Star Wars', 'The Usual Suspects', 'Toy Story']);
    expect(rest.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    for (const after of ['nonsense', '', Buffer.from('["w1","TITLE",0]').toString('base64url'), 'x'.repeat(9_000)])
      expect((await ann.refusal(LIST, { sort: 'TITLE', after })).extensions).toMatchObject({
        argument: 'after',
        reason: 'MALFORMED_CURSOR',
      });
    expect((await ann.refusal(LIST, { sort: 'YEAR', after: first.pageInfo.endCursor })).extensions.reason).toBe('OTHER_LIST');
    expect((await ann.refusal(LIST, { first: 101 })).extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'first', max: 100 });
  });

  it('returns the removed ids and the marked entries', async () => {
    const ann = app.viewer();
    await add(ann, MATRIX, ALIEN);
    expect(await ann.ask(WATCHED, { ids: [ALIEN, '1'], watched: true })).toEqual({ setWatched: [{ watched: true, movie: { id: ALIEN } }] });
    expect(await ann.ask(REMOVE, { ids: ['999999', ALIEN, '1'] })).toEqual({ removeFromWatchlist: [ALIEN] });
    expect(await ann.ask(REMOVE, { ids: [ALIEN] })).toEqual({ removeFromWatchlist: [] });
  });

  it('replaces preferences whole, in the spelling of the catalog', async () => {
    const ann = app.viewer();
    const preferences = {
      preferredGenres: ['WAR', 'science fiction'],
      services: ['netflix'],
      languages: ['EN'],
      runtimeMin: 60,
      familiar: 0.125,
    };
    expect(await ann.ask(PREFER, { preferences })).toEqual({
      updatePreferences: {
        preferences: {
          preferredGenres: expect.arrayContaining([{ id: 'sci-fi' }, { id: 'war' }]),
          services: [{ name: 'Netflix' }],
          languages: ['en'],
          runtimeMin: 60,
          runtimeMax: null,
          familiar: 0.125,
        },
      },
    });
    await ann.ask(PREFER, { preferences: { ...NOTHING, runtimeMax: 100 } });
    expect(
      await ann.ask('{ viewer { preferences { preferredGenres { id } services { id } languages runtimeMin runtimeMax familiar } } }'),
    ).toEqual({
      viewer: { preferences: { ...NOTHING, runtimeMin: null, runtimeMax: 100, familiar: null } },
    });
  });

  it('stores where the viewer watches; a caller that does not know the field leaves it as it is', async () => {
    const ann = app.viewer();
    const region = async (more: object): Promise<unknown> => {
      await ann.ask(PREFER, { preferences: { ...NOTHING, ...more } });
      return (await ann.ask<{ viewer: { preferences: { region: unknown } } }>('{ viewer { preferences { region } } }')).viewer.preferences
        .region;
    };
    expect([await region({}), await region({ region: 'de' }), await region({ runtimeMax: 90 }), await region({ region: null })]).toEqual([
      null,
      'DE',
      'DE',
      null,
    ]);
    const { extensions } = await ann.refusal(PREFER, { preferences: { ...NOTHING, region: 'UK' } });
    expect(extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'preferences.region', allowed: ['DE', 'US'] });
  });

  it('stores whether models learn from the viewer: yes at first, and until the viewer says otherwise', async () => {
    const ann = app.viewer();
    const learns = async (more: object): Promise<unknown> => {
      await ann.ask(PREFER, { preferences: { ...NOTHING, ...more } });
      const { viewer } = await ann.ask<{ viewer: { preferences: object } }>('{ viewer { preferences { learnFromMe } } }');
      return viewer.preferences;
    };
    const said = [{}, { learnFromMe: false }, { runtimeMax: 90 }, { learnFromMe: null }, { learnFromMe: true }];
    const stored = [];
    for (const more of said) stored.push(await learns(more));
    expect(stored).toEqual([true, false, false, false, true].map((learnFromMe) => ({ learnFromMe })));
  });

  it('say where a movie can be watched in the stored region, unless another one is named', async () => {
    const ann = app.viewer();
    const WHERE = `query ($region: String) { movie(id: "3000") { availability(region: $region) { region } } }`;
    const FOUND = `{ search: searchMovies(query: "princess", filter: { watch: { kinds: [RENT] } }) { totalCount }
      list: catalogMovies(filter: { watch: { kinds: [RENT] } }) { totalCount } }`;
    const regions = async (asked: Promise<{ movie?: { availability: { region: string }[] } }>): Promise<string[]> =>
      (await asked).movie?.availability.map(({ region }) => region) ?? [];
    expect(await ann.ask(FOUND)).toEqual({ search: { totalCount: 1 }, list: { totalCount: 1 } });
    await ann.ask(PREFER, { preferences: { ...NOTHING, region: 'DE' } });
    expect(await regions(ann.ask(WHERE))).toEqual(['DE']);
    expect(await regions(ann.ask(WHERE, { region: 'US' }))).toEqual(['US', 'US']);
    // Nothing is let there.
    expect(await ann.ask(FOUND)).toEqual({ search: { totalCount: 0 }, list: { totalCount: 0 } });
    expect(await regions(ask(app, WHERE))).toEqual(['US', 'US']);
    expect(await regions(app.viewer('ann', 'write').ask(WHERE))).toEqual(['US', 'US']);
  });

  it.each<[string, string, Record<string, unknown>, string]>([
    ['an unknown movie', ADD, { id: '999999' }, 'movieId'],
    ['an invalid movie id', ADD, { id: 'matrix' }, 'movieId'],
    ['an id above the largest id', ADD, { id: '4294969867' }, 'movieId'],
    ['feedback on an unknown movie', SAY, { id: '999999', signal: 'LIKE' }, 'movieId'],
    ['watching an unknown movie', WATCHED, { ids: [MATRIX, '999999'], watched: true }, 'movieIds[1]'],
    ['watching an invalid movie id', WATCHED, { ids: ['x'], watched: true }, 'movieIds[0]'],
    ['removing an invalid movie id', REMOVE, { ids: [MATRIX, '-1'] }, 'movieIds[1]'],
    ['too many at once', REMOVE, { ids: Array.from({ length: 501 }, (_, i) => String(i + 1)) }, 'movieIds'],
    ['an unknown genre', PREFER, { preferences: { ...NOTHING, preferredGenres: ['War', 'Sci Fy'] } }, 'preferences.preferredGenres[1]'],
    ['an unknown service', PREFER, { preferences: { ...NOTHING, services: ['Blockbuster'] } }, 'preferences.services[0]'],
    ['a negative runtime', PREFER, { preferences: { ...NOTHING, runtimeMin: -1 } }, 'preferences.runtimeMin'],
    ['an empty range of runtimes', PREFER, { preferences: { ...NOTHING, runtimeMin: 90, runtimeMax: 80 } }, 'preferences.runtimeMin'],
  ])('refuses %s and names the argument', async (_what, mutation, variables, argument) => {
    expect((await app.viewer().refusal(mutation, variables)).extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument });
  });

  describe('shapes the recommendations', () => {
    const RECOMMEND = `query ($prefs: PreferencesInput, $first: Int! = 100, $after: String) { recommendations(prefs: $prefs, first: $first, after: $after) {
      totalCount nodes { explanation movie { id title genres { id } services { id } originalLanguage runtime } } pageInfo { endCursor } } }`;
    interface Recommended {
      recommendations: {
        totalCount: number;
        nodes: {
          explanation: string;
          movie: {
            id: string;
            title: string;
            genres: { id: string }[];
            services: { id: string }[];
            originalLanguage: string;
            runtime: number;
          };
        }[];
        pageInfo: { endCursor: string };
      };
    }
    const recommend = async (viewer: TestViewer, prefs: object | null = null, more: object = {}) =>
      (await viewer.ask<Recommended>(RECOMMEND, { prefs, ...more })).recommendations;
    const idsFor = async (viewer: TestViewer, prefs: object | null = null): Promise<string[]> =>
      (await recommend(viewer, prefs)).nodes.map(({ movie }) => movie.id);

    it('by likes, at once', async () => {
      const ann = app.viewer();
      const before = await recommend(ann);
      expect(before.nodes[0].explanation).not.toMatch(/liked/);
      await ann.ask(SAY, { id: ALIEN, signal: 'LIKE' });
      const after = await recommend(ann);
      expect(after.nodes[0]).toMatchObject({ movie: { title: 'Aliens' } });
      expect(after.nodes[0].explanation).toMatch(/Because you liked Alien/);
      expect(after.totalCount).toBe(before.totalCount - 1);
      expect(await ask<Recommended>(app, RECOMMEND, { prefs: { likedMovieIds: [ALIEN] } })).toEqual({
        recommendations: { ...after, pageInfo: expect.anything() },
      });
      await ann.ask(SAY, { id: ALIEN, signal: 'NONE' });
      expect((await recommend(ann)).nodes).toEqual(before.nodes);
    });

    it('without movies that are liked, disliked, watched or not interesting, for any preferences', async () => {
      const ann = app.viewer();
      await ann.ask(SAY, { id: ALIEN, signal: 'LIKE' });
      await ann.ask(SAY, { id: '1', signal: 'DISLIKE' });
      await ann.ask(SAY, { id: '50', signal: 'NOT_INTERESTED' });
      await add(ann, MATRIX, ALIENS);
      await ann.ask(WATCHED, { ids: [MATRIX], watched: true });
      for (const prefs of [null, {}, { likedMovieIds: [], dislikedMovieIds: [], notInterestedMovieIds: [] }, { likedMovieIds: ['296'] }]) {
        const ids = await idsFor(ann, prefs);
        for (const gone of [ALIEN, '1', '50', MATRIX]) expect(ids, JSON.stringify(prefs)).not.toContain(gone);
        expect(ids).toContain(ALIENS);
      }
      await ann.ask(WATCHED, { ids: [MATRIX], watched: false });
      await ann.ask('mutation { clearFeedback { id } }');
      expect(await idsFor(ann)).toEqual(expect.arrayContaining([ALIEN, '1', '50', MATRIX]));
    });

    it('by stored preferences, in the fields that the request leaves out', async () => {
      const ann = app.viewer();
      const preferences = { preferredGenres: ['Sci-Fi'], services: ['Netflix'], languages: ['en'], runtimeMin: 100, runtimeMax: 140 };
      await ann.ask(PREFER, { preferences });
      await ann.ask(SAY, { id: '4973', signal: 'LIKE' });
      await ann.ask(SAY, { id: '90002', signal: 'DISLIKE' });
      const stored = { ...preferences, likedMovieIds: ['4973'], dislikedMovieIds: ['90002'] };
      const cases: [asked: object, means: object][] = [
        [{}, stored],
        [{ preferredGenres: null, services: null }, stored],
        [{ preferredGenres: ['Crime'] }, { ...stored, preferredGenres: ['Crime'] }],
        [{ preferredGenres: [] }, { ...stored, preferredGenres: [] }],
        [{ services: ['Max'] }, { ...stored, services: ['Max'] }],
        [
          { languages: ['fr'], services: [], preferredGenres: [], runtimeMin: 0 },
          { ...stored, languages: ['fr'], services: [], preferredGenres: [], runtimeMin: 0 },
        ],
        [{ runtimeMin: 120 }, { ...stored, runtimeMin: 120 }],
        [{ runtimeMin: 150 }, { ...stored, runtimeMin: 150, runtimeMax: null }],
        [{ runtimeMax: 90 }, { ...stored, runtimeMax: 90, runtimeMin: null }],
        [
          { runtimeMin: null, runtimeMax: null },
          { ...stored, runtimeMin: null, runtimeMax: null },
        ],
        [{ runtimeMax: null }, { ...stored, runtimeMax: null }],
        [{ genreMatch: 'PREFER' }, { ...stored, genreMatch: 'PREFER' }],
        [{ likedMovieIds: [] }, { ...stored, likedMovieIds: [], notInterestedMovieIds: ['4973'] }],
        [{ likedMovieIds: ['90002'] }, { ...stored, likedMovieIds: ['90002'], dislikedMovieIds: [], notInterestedMovieIds: ['4973'] }],
      ];
      for (const [asked, means] of cases) {
        const { nodes, totalCount } = await recommend(ann, asked);
        const anybody = await ask<Recommended>(app, RECOMMEND, { prefs: means });
        expect({ nodes, totalCount }, JSON.stringify(asked)).toEqual({
          nodes: anybody.recommendations.nodes,
          totalCount: anybody.recommendations.totalCount,
        });
      }
    });

    it('on every page, also after a like between two pages', async () => {
      const ann = app.viewer();
      const first = await recommend(ann, null, { first: 5 });
      await ann.ask(SAY, { id: first.nodes[0].movie.id, signal: 'LIKE' });
      const second = await recommend(ann, null, { first: 5, after: first.pageInfo.endCursor });
      const now = await recommend(ann);
      expect(second.nodes).toEqual(now.nodes.slice(5, 10));
      const other = app.viewer();
      expect((await other.refusal(RECOMMEND, { after: first.pageInfo.endCursor })).extensions.reason).toBe('OTHER_LIST');
    });

    it('for the viewer only: a key without the read scope gets the general list', async () => {
      const ann = app.viewer();
      await ann.ask(SAY, { id: ALIEN, signal: 'NOT_INTERESTED' });
      const [{ 'x-test-user': id }] = [ann.headers];
      expect(await idsFor(app.viewer(id, 'write'))).toContain(ALIEN);
      expect(await idsFor(ann)).not.toContain(ALIEN);
    });
  });
});
