import { beforeAll, describe, expect, it } from 'vitest';
import { fixtureSnapshot } from '../../test/fixture-release.ts';
import { movieIdOf } from '../../test/movie-ids.ts';
import { RankingCache } from './cache/ranking-cache.ts';
import type { RecommendationDependencies } from './dependencies.ts';
import { readGroupQuery, recommendForGroup } from './group-recommendations.ts';
import { recommend } from './recommend.ts';
import { readPreferences } from './recommendation-query.ts';
import { scoreMovie } from './score-movie.ts';
import { similarMovies } from './similar-movies.ts';
import type { Snapshot } from './snapshot.ts';

const MATRIX = '2571';

describe('the use cases, without GraphQL', () => {
  let snapshot: Snapshot;
  beforeAll(async () => {
    snapshot = await fixtureSnapshot();
  });

  const measured: string[] = [];
  const dependencies = (checkDeadline: () => void = () => undefined): RecommendationDependencies => ({
    snapshot,
    library: {
      opinions: async () => ({
        liked: [],
        disliked: [movieIdOf(1)],
        lowRatings: [],
        seen: [1, 6365],
      }),
      toWatch: async () => [],
      preferences: async () => ({
        preferredGenres: ['drama'],
        services: [],
        languages: [],
        runtimeMin: null,
        runtimeMax: 200,
        familiar: 0.2,
        region: null,
        learnFromMe: true,
      }),
    },
    rankings: new RankingCache({ memoryBytes: 0, metrics: { cachePage: () => undefined } }),
    metrics: { ranked: (kind) => measured.push(kind), span: (_part, work) => work() },
    deadline: { check: checkDeadline, turn: async () => checkDeadline() },
    charge: async () => undefined,
    storedRowsOf: async () => 0,
    profiles: new Map(),
  });
  const request = (prefs: object) => ({ preferences: readPreferences(snapshot.catalog, prefs), mode: 'FOR_YOU' as const });
  const ids = (movies: { movieIndex: Parameters<Snapshot['catalog']['id']>[0] }[]): string[] =>
    movies.map(({ movieIndex }) => snapshot.catalog.id(movieIndex));

  it('recommend to nobody in particular, and to a viewer by stored data', async () => {
    const anybody = await recommend(dependencies(), null, request({ likedMovieIds: [MATRIX] }), 0, 100);
    expect(ids(anybody.movies)).toContain('1');
    expect(anybody.filter).toMatchObject({ genres: [], runtimeMax: undefined });
    const ann = await recommend(dependencies(), { userId: 'ann', isGuest: false }, request({ likedMovieIds: [MATRIX] }), 0, 100);
    for (const id of ['1', '6365', MATRIX]) expect(ids(ann.movies)).not.toContain(id);
    expect(ann.filter).toMatchObject({ genres: [snapshot.catalog.genres.find('drama')?.index], genreMatch: 'ANY', runtimeMax: 200 });
    expect(ann.total).toBeLessThan(anybody.total);
  });

  it('measure what is computed, and nothing else', async () => {
    measured.length = 0;
    await recommend(dependencies(), null, request({}), 0, 1);
    const [{ movieIndex }] = similarMovies(dependencies(), snapshot.catalog.indexAt(0), 1);
    recommendForGroup(dependencies(), readGroupQuery(snapshot.catalog, [{}, {}], 'AVERAGE'), 0, 1);
    await scoreMovie(dependencies(), null, snapshot.catalog.id(movieIndex), readPreferences(snapshot.catalog, {}), 'FOR_YOU');
    expect(measured).toEqual(['recommendations', 'similar', 'group']);
  });

  it('rank movies like one again only for a longer list, or for other rules', () => {
    measured.length = 0;
    const index = snapshot.catalog.indexOf(MATRIX);
    if (index === undefined) throw new Error('no such movie');
    const like = (first: number, hidden: Snapshot['rules']['hidden'] = []): string[] => {
      const rules = { ...snapshot.rules, hidden };
      return ids(
        similarMovies(hidden.length === 0 ? dependencies() : { ...dependencies(), snapshot: { ...snapshot, rules } }, index, first),
      );
    };
    const three = like(3);
    expect(three).toHaveLength(3);
    const sixAtFirst = like(6);
    expect(sixAtFirst).toHaveLength(6);
    expect(measured).toEqual(['similar', 'similar']);
    expect([like(3), like(6), like(1)]).toEqual([three, sixAtFirst, three.slice(0, 1)]);
    expect(sixAtFirst.slice(0, 3)).toEqual(three);
    expect(measured).toEqual(['similar', 'similar']);
    const [best] = three.map((id) => snapshot.catalog.indexOf(id));
    if (best === undefined) throw new Error('no similar movie');
    expect(like(2, [best])).toEqual(three.slice(1));
    expect(measured).toEqual(['similar', 'similar', 'similar']);
  });

  it('rank nothing when the deadline has passed', async () => {
    measured.length = 0;
    const late = dependencies(() => {
      throw new Error('too late');
    });
    await expect(recommend(late, null, request({}), 0, 1)).rejects.toThrow('too late');
    await expect(scoreMovie(late, null, MATRIX, readPreferences(snapshot.catalog, {}), 'FOR_YOU')).rejects.toThrow('too late');
    expect(() => similarMovies(late, snapshot.catalog.indexAt(0), 1)).toThrow('too late');
    expect(() => recommendForGroup(late, readGroupQuery(snapshot.catalog, [{}, {}], 'AVERAGE'), 0, 1)).toThrow('too late');
    expect(measured).toEqual([]);
  });
});
