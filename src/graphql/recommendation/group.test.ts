import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIXTURE_MOVIES } from '../../../test/fixture-movies.ts';
import { fixtureSnapshot } from '../../../test/fixture-release.ts';
import { ask, refusal, type TestApp, testApp } from '../../../test/running-app.ts';

interface Connection {
  totalCount: number;
  ignoredMovieIds: string[];
  nodes: {
    score: number;
    movie: { id: string; title: string; services: { name: string }[] };
    members: {
      member: number;
      score: number;
      contribution: number;
      explanation: string;
      reasons: { kind: string; contribution: number; movie: { title: string } | null }[];
    }[];
  }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

const QUERY = `query ($members: [PreferencesInput!]!, $strategy: GroupStrategy! = LEAST_MISERY, $first: Int! = 20, $after: String) {
  groupRecommendations(members: $members, strategy: $strategy, first: $first, after: $after) {
    totalCount ignoredMovieIds
    nodes {
      score movie { id title services { name } }
      members { member score contribution explanation reasons { kind contribution movie { title } } }
    }
    pageInfo { hasNextPage endCursor }
  }
}`;

const MATRIX = '2571';
const ALIEN = '1214';
const TOY_STORY = '1';

describe('groupRecommendations', () => {
  let app: TestApp;
  beforeAll(async () => {
    const snapshot = await fixtureSnapshot();
    app = await testApp(() => snapshot);
  });
  afterAll(() => app.shutDown(0));

  const recommend = async (members: object[], more: object = {}): Promise<Connection> =>
    (await ask<{ groupRecommendations: Connection }>(app, QUERY, { members, ...more })).groupRecommendations;

  it('give one list with a reason for each member, whose shares add up to the score', async () => {
    for (const strategy of ['LEAST_MISERY', 'AVERAGE']) {
      const { nodes } = await recommend([{ likedMovieIds: [MATRIX] }, { likedMovieIds: [TOY_STORY] }], { strategy });
      expect(nodes.length).toBeGreaterThan(2);
      for (const { score, members } of nodes) {
        expect(members.map(({ member }) => member)).toEqual([0, 1]);
        expect(members.reduce((sum, { contribution }) => sum + contribution, 0)).toBeCloseTo(score, 9);
        const scores = members.map((member) => member.score);
        expect(score).toBeCloseTo(strategy === 'AVERAGE' ? (scores[0] + scores[1]) / 2 : Math.min(...scores), 9);
        for (const { score: own, reasons } of members)
          expect(reasons.reduce((sum, reason) => sum + reason.contribution, 0)).toBeCloseTo(own, 9);
      }
      const behind = (member: number) =>
        new Set(nodes.flatMap(({ members }) => members[member].reasons.flatMap(({ movie }) => (movie === null ? [] : [movie.title]))));
      expect(behind(0)).toEqual(new Set(['The Matrix']));
      expect(behind(1)).toEqual(new Set(['Toy Story']));
    }
  });

  it('hold the filters of all members together, and show nothing any of them said something of', async () => {
    const { nodes, totalCount } = await recommend(
      [
        { likedMovieIds: [MATRIX], services: ['netflix'] },
        { likedMovieIds: [ALIEN], runtimeMax: 140, notInterestedMovieIds: [TOY_STORY] },
      ],
      { first: 100 },
    );
    const expected = FIXTURE_MOVIES.filter(
      ({ movieId, services, runtime, runtimeMissing }) =>
        !['2571', '1214', '1'].includes(String(movieId)) && services.includes('Netflix') && !runtimeMissing && (runtime ?? 0) <= 140,
    );
    expect(nodes.map(({ movie }) => movie.id).sort()).toEqual(expected.map(({ movieId }) => String(movieId)).sort());
    expect(totalCount).toBe(expected.length);
  });

  it('come in pages that make one list', async () => {
    const members = [{ likedMovieIds: [MATRIX] }, { preferredGenres: ['Drama'], genreMatch: 'PREFER' }, {}];
    const whole = await recommend(members, { first: 100 });
    const first = await recommend(members, { first: 3 });
    const next = await recommend(members, { first: 3, after: first.pageInfo.endCursor });
    expect([...first.nodes, ...next.nodes]).toEqual(whole.nodes.slice(0, 6));
  });

  it('refuse one person, nine people, and another list’s cursor, and name the member whose preferences are wrong', async () => {
    expect(await refusal(app, QUERY, { members: [{}] })).toMatchObject({
      extensions: { code: 'BAD_USER_INPUT', argument: 'members', min: 2, max: 8 },
    });
    expect(await refusal(app, QUERY, { members: Array.from({ length: 9 }, () => ({})) })).toMatchObject({
      extensions: { argument: 'members' },
    });
    expect(await refusal(app, QUERY, { members: [{}, { preferredGenres: ['Sci-Fy'] }] })).toMatchObject({
      extensions: { code: 'BAD_USER_INPUT', argument: 'members[1].preferredGenres[0]' },
    });
    const { pageInfo } = await recommend([{ likedMovieIds: [MATRIX] }, {}], { first: 1 });
    expect(await refusal(app, QUERY, { members: [{}, {}], after: pageInfo.endCursor })).toMatchObject({
      extensions: { reason: 'OTHER_LIST' },
    });
  });

  it('report ids that the catalog does not know', async () => {
    expect((await recommend([{ likedMovieIds: ['999999'] }, { dislikedMovieIds: ['999999', '888888'] }])).ignoredMovieIds).toEqual([
      '999999',
      '888888',
    ]);
  });
});
