import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIXTURE_MOVIES } from '../../../test/fixture-movies.ts';
import { fixtureSnapshot } from '../../../test/fixture-release.ts';
import { ask, refusal, type TestApp, testApp } from '../../../test/running-app.ts';
import type { Snapshot } from '../../recommendations/snapshot.ts';

interface Node {
  score: number;
  explanation: string;
  reasons: { kind: string; label: string; contribution: number; movie: { title: string } | null }[];
  movie: {
    id: string;
    title: string;
    genres: { name: string }[];
    services: { name: string }[];
    runtime: number | null;
    year: number | null;
  };
}
interface Connection {
  totalCount: number;
  ignoredMovieIds: string[];
  nodes: Node[];
  edges: { cursor: string; node: { movie: { id: string } } }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
}

const QUERY = `query ($prefs: PreferencesInput, $mode: RecommendationMode! = FOR_YOU, $first: Int! = 20, $after: String) {
  recommendations(prefs: $prefs, mode: $mode, first: $first, after: $after) {
    totalCount ignoredMovieIds
    nodes { score explanation reasons { kind label contribution movie { title } } movie { id title runtime year genres { name } services { name } } }
    edges { cursor node { movie { id } } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;

const MATRIX = '2571';
const ALIEN = '1214';

describe('recommendations', () => {
  let app: TestApp;
  let snapshot: Snapshot;
  beforeAll(async () => {
    snapshot = await fixtureSnapshot();
    app = await testApp(() => snapshot);
  });
  afterAll(() => app.shutDown(0));

  const recommend = async (prefs: object | null, more: object = {}): Promise<Connection> =>
    (await ask<{ recommendations: Connection }>(app, QUERY, { prefs, ...more })).recommendations;
  const refused = (prefs: object, more: object = {}) => refusal(app, QUERY, { prefs, ...more });
  const ids = ({ nodes }: Connection): string[] => nodes.map(({ movie }) => movie.id);

  it('answer "sci-fi and action on Netflix, because I liked The Matrix"', async () => {
    const { nodes, totalCount } = await recommend({
      likedMovieIds: [MATRIX],
      preferredGenres: ['sci-fi', 'ACTION'],
      services: ['netflix'],
    });
    const expected = FIXTURE_MOVIES.filter(
      ({ title, genres, services }) =>
        title !== 'The Matrix' && services.includes('Netflix') && (genres.includes('Sci-Fi') || genres.includes('Action')),
    );
    expect(totalCount).toBe(expected.length);
    expect(nodes.map(({ movie }) => movie.title).sort()).toEqual(expected.map(({ title }) => title).sort());
    expect(nodes[0].movie.title).toBe('The Matrix Reloaded');
    expect(nodes[0].explanation).toBe('Because you liked The Matrix · Action and Sci-Fi · on Netflix');
  });

  it('say of any one movie what it is worth: as in a list, and though the filters leave it out or it is liked', async () => {
    const ONE = `query ($id: ID!, $prefs: PreferencesInput) {
      recommendation(movieId: $id, prefs: $prefs) { score explanation reasons { kind label contribution movie { title } } } }`;
    const one = async (id: string, prefs: object) => (await ask<{ recommendation: Node | null }>(app, ONE, { id, prefs })).recommendation;
    const prefs = { likedMovieIds: [MATRIX, ALIEN], dislikedMovieIds: ['90002'], preferredGenres: ['Horror'], genreMatch: 'PREFER' };
    for (const { movie, ...listed } of (await recommend(prefs)).nodes) expect(await one(movie.id, prefs)).toEqual(listed);
    const asOther = await one(ALIEN, { ...prefs, likedMovieIds: [MATRIX] });
    expect(await one(ALIEN, { ...prefs, yearMin: 2500 })).toEqual(asOther);
    expect(asOther?.reasons.map(({ kind }) => kind)).toContain('LIKED_MOVIE');
    expect(await one('999999', prefs)).toBeNull();
  });

  it('come best first, and their reasons add up to the score', async () => {
    for (const mode of ['FOR_YOU', 'TRENDING']) {
      const { nodes } = await recommend(
        { likedMovieIds: [MATRIX, ALIEN], dislikedMovieIds: ['90002'], preferredGenres: ['Horror'], genreMatch: 'PREFER' },
        { mode },
      );
      const scores = nodes.map(({ score }) => score);
      expect(scores).toEqual(scores.toSorted((a, b) => b - a));
      for (const { score, reasons } of nodes) {
        expect(reasons.reduce((sum, { contribution }) => sum + contribution, 0)).toBeCloseTo(score, 6);
        const shares = reasons.map(({ contribution }) => Math.abs(contribution));
        expect(shares).toEqual(shares.toSorted((a, b) => b - a));
      }
    }
  });

  it('sum up the reasons that `first` leaves out, so that the sum stays', async () => {
    const REASONS = `query ($prefs: PreferencesInput, $first: Int! = 10) { recommendations(prefs: $prefs, first: 5) { nodes {
      score all: reasons(first: 100) { kind contribution } some: reasons(first: $first) { kind label contribution movie { id } } } } }`;
    interface Entry {
      score: number;
      all: { kind: string; contribution: number }[];
      some: { kind: string; label: string; contribution: number; movie: object | null }[];
    }
    const likedMovieIds = FIXTURE_MOVIES.slice(0, 15).map(({ movieId }) => String(movieId));
    const entries = async (first?: number) =>
      (await ask<{ recommendations: { nodes: Entry[] } }>(app, REASONS, { prefs: { likedMovieIds }, first })).recommendations.nodes;
    const byDefault = await entries();
    expect(byDefault).toHaveLength(5);
    for (const { score, all, some } of byDefault) {
      expect(all.length).toBeGreaterThan(11);
      expect(some).toHaveLength(11);
      expect(some.at(-1)).toMatchObject({ kind: 'OTHER', label: 'Others', movie: null });
      expect(some.slice(0, 10).map(({ kind, contribution }) => ({ kind, contribution }))).toEqual(all.slice(0, 10));
      expect(some.reduce((sum, { contribution }) => sum + contribution, 0)).toBeCloseTo(score, 6);
    }
    const { length } = byDefault[0].all;
    const [[exact], [oneLess]] = [await entries(length), await entries(length - 1)];
    expect(exact.some.map(({ kind }) => kind)).not.toContain('OTHER');
    expect(oneLess.some).toHaveLength(length);
    expect(oneLess.some.at(-1)?.contribution).toBe(oneLess.all.at(-1)?.contribution);
    for (const first of [0, 101])
      expect((await refusal(app, REASONS, { first })).extensions).toMatchObject({ argument: 'first', max: 100 });
  });

  it('name the movie behind each reason that has one', async () => {
    const { nodes } = await recommend({ likedMovieIds: [MATRIX, ALIEN], dislikedMovieIds: ['6365'], first: undefined });
    const reasons = nodes.flatMap((node) => node.reasons);
    for (const { kind, label, movie } of reasons) {
      if (kind === 'LIKED_MOVIE') expect(label).toBe(`Because you liked ${movie?.title}`);
      else if (kind === 'DISLIKED_MOVIE') expect(label).toBe(`Because you disliked ${movie?.title}`);
      else expect(movie).toBeNull();
    }
    expect(new Set(reasons.map(({ kind }) => kind))).toEqual(new Set(['LIKED_MOVIE', 'DISLIKED_MOVIE', 'POPULARITY']));
  });

  it('never show what was liked, disliked or marked as not interesting', async () => {
    const hidden = { likedMovieIds: [MATRIX], dislikedMovieIds: ['1'], notInterestedMovieIds: ['6365'] };
    const all = await recommend(hidden, { first: 100 });
    expect(all.totalCount).toBe(FIXTURE_MOVIES.length - 3);
    for (const id of [MATRIX, '1', '6365']) expect(ids(all)).not.toContain(id);
  });

  it('give exactly `first` movies whenever so many pass, and all when fewer do', async () => {
    for (const first of [1, 2, 7, 100]) {
      const { nodes, totalCount } = await recommend({ preferredGenres: ['Drama'] }, { first });
      expect(nodes).toHaveLength(Math.min(first, totalCount));
    }
  });

  it('match any or all genres, or filter by none and only prefer', async () => {
    const genresOf = ({ nodes }: Connection) => nodes.map(({ movie }) => movie.genres.map(({ name }) => name));
    const wanted = ['Sci-Fi', 'Horror'];
    const any = genresOf(await recommend({ preferredGenres: wanted }, { first: 100 }));
    expect(any.every((genres) => genres.some((name) => wanted.includes(name)))).toBe(true);
    const all = genresOf(await recommend({ preferredGenres: wanted, genreMatch: 'ALL' }, { first: 100 }));
    expect(all.every((genres) => wanted.every((name) => genres.includes(name)))).toBe(true);
    expect(all).toHaveLength(2);
    const prefer = await recommend({ preferredGenres: wanted, genreMatch: 'PREFER' }, { first: 100 });
    expect(prefer.totalCount).toBe(FIXTURE_MOVIES.length);
    expect(prefer.nodes[0].movie.genres.some(({ name }) => wanted.includes(name))).toBe(true);
  });

  it('keep runtime and year within inclusive bounds, and never movies that have neither', async () => {
    const { nodes } = await recommend({ runtimeMin: 98, runtimeMax: 99, yearMax: 1995 }, { first: 100 });
    expect(nodes.map(({ movie }) => movie.title).sort()).toEqual(['Delicatessen', 'La Haine', 'Reservoir Dogs']);
    const any = await recommend({ runtimeMin: 0 }, { first: 100 });
    expect(any.nodes.map(({ movie }) => movie.title)).not.toContain('Das Boot');
    expect(any.totalCount).toBe(FIXTURE_MOVIES.filter(({ runtimeMissing }) => !runtimeMissing).length);
  });

  it('filter by original language, in any case', async () => {
    const { nodes } = await recommend({ languages: ['JA', 'fr'] }, { first: 100 });
    expect(nodes.map(({ movie }) => movie.title).sort()).toEqual([
      'Amélie',
      'Delicatessen',
      'La Haine',
      'Princess Mononoke',
      'Spirited Away',
    ]);
  });

  it('do not depend on order, case or repetition of what is asked', async () => {
    const one = await recommend({ likedMovieIds: [ALIEN, MATRIX], preferredGenres: ['Action', 'Sci-Fi'], services: ['Netflix', 'Max'] });
    const other = await recommend({
      services: ['MAX', 'netflix', 'max'],
      preferredGenres: ['science fiction', 'ACTION', 'sci-fi'],
      likedMovieIds: [MATRIX, ALIEN, MATRIX],
    });
    expect(other).toEqual(one);
  });

  it('take nulls and empty lists as left out', async () => {
    const nothing = await recommend({});
    const nulls = Object.fromEntries(
      ['likedMovieIds', 'preferredGenres', 'genreMatch', 'services', 'runtimeMin', 'yearMax', 'languages'].map((name) => [name, null]),
    );
    expect(await recommend(nulls)).toEqual(nothing);
    expect(await recommend(null)).toEqual(nothing);
    expect(
      await recommend({ likedMovieIds: [], dislikedMovieIds: [], preferredGenres: [], services: [], languages: [], genreMatch: 'ALL' }),
    ).toEqual(nothing);
    expect(
      (await ask<{ recommendations: { totalCount: number } }>(app, '{ recommendations { totalCount } }')).recommendations.totalCount,
    ).toBe(FIXTURE_MOVIES.length);
  });

  it('ignore movies the catalog does not know, and say so', async () => {
    const known = await recommend({ likedMovieIds: [MATRIX] });
    const mixed = await recommend({ likedMovieIds: ['999999', MATRIX, '999999'], dislikedMovieIds: ['4294967296'] });
    expect(mixed.ignoredMovieIds).toEqual(['999999', '4294967296']);
    expect(ids(mixed)).toEqual(ids(known));
    expect(mixed.edges).toEqual(known.edges);
  });

  it('say what is true when nothing is known of the viewer', async () => {
    const { nodes } = await recommend({ services: ['Mubi'] });
    expect(nodes).toHaveLength(3);
    for (const { explanation } of nodes)
      expect(explanation).toMatch(/^(Popular with everyone|Close to the middle of the catalogue|Passes your filters) · on Mubi$/);
  });

  it('name two liked movies when both matter', async () => {
    const { nodes } = await recommend({ likedMovieIds: [ALIEN, '541'] });
    const aliens = nodes.find(({ movie }) => movie.title === 'Aliens');
    expect(aliens?.explanation).toMatch(/^Because you liked Alien\b/);
    expect(nodes.some(({ explanation }) => /because you liked (Alien and Blade Runner|Blade Runner and Alien)/i.test(explanation))).toBe(
      true,
    );
  });

  describe('by pages', () => {
    it.each(['FOR_YOU', 'TRENDING', 'DIVERSE'])('never repeat or skip, in mode %s', async (mode) => {
      const prefs = { likedMovieIds: [MATRIX], yearMin: 1950 };
      const whole = await recommend(prefs, { mode, first: 100 });
      const collected: string[] = [];
      let after: string | null = null;
      do {
        const page: Connection = await recommend(prefs, { mode, first: 7, after });
        expect(page.pageInfo.hasPreviousPage).toBe(after !== null);
        expect(page.pageInfo.startCursor).toBe(page.edges[0].cursor);
        collected.push(...ids(page));
        after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
      } while (after !== null);
      expect(collected).toHaveLength(whole.totalCount);
      expect(new Set(collected).size).toBe(collected.length);
      if (mode !== 'DIVERSE') expect(collected).toEqual(ids(whole));
    });

    it('give an empty page behind the last one', async () => {
      const last = await recommend({}, { first: 100 });
      const behind = await recommend({}, { after: last.pageInfo.endCursor });
      expect(behind.nodes).toEqual([]);
      expect(behind.pageInfo).toEqual({ hasNextPage: false, hasPreviousPage: true, startCursor: null, endCursor: null });
    });

    it('refuse a cursor of other preferences, of another mode, and what is no cursor', async () => {
      const { pageInfo } = await recommend({ likedMovieIds: [MATRIX] }, { first: 3 });
      const after = pageInfo.endCursor;
      expect((await refused({ likedMovieIds: [ALIEN] }, { after })).extensions).toMatchObject({
        code: 'BAD_USER_INPUT',
        argument: 'after',
        reason: 'OTHER_LIST',
      });
      expect((await refused({ likedMovieIds: [MATRIX] }, { after, mode: 'TRENDING' })).extensions.reason).toBe('OTHER_LIST');
      const forged = Buffer.from('p1|fixture-1|key|99999999999999999999').toString('base64url');
      for (const wrong of ['', 'x', '🎬', forged, 'AAAA', `${after}x`, 'a'.repeat(5_000)]) {
        expect((await refused({ likedMovieIds: [MATRIX] }, { after: wrong })).extensions, wrong).toMatchObject({
          code: 'BAD_USER_INPUT',
          reason: 'MALFORMED_CURSOR',
        });
      }
    });

    it('refuse a cursor of another version of the catalog', async () => {
      const after = Buffer.from('p1|fixture-0|key|2').toString('base64url');
      expect((await refused({}, { after })).extensions).toMatchObject({ code: 'BAD_USER_INPUT', reason: 'OTHER_VERSION' });
    });
  });

  describe('refuse', () => {
    it.each([
      [{ runtimeMin: 120, runtimeMax: 90 }, 'prefs.runtimeMin', /^prefs.runtimeMin: is 120, above runtimeMax, which is 90$/],
      [{ yearMin: 2001, yearMax: 2000 }, 'prefs.yearMin', /above yearMax/],
      [{ runtimeMin: -1 }, 'prefs.runtimeMin', /must not be negative/],
      [{ likedMovieIds: ['Matrix'] }, 'prefs.likedMovieIds[0]', /"Matrix" is not a movie id/],
      [{ dislikedMovieIds: ['1', '-2'] }, 'prefs.dislikedMovieIds[1]', /not a movie id/],
      [{ notInterestedMovieIds: ['1e3'] }, 'prefs.notInterestedMovieIds[0]', /not a movie id/],
      [{ likedMovieIds: [''] }, 'prefs.likedMovieIds[0]', /not a movie id/],
      [{ likedMovieIds: [MATRIX], dislikedMovieIds: [MATRIX] }, 'prefs.dislikedMovieIds', /The Matrix\) is among likedMovieIds too/],
      [
        { likedMovieIds: Array.from({ length: 10_000 }, (_, i) => String(i + 1)) },
        'prefs.likedMovieIds',
        /has 10000 entries; at most 500 are allowed/,
      ],
      [{ services: Array.from({ length: 101 }, () => 'Netflix') }, 'prefs.services', /at most 100/],
    ])('%j', async (prefs, argument, message) => {
      const error = await refused(prefs);
      expect(error.message).toMatch(message);
      expect(error.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument });
      expect(error.path).toEqual(['recommendations']);
    });

    it('names nobody knows, with the nearest that are known and all that are allowed', async () => {
      const genre = await refused({ preferredGenres: ['Action', 'Sci-Fy'] });
      expect(genre.message).toBe('prefs.preferredGenres[1]: there is no genre "Sci-Fy"; did you mean Sci-Fi?');
      expect(genre.extensions).toMatchObject({ argument: 'prefs.preferredGenres[1]', nearest: ['Sci-Fi'] });
      expect(genre.extensions.allowed).toContain('Horror');
      expect((await refused({ services: ['Netflixx'] })).extensions.nearest).toContain('Netflix');
      expect((await refused({ languages: ['xx'] })).message).toMatch(/there is no language "xx"; did you mean/);
      expect((await refused({ preferredGenres: ['x'.repeat(5_000)] })).message.length).toBeLessThan(200);
    });

    it.each([0, -1, 101, 2_147_483_647])('first: %i', async (first) => {
      expect((await refused({}, { first })).extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'first', min: 1, max: 100 });
    });
  });
});
