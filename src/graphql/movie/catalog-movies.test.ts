import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixtureSnapshot } from '../../../test/fixture-release.ts';
import { ask, refusal, type TestApp, testApp } from '../../../test/running-app.ts';
import type { Snapshot } from '../../recommendations/snapshot.ts';

interface List {
  catalogMovies: { totalCount: number; nodes: { title: string }[]; pageInfo: { endCursor: string; hasNextPage: boolean } };
}

const LIST = `query ($filter: MovieFilterInput, $sort: MovieSort! = POPULAR, $first: Int! = 20, $after: String) {
  catalogMovies(filter: $filter, sort: $sort, first: $first, after: $after) { totalCount nodes { title } pageInfo { endCursor hasNextPage } } }`;

describe('movies listed without a text', () => {
  let app: TestApp;
  let snapshot: Snapshot;
  beforeAll(async () => {
    snapshot = await fixtureSnapshot();
    app = await testApp(() => snapshot);
  });
  afterAll(() => app.shutDown(0));

  const list = async (variables: Record<string, unknown>) => (await ask<List>(app, LIST, variables)).catalogMovies;
  const titles = async (variables: Record<string, unknown>) => (await list(variables)).nodes.map(({ title }) => title);

  it.each<[string, object, string[]]>([
    ['an actor', { people: ['Sigourney Weaver'] }, ['Alien', 'Aliens']],
    ['a director', { people: ['Jean-Pierre Jeunet'] }, ['Delicatessen', 'Amélie']],
    ["a person by TMDb's id", { people: ['12'] }, ['Princess Mononoke']],
    ['one of several people', { people: ['11', 'Sigourney Weaver'] }, ['Alien', 'Aliens', 'Princess Mononoke']],
    ['a person and a genre', { people: ['Ridley Scott'], genres: ['horror'] }, ['Alien']],
    ['a keyword', { keywords: ['jealousy'] }, ['Toy Story']],
    ['a collection', { collections: ['The Matrix Collection'] }, ['The Matrix', 'The Matrix Reloaded']],
    ['a keyword and a person', { keywords: ['android'], people: ['Harrison Ford'] }, ['Blade Runner']],
    ['a name that no movie has', { people: ['Nobody At All'] }, []],
    ['an id that no person has', { people: ['13'], genres: ['horror'] }, []],
  ])('are those of %s', async (_, filter, expected) => {
    expect(await titles({ filter, sort: 'OLDEST' })).toEqual(expected);
    expect((await list({ filter })).totalCount).toBe(expected.length);
  });

  it.each([
    ['OLDEST', ['Dr. Strangelove', 'The Bridge on the River Kwai', 'Das Boot', 'Hotel Rwanda']],
    ['NEWEST', ['Hotel Rwanda', 'Das Boot', 'Dr. Strangelove', 'The Bridge on the River Kwai']],
  ])('come by %s', async (sort) => {
    const years = { 'The Bridge on the River Kwai': 1957, 'Dr. Strangelove': 1964, 'Das Boot': 1981, 'Hotel Rwanda': 2004 };
    const ascending = Object.keys(years);
    expect(await titles({ filter: { genres: ['war'] }, sort })).toEqual(sort === 'OLDEST' ? ascending : ascending.toReversed());
  });

  it('of which the year or the length is unknown come last', async () => {
    for (const sort of ['OLDEST', 'NEWEST', 'SHORTEST']) {
      const { nodes } = await list({ sort, first: 100 });
      expect(nodes.at(-1)?.title).toBe('Untitled Festival Film');
    }
    expect((await titles({ sort: 'SHORTEST' })).slice(0, 2)).toEqual(['Toy Story', 'Aladdin']);
  });

  it('come in pages that neither repeat nor skip one', async () => {
    const whole = await titles({ sort: 'BEST_RATED', first: 100 });
    const paged: string[] = [];
    for (let after: string | undefined; ; ) {
      const { nodes, pageInfo } = await list({ sort: 'BEST_RATED', first: 7, after });
      paged.push(...nodes.map(({ title }) => title));
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor;
    }
    expect(paged).toEqual(whole);
    expect(new Set(whole).size).toBe(snapshot.catalog.movieCount);
    expect(whole[0]).toBe('The Godfather');
  });

  it('are refused with the name of the field', async () => {
    const people = Array<string>(11).fill('1');
    expect((await refusal(app, LIST, { filter: { people } })).extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      argument: 'filter.people',
      max: 10,
    });
    const { pageInfo } = await list({ first: 1 });
    const other = { sort: 'NEWEST', after: pageInfo.endCursor };
    expect((await refusal(app, LIST, other)).extensions).toMatchObject({ argument: 'after', reason: 'OTHER_LIST' });
  });

  it('of the same collection come oldest first, with the movie itself', async () => {
    const { a, b } = await ask<Record<'a' | 'b', { collectionMovies: { title: string }[] }>>(
      app,
      '{ a: movie(id: "6365") { collectionMovies { title } } b: movie(id: "1") { collectionMovies { title } } }',
    );
    expect(a.collectionMovies.map(({ title }) => title)).toEqual(['The Matrix', 'The Matrix Reloaded']);
    expect(b.collectionMovies).toEqual([]);
  });

  it('are what a search by title is filtered by too', async () => {
    const { searchMovies } = await ask<{ searchMovies: { nodes: { title: string }[] } }>(
      app,
      '{ searchMovies(query: "star", filter: { people: ["Liam Neeson"] }) { nodes { title } } }',
    );
    expect(searchMovies.nodes.map(({ title }) => title)).toEqual(['Star Wars: Episode I - The Phantom Menace']);
  });

  it('give a ranked list another order, and no movie another score', async () => {
    interface Ranked {
      recommendations: { totalCount: number; nodes: { score: number; movie: { id: string; year: number | null } }[] };
    }
    const RANKED = `query ($sort: MovieSort) { recommendations(prefs: { likedMovieIds: ["1214"] }, sort: $sort, first: 100) {
      totalCount nodes { score movie { id year } } } }`;
    const ranked = (await ask<Ranked>(app, RANKED, {})).recommendations;
    const sorted = (await ask<Ranked>(app, RANKED, { sort: 'NEWEST' })).recommendations;
    const years = sorted.nodes.map(({ movie }) => movie.year ?? 0);
    expect(years).toEqual(years.toSorted((a, b) => b - a));
    expect(sorted.totalCount).toBe(ranked.totalCount);
    const byId = (nodes: Ranked['recommendations']['nodes']) => new Map(nodes.map(({ movie, score }) => [movie.id, score]));
    expect(byId(sorted.nodes)).toEqual(byId(ranked.nodes));
  });
});
