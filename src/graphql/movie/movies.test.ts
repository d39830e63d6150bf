import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixtureSnapshot } from '../../../test/fixture-release.ts';
import { ask, refusal, type TestApp, testApp } from '../../../test/running-app.ts';
import type { Snapshot } from '../../recommendations/snapshot.ts';

describe('movies', () => {
  let app: TestApp;
  let snapshot: Snapshot;
  beforeAll(async () => {
    snapshot = await fixtureSnapshot();
    app = await testApp(() => snapshot);
  });
  afterAll(() => app.shutDown(0));

  it('have every fact the catalog has', async () => {
    const { movie } = await ask(
      app,
      `{ movie(id: "2571") { id imdbId tmdbId title year runtime overview genres { id name } services { id name movieCount } directors cast keywords
         originalLanguage posterUrl wide: posterUrl(width: 400) widest: posterUrl(width: 2000) ratingAverage ratingCount } }`,
    );
    expect(movie).toEqual({
      id: '2571',
      imdbId: 'tt0102571',
      tmdbId: 202_571,
      title: 'The Matrix',
      year: 1999,
      runtime: 136,
      overview: 'A programmer learns that his world is a simulation run by machines.',
      genres: [
        { id: 'sci-fi', name: 'Sci-Fi' },
        { id: 'action', name: 'Action' },
      ],
      services: [
        { id: 'netflix', name: 'Netflix', movieCount: 10 },
        { id: 'max', name: 'Max', movieCount: 7 },
      ],
      directors: ['Lana Wachowski'],
      cast: ['Keanu Reeves', 'Carrie-Anne Moss'],
      keywords: ['artificial intelligence', 'virtual reality', 'rebellion', 'dystopia'],
      originalLanguage: 'en',
      posterUrl: 'https://image.tmdb.org/t/p/w342/matrix.jpg',
      wide: 'https://image.tmdb.org/t/p/w500/matrix.jpg',
      widest: 'https://image.tmdb.org/t/p/original/matrix.jpg',
      ratingAverage: 4.2,
      ratingCount: 340,
    });
  });

  it('have the facts that TMDb tells of a production', async () => {
    const fields = `originalTitle alternativeTitles collection status countries companies spokenLanguages trailerKey credits { job personId name }`;
    expect(await ask(app, `{ movie(id: "3000") { ${fields} } }`)).toEqual({
      movie: {
        originalTitle: 'もののけ姫',
        alternativeTitles: ['Mononoke-hime', 'もののけ姫'],
        collection: 'Forest Collection',
        status: 'Released',
        countries: ['JP'],
        companies: ['Studio Ghibli'],
        spokenLanguages: ['ja'],
        trailerKey: 'trailer-3000',
        credits: [
          { job: 'ACTOR', personId: 11, name: 'Yoji Matsuda' },
          { job: 'DIRECTOR', personId: 12, name: 'Hayao: Miyazaki' },
        ],
      },
    });
    expect(await ask(app, `{ movie(id: "90003") { ${fields} } }`)).toEqual({
      movie: {
        originalTitle: null,
        alternativeTitles: [],
        collection: null,
        status: null,
        countries: [],
        companies: [],
        spokenLanguages: [],
        trailerKey: null,
        credits: [],
      },
    });
  });

  it('have null and empty lists for what is unknown', async () => {
    const { movie } = await ask(
      app,
      '{ movie(id: "90003") { tmdbId year runtime overview services { id } directors cast keywords posterUrl ratingAverage ratingCount } }',
    );
    expect(movie).toEqual({
      tmdbId: null,
      year: null,
      runtime: null,
      overview: null,
      services: [],
      directors: [],
      cast: [],
      keywords: [],
      posterUrl: null,
      ratingAverage: null,
      ratingCount: 0,
    });
  });

  it('come by ids of TMDb and IMDb too', async () => {
    const asked = await ask(
      app,
      `{ a: movieBy(by: { id: "2571" }) { title } b: movieBy(by: { tmdbId: 202571 }) { id } c: movieBy(by: { imdbId: "tt0102571" }) { id }
         d: movieBy(by: { tmdbId: 1 }) { id } e: movieBy(by: { id: "tmdb-202571" }) { id } f: movie(id: "tmdb-202571") { id }
         g: moviesBy(by: [{ imdbId: "tt102571" }, { tmdbId: 1 }, { id: "1214" }]) { id } h: movies(ids: ["tmdb-202571", "tmdb-1"]) { id } }`,
    );
    expect(asked).toEqual({
      a: { title: 'The Matrix' },
      ...Object.fromEntries(['b', 'c', 'e', 'f'].map((name) => [name, { id: '2571' }])),
      d: null,
      g: [{ id: '2571' }, null, { id: '1214' }],
      h: [{ id: '2571' }, null],
    });
    const BY = 'query ($by: MovieBy!) { movieBy(by: $by) { id } }';
    expect(await ask(app, BY, { by: { tmdbId: 202_571 } })).toEqual({ movieBy: { id: '2571' } });
    for (const by of [{}, { id: '2571', tmdbId: 202_571 }, { id: null }])
      expect((await refusal(app, BY, { by })).extensions.code).toBe('BAD_USER_INPUT');
    expect((await refusal(app, BY, { by: { imdbId: '0133093' } })).extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      argument: 'by.imdbId',
    });
    expect((await refusal(app, '{ movieBy(by: { id: "1", tmdbId: 2 }) { id } }')).message).toContain('MovieBy');
  });

  it('can be watched in a region, with the kind, the days and a link', async () => {
    const ASK =
      'query ($region: String) { movie(id: "3000") { availability(region: $region) { region kind providerId service link since leftAt } } }';
    const link = (region: string): string => `https://www.themoviedb.org/movie/203000/watch?locale=${region}`;
    const us = [
      { region: 'US', kind: 'SUBSCRIPTION', providerId: 1899, service: 'HBO Max', link: link('US'), since: '2026-01-02', leftAt: null },
      { region: 'US', kind: 'RENT', providerId: 2, service: 'Apple TV', link: link('US'), since: null, leftAt: null },
    ];
    expect(await ask(app, ASK)).toEqual({ movie: { availability: us } });
    expect(await ask(app, ASK, { region: 'us' })).toEqual({ movie: { availability: us } });
    expect(await ask(app, ASK, { region: 'DE' })).toEqual({
      movie: {
        availability: [
          { region: 'DE', kind: 'BUY', providerId: 8, service: 'Netflix', link: link('DE'), since: '2025-03-04', leftAt: '2026-05-06' },
        ],
      },
    });
    expect(await ask(app, '{ regions movie(id: "2571") { availability { kind } } }')).toEqual({
      regions: ['DE', 'US'],
      movie: { availability: [] },
    });
    const refused = await refusal(app, ASK, { region: 'UK' });
    expect(refused.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'region', allowed: ['DE', 'US'] });
    expect(refused.message).toContain('there are no offers in the region "UK"; there are DE, US');
  });

  it.each(['999999', '0', '-1', '', 'matrix', '2571 ', '02571', '1e3', '99999999999999999999', '🎬', '4294969867'])(
    'are null for the id %j',
    async (id) => {
      expect(await ask(app, 'query ($id: ID!) { movie(id: $id) { id } }', { id })).toEqual({ movie: null });
    },
  );

  it('come in the order asked, with null where there is none', async () => {
    const { movies } = await ask(app, '{ movies(ids: ["1214", "7", "2571", "1214"]) { title } }');
    expect(movies).toEqual([{ title: 'Alien' }, null, { title: 'The Matrix' }, { title: 'Alien' }]);
    expect(await ask(app, '{ movies(ids: []) { title } }')).toEqual({ movies: [] });
    const ids = Array.from({ length: 501 }, (_, i) => String(i + 1));
    expect((await refusal(app, 'query ($ids: [ID!]!) { movies(ids: $ids) { id } }', { ids })).extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      argument: 'ids',
      max: 500,
    });
  });

  it('refuse a poster of no width', async () => {
    for (const width of [0, -5, 100_000]) {
      expect((await refusal(app, `{ movie(id: "2571") { posterUrl(width: ${width}) } }`)).extensions).toMatchObject({
        code: 'BAD_USER_INPUT',
        argument: 'width',
      });
    }
  });

  it('know the movies most like them, with true reasons', async () => {
    const { movie } = await ask<{
      movie: {
        similar: { score: number; explanation: string; movie: { title: string }; reasons: { label: string; contribution: number }[] }[];
      };
    }>(app, '{ movie(id: "1214") { similar(first: 5) { score explanation movie { title } reasons { label contribution } } } }');
    expect(movie.similar).toHaveLength(5);
    expect(movie.similar[0]).toMatchObject({
      explanation: 'Similar to Alien · also with Sigourney Weaver · also about alien and space · Sci-Fi and Horror',
      movie: { title: 'Aliens' },
    });
    expect(movie.similar.map(({ movie: { title } }) => title)).not.toContain('Alien');
    for (const { score, reasons } of movie.similar) {
      expect(reasons.reduce((sum, { contribution }) => sum + contribution, 0)).toBeCloseTo(score, 6);
      for (const { label } of reasons) expect(['Similar to Alien', 'Popularity']).toContain(label);
    }
    expect((await refusal(app, '{ movie(id: "1214") { similar(first: 0) { score } } }')).extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      argument: 'first',
    });
  });

  describe('found by title', () => {
    const SEARCH =
      'query ($query: String!, $filter: MovieFilterInput, $first: Int! = 20, $after: String) { searchMovies(query: $query, filter: $filter, first: $first, after: $after) { totalCount nodes { title } pageInfo { hasNextPage hasPreviousPage endCursor } } }';
    interface Found {
      searchMovies: {
        totalCount: number;
        nodes: { title: string }[];
        pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string | null };
      };
    }
    const search = async (query: string, more: object = {}) => (await ask<Found>(app, SEARCH, { query, ...more })).searchMovies;

    it('pass the filters', async () => {
      expect((await search('star', { filter: { yearMin: 1990 } })).nodes).toEqual([{ title: 'Star Wars: Episode I - The Phantom Menace' }]);
      expect((await search('the', { filter: { genres: ['horror'], services: ['max'] } })).nodes).toEqual([
        { title: 'The Silence of the Lambs' },
      ]);
      expect((await search('das boot', { filter: { runtimeMin: 1 } })).totalCount).toBe(0);
      expect((await search('das boot', { filter: { languages: ['DE'] } })).totalCount).toBe(1);
      expect((await search('das boot', { filter: null })).totalCount).toBe(1);
    });

    it('can be watched in the way that is asked for', async () => {
      const watchable = async (watch: object) => (await search('princess', { filter: { watch } })).totalCount;
      expect(await watchable({})).toBe(1);
      expect(await watchable({ kinds: ['RENT', 'FREE'] })).toBe(1);
      expect(await watchable({ kinds: ['FREE'] })).toBe(0);
      expect(await watchable({ services: ['hbo max'], kinds: ['SUBSCRIPTION'] })).toBe(1);
      expect(await watchable({ services: ['hbo max'], kinds: ['RENT'] })).toBe(0);
      // The offer has ended.
      expect(await watchable({ region: 'de' })).toBe(0);
      const of = async (watch: object) => (await refusal(app, SEARCH, { query: 'x', filter: { watch } })).extensions;
      expect(await of({ region: 'FR' })).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'filter.watch.region', allowed: ['DE', 'US'] });
      expect(await of({ services: ['Netflix'] })).toMatchObject({ argument: 'filter.watch.services[0]', allowed: ['Apple TV', 'HBO Max'] });
      const { recommendations } = await ask<{ recommendations: { nodes: { movie: { id: string } }[] } }>(
        app,
        '{ recommendations(prefs: { watch: { kinds: [SUBSCRIPTION] } }) { nodes { movie { id } } } }',
      );
      expect(recommendations.nodes).toEqual([{ movie: { id: '3000' } }]);
    });

    it('come by pages that never repeat or skip', async () => {
      const whole = await search('the', { first: 100 });
      const first = await search('the', { first: 4 });
      const second = await search('the', { first: 100, after: first.pageInfo.endCursor });
      expect([...first.nodes, ...second.nodes]).toEqual(whole.nodes);
      expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
      expect(second.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
      expect((await refusal(app, SEARCH, { query: 'them', after: first.pageInfo.endCursor })).extensions.reason).toBe('OTHER_LIST');
    });

    it('are none for an empty query', async () => {
      expect(await search('')).toMatchObject({ totalCount: 0, nodes: [] });
    });

    it('are refused with the argument that is wrong', async () => {
      const wrong: [object, string][] = [
        [{ query: 'x'.repeat(201) }, 'query'],
        [{ query: 'x', first: 0 }, 'first'],
        [{ query: 'x', filter: { genres: ['Sci Fy'] } }, 'filter.genres[0]'],
        [{ query: 'x', filter: { services: ['Blockbuster'] } }, 'filter.services[0]'],
        [{ query: 'x', filter: { yearMin: 3, yearMax: 2 } }, 'filter.yearMin'],
        [{ query: 'x', after: 'nonsense' }, 'after'],
      ];
      for (const [variables, argument] of wrong) {
        expect((await refusal(app, SEARCH, { ...variables })).extensions, argument).toMatchObject({ code: 'BAD_USER_INPUT', argument });
      }
    });
  });
});
