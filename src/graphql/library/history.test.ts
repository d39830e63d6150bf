import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixtureSnapshot } from '../../../test/fixture-release.ts';
import { type TestViewer, type ViewerApp, viewerApp } from '../../../test/viewer-app.ts';
import { makeZip } from '../../../test/zip-fixture.ts';

const MATRIX = '2571';
const ALIEN = '1214';
const RATE = 'mutation ($id: ID!, $stars: Float) { rateMovie(movieId: $id, stars: $stars) { title viewerRating viewerFeedback } }';
const ADD = `mutation ($id: ID!, $at: DateTime, $on: LocalDate) { addPlay(movieId: $id, playedAt: $at, playedOn: $on) {
  id playedAt playedOn movie { title plays { id playedOn } } } }`;
const IMPORT = `mutation ($files: [HistoryFileInput!]!, $dryRun: Boolean! = false, $choices: [ImportChoice!]! = []) {
  importFiles(files: $files, dryRun: $dryRun, choices: $choices) { importId rowCount movieCount likes dislikes ratings plays feedbackRemoved
    files { name problem source rowCount questions unreadDates ratingScale columns { column field } }
    taken { row title reason movie { title } } doubtful { row candidates { reason } } notFound { row problem } } }`;

interface Imported {
  importFiles: {
    importId: string | null;
    files: { name: string; problem: string | null; source: string; questions: string[] }[];
    taken: { row: number; title: string; reason: string | null; movie: { title: string } }[];
    doubtful: { row: number; candidates: { reason: string }[] }[];
    notFound: { row: number; problem: string }[];
    [count: string]: unknown;
  };
}

const base64 = (content: string | Buffer): string => Buffer.from(content).toString('base64');

describe('ratings and plays', () => {
  let app: ViewerApp;
  beforeAll(async () => {
    const snapshot = await fixtureSnapshot();
    app = await viewerApp(() => snapshot);
  });
  afterAll(() => app.shutDown(0));

  const take = async (viewer: TestViewer, files: object[], more: object = {}) =>
    (await viewer.ask<Imported>(IMPORT, { files, ...more })).importFiles;

  it('are given, changed and removed, and become feedback by the thresholds', async () => {
    const ann = app.viewer();
    const rate = async (stars: number | null) => (await ann.ask<{ rateMovie: object }>(RATE, { id: ALIEN, stars })).rateMovie;
    expect(await rate(4)).toEqual({ title: 'Alien', viewerRating: 4, viewerFeedback: 'LIKE' });
    expect(await rate(2.5)).toEqual({ title: 'Alien', viewerRating: 2.5, viewerFeedback: null });
    expect(await rate(2)).toEqual({ title: 'Alien', viewerRating: 2, viewerFeedback: 'DISLIKE' });
    expect(await rate(null)).toEqual({ title: 'Alien', viewerRating: null, viewerFeedback: null });
    for (const stars of [0, 5.5, 3.3, -1])
      expect((await ann.refusal(RATE, { id: ALIEN, stars })).extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'stars' });
    expect((await ann.refusal(RATE, { id: '999999', stars: 3 })).extensions).toMatchObject({ argument: 'movieId' });
    expect((await app.viewer('r', 'read').refusal(RATE, { id: ALIEN, stars: 3 })).extensions.code).toBe('FORBIDDEN');
  });

  it('are listed in pages with sorts and filters', async () => {
    const ann = app.viewer();
    for (const [id, stars] of [
      [MATRIX, 3],
      [ALIEN, 5],
      ['858', 1],
    ])
      await ann.ask(RATE, { id, stars });
    const LIST = `query ($sort: RatingSort! = STARS, $after: String, $min: Float) { viewer { ratings(sort: $sort, first: 2, after: $after, starsMin: $min) {
      totalCount pageInfo { hasNextPage endCursor } nodes { stars ratedAt movie { title } } } } }`;
    interface Listed {
      viewer: {
        ratings: { totalCount: number; pageInfo: { hasNextPage: boolean; endCursor: string }; nodes: { movie: { title: string } }[] };
      };
    }
    const page = async (variables: object) => (await ann.ask<Listed>(LIST, { ...variables })).viewer.ratings;
    const first = await page({});
    expect([first.totalCount, first.nodes.map(({ movie }) => movie.title)]).toEqual([3, ['Alien', 'The Matrix']]);
    const rest = await page({ after: first.pageInfo.endCursor });
    expect([rest.pageInfo.hasNextPage, rest.nodes.map(({ movie }) => movie.title)]).toEqual([false, ['The Godfather']]);
    expect((await page({ min: 3 })).totalCount).toBe(2);
    expect((await page({ sort: 'TITLE' })).nodes.map(({ movie }) => movie.title)).toEqual(['Alien', 'The Godfather']);
    for (const after of ['x', first.pageInfo.endCursor.slice(4), Buffer.from('["h1","TITLE",["a",1]]').toString('base64url')])
      expect((await ann.refusal(LIST, { after })).extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'after' });
    const tooLarge = Buffer.from('["h1","STARS",[1,2,4000000000]]').toString('base64url');
    expect((await ann.refusal(LIST, { after: tooLarge })).extensions).toMatchObject({ argument: 'after' });
  });

  it('have dates: a moment, a day or none', async () => {
    const ann = app.viewer();
    const add = async (more: object) =>
      (
        await ann.ask<{ addPlay: { id: string; playedAt: string; playedOn: string; movie: { plays: object[] } } }>(ADD, {
          id: ALIEN,
          ...more,
        })
      ).addPlay;
    const moment = await add({ at: '2024-05-06T20:15:00Z' });
    expect(moment).toMatchObject({ playedAt: '2024-05-06T20:15:00.000Z', playedOn: null });
    expect(await add({ on: '2024-05-07' })).toMatchObject({ playedAt: '2024-05-07T00:00:00.000Z', playedOn: '2024-05-07' });
    expect((await add({})).movie.plays).toHaveLength(3);
    const PLAYS = `query ($from: LocalDate, $to: LocalDate) { viewer { plays(from: $from, to: $to) { totalCount nodes { playedAt movie { title } } } } }`;
    interface Plays {
      viewer: { plays: { totalCount: number; nodes: { playedAt: string | null }[] } };
    }
    expect((await ann.ask<Plays>(PLAYS)).viewer.plays.nodes.map(({ playedAt }) => playedAt)).toEqual([
      '2024-05-07T00:00:00.000Z',
      '2024-05-06T20:15:00.000Z',
      null,
    ]);
    expect((await ann.ask<Plays>(PLAYS, { from: '2024-05-06', to: '2024-05-06' })).viewer.plays.totalCount).toBe(1);
    const REMOVE = 'mutation ($id: ID!) { removePlay(id: $id) { id movie { plays { id } } } }';
    expect(await ann.ask(REMOVE, { id: moment.id })).toMatchObject({ removePlay: { id: moment.id, movie: { plays: [{}, {}] } } });
    expect(await ann.ask(REMOVE, { id: moment.id })).toEqual({ removePlay: null });
    expect((await ann.refusal(ADD, { id: ALIEN, at: '2024-05-06T20:15:00Z', on: '2024-05-06' })).extensions).toMatchObject({
      argument: 'playedOn',
    });
    expect((await ann.refusal(ADD, { id: ALIEN, on: '2999-01-01' })).extensions).toMatchObject({ argument: 'playedOn' });
  });

  it('come in from several files and a zip at once, with counts of rows and of movies', async () => {
    const ann = app.viewer();
    const zip = makeZip([
      {
        name: 'ratings.csv',
        content: 'Date,Name,Year,Letterboxd URI,Rating\n2024-01-02,Alien,1979,u,4.5\n2024-01-02,The Matrix,1999,u,1\n',
      },
      {
        name: 'diary.csv',
        content: 'Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date\n2024-01-02,Alien,1979,u,4.5,,,2024-01-01\n',
      },
    ]);
    const files = [
      { name: 'letterboxd.zip', base64: base64(zip) },
      { name: 'list.csv', base64: base64('Position,Const,Created,Title\n1,tt9999998,2024-01-01,Alien\n2,tt0104257,2024-01-01,Nothing\n') },
      { name: 'notes.csv', base64: base64('a,b\n') },
    ];
    const dry = await take(ann, files, { dryRun: true });
    expect(dry).toMatchObject({ importId: null, rowCount: 5, movieCount: 2, ratings: 2, likes: 1, dislikes: 1, plays: 2 });
    expect(dry.files.map(({ name, problem, source }) => [name, problem ?? source])).toEqual([
      ['ratings.csv', 'LETTERBOXD_RATINGS'],
      ['diary.csv', 'LETTERBOXD_DIARY'],
      ['list.csv', 'IMDB_WATCHLIST'],
      ['notes.csv', 'is no file of a known site; the first line has a, b; expected columns such as Title, Year and Rating'],
    ]);
    expect(dry.taken.map(({ row, reason }) => [row, reason])).toEqual([
      [1, 'TITLE_AND_YEAR'],
      [2, 'TITLE_AND_YEAR'],
      [3, 'TITLE_AND_YEAR'],
    ]);
    expect(dry.doubtful).toEqual([{ row: 4, candidates: [{ reason: 'TITLE' }] }]);
    const choices = [
      { row: 2, movieId: null },
      { row: 4, movieId: MATRIX },
    ];
    const real = await take(ann, files, { choices });
    expect(real).toMatchObject({ ratings: 1, likes: 1, dislikes: 0, notFound: [{ row: 2, problem: 'LEFT_OUT' }, { row: 5 }] });
    expect(real.taken.find(({ row }) => row === 4)).toMatchObject({ reason: null, movie: { title: 'The Matrix' } });
    for (const [more, argument] of [
      [[{ name: 'a', base64: '%' }], 'files[0].base64'],
      [[{ name: '', base64: '' }], 'files[0].name'],
      [[{ name: 'a', base64: '', ratingScale: 7 }], 'files[0].ratingScale'],
      [[], 'files'],
      [[{ name: 'a.csv', base64: base64('a,b') }], 'files'],
    ] as const)
      expect((await ann.refusal(IMPORT, { files: more })).extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument });
  });

  it('come from a table of which no column is known, when the viewer says what its columns hold', async () => {
    const ann = app.viewer();
    const file = { name: 'filmy.csv', base64: base64('Tytuł;Rok;Moja ocena\nAlien;1979;9\nThe Matrix;1999;2\n') };
    const asked = await take(ann, [file], { dryRun: true });
    expect(asked).toMatchObject({ rowCount: 0, movieCount: 0, files: [{ source: 'GENERIC', questions: ['COLUMNS'], rowCount: 2 }] });
    expect((await ann.refusal(IMPORT, { files: [file] })).extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'files' });
    const mapping = [
      { column: 'tytuł', field: 'TITLE' },
      { column: 'rok', field: 'YEAR' },
      { column: 'moja ocena', field: 'RATING' },
    ];
    const answered = { ...file, source: 'GENERIC', mapping };
    expect(await take(ann, [answered])).toMatchObject({ rowCount: 2, ratings: 2, likes: 1, dislikes: 1, files: [{ questions: [] }] });
  });

  it('are put back as a whole when an import is undone', async () => {
    const ann = app.viewer();
    const file = {
      name: 'ratings.csv',
      base64: base64('Name,Year,Rating\nAlien,1979,5\nThe Matrix,1999,1\n'),
      source: 'LETTERBOXD_RATINGS',
    };
    const { importId } = await take(ann, [file]);
    const LIST =
      '{ viewer { imports { id files rowCount movieCount changeCount undoneAt changes(first: 2) { kind before after movie { title } } } } }';
    expect(await ann.ask(LIST)).toEqual({
      viewer: {
        imports: [
          {
            id: importId,
            files: ['ratings.csv'],
            rowCount: 2,
            movieCount: 2,
            changeCount: 8,
            undoneAt: null,
            changes: [
              { kind: 'WATCHLIST', before: null, after: 'WATCHED', movie: { title: 'Alien' } },
              { kind: 'WATCHLIST', before: null, after: 'WATCHED', movie: { title: 'The Matrix' } },
            ],
          },
        ],
      },
    });
    const UNDO = 'mutation ($id: ID!) { undoImport(id: $id) { changeCount undoneAt } }';
    expect((await app.viewer().refusal(UNDO, { id: importId })).extensions).toMatchObject({ argument: 'id' });
    await ann.ask(UNDO, { id: importId });
    expect(await ann.ask('{ viewer { likedMovies { id } ratings { totalCount } plays { totalCount } watchlist { totalCount } } }')).toEqual(
      {
        viewer: { likedMovies: [], ratings: { totalCount: 0 }, plays: { totalCount: 0 }, watchlist: { totalCount: 0 } },
      },
    );
  });

  it.each(['csv', 'json'])('are all in export.%s, and come back from it unchanged', async (format) => {
    const ann = app.viewer();
    await ann.ask(RATE, { id: ALIEN, stars: 3.5 });
    await ann.ask(RATE, { id: MATRIX, stars: 4.5 });
    for (const more of [{}, { on: '2024-05-07' }, { at: '2024-05-06T20:15:00Z' }]) await ann.ask(ADD, { id: ALIEN, ...more });
    await ann.ask('mutation { addToWatchlist(movieId: "858") { addedAt } a: setFeedback(movieId: "858", signal: NOT_INTERESTED) { id } }');
    const whole = async ({ headers }: TestViewer): Promise<string> =>
      (await app.fastify.inject({ method: 'GET', url: `/export.${format}`, headers })).body;
    const exported = async (viewer: TestViewer): Promise<string> =>
      (await whole(viewer)).replace(/"exportedAt": .*|"account": \{[^}]*\}/g, '');
    const text = await exported(ann);
    const bob = app.viewer();
    const file = {
      name: `export.${format}`,
      base64: base64(await whole(ann)),
    };
    await take(bob, [file]);
    expect(await exported(bob)).toBe(text);
    expect(await take(bob, [file])).toMatchObject({ ratings: 0, plays: 0, likes: 0, feedbackRemoved: 0 });
    expect(await exported(bob)).toBe(text);
  });
});
