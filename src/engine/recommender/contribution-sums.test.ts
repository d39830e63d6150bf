import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { yearsOf } from '../../../pipeline/training/build-release.ts';
import { generatedHybrid } from '../../../test/generated-collaborative-model.ts';
import { generatedMovies } from '../../../test/generated-movies.ts';
import { generatedSecondLook } from '../../../test/generated-second-look.ts';
import { releaseInMemory, shippedConfig } from '../../../test/release-in-memory.ts';
import { Bitset } from '../linalg/bitset.ts';
import type { Contribution } from './contributions.ts';
import { GROUP_STRATEGIES } from './group.ts';
import { CANDIDATES } from './hybrid/reranked-scorer.ts';
import { readRecommenderModel } from './model.ts';
import type { UserProfile } from './profile.ts';
import { recencyWeights } from './recency.ts';
import { type Mode, Recommender } from './recommender.ts';

/** More than the second look orders. */
const COUNT = CANDIDATES + 40;
const movies = generatedMovies(COUNT);
const model = readRecommenderModel(releaseInMemory(movies, shippedConfig('default'), generatedHybrid(COUNT)));
if (model.collaborative === undefined) throw new Error('the release has no ratings models');
const withSecondLook = { ...model, collaborative: { ...model.collaborative, secondLook: generatedSecondLook(yearsOf(movies)) } };
const recommenders = {
  content: new Recommender({ ...model, collaborative: undefined }),
  hybrid: new Recommender(withSecondLook),
  reranked: new Recommender(withSecondLook, { rerank: true }),
};

const distinct = (maxLength: number) => fc.uniqueArray(fc.nat(COUNT - 1), { maxLength });
const profile = fc
  .record({
    liked: distinct(6),
    isOrdered: fc.boolean(),
    disliked: distinct(4),
    rated: distinct(4),
    genres: fc.uniqueArray(fc.nat(model.genreColumns.length - 1), { maxLength: 3 }),
    familiar: fc.constantFrom(0, 0.2, 0.5, 0.7, 1),
  })
  .map(({ liked, isOrdered, disliked, rated, genres, familiar }): UserProfile => {
    const others = rated.filter((row) => !liked.includes(row));
    return {
      liked,
      likedWeights: isOrdered ? recencyWeights(liked) : undefined,
      disliked: disliked.filter((row) => !liked.includes(row)),
      rated: others,
      ratedWeights: others.map((row) => (row % 2 === 0 ? 0.5 : 0.25)),
      genres,
      familiar,
    };
  });
const request = fc.record({
  profile,
  mode: fc.constantFrom<Mode>('FOR_YOU', 'TRENDING', 'DIVERSE'),
  shown: fc.oneof(
    fc.constant(Bitset.full(COUNT)),
    distinct(60).map((rows) => Bitset.of(COUNT, rows)),
  ),
  pinned: distinct(4),
  boosts: fc.option(
    fc
      .array(fc.constantFrom(0, 0, 0.3, -0.2, 1), { minLength: COUNT, maxLength: COUNT })
      .map((values): Float64Array => Float64Array.from(values)),
    { nil: undefined },
  ),
});

const sum = (contributions: readonly Contribution[]): number => contributions.reduce((total, { value }) => total + value, 0);

describe.each(Object.entries(recommenders))('contributions, %s', (_, recommender) => {
  test('add up to the score in every mode, with low ratings, rules of the operator and any setting of familiar', () => {
    fc.assert(
      fc.property(request, ({ profile, mode, shown, pinned, boosts }) => {
        const influence = { pinned, boosts };
        const page = recommender.recommend({ profile, mode, candidates: shown, offset: 0, limit: 40, influence }).movies;
        for (const { index, score, contributions } of page) {
          expect(shown.has(index)).toBe(true);
          expect(Math.abs(sum(contributions) - score)).toBeLessThan(1e-9);
        }
        const [first] = page;
        if (first !== undefined) expect(recommender.scoreMovie(profile, first.index, mode, influence).score).toBe(first.score);
      }),
      { numRuns: 40 },
    );
  });

  test('add up to the score of each member of a group, and the shares to the score of the group', () => {
    fc.assert(
      fc.property(
        request,
        fc.array(profile, { minLength: 1, maxLength: 3 }),
        fc.constantFrom(...GROUP_STRATEGIES),
        ({ shown, pinned, boosts }, profiles, strategy) => {
          const influence = { pinned, boosts };
          const group = recommender.recommendForGroup({ profiles, strategy, candidates: shown, offset: 0, limit: 10, influence });
          for (const { score, members } of group.movies) {
            expect(Math.abs(members.reduce((total, { share }) => total + share, 0) - score)).toBeLessThan(1e-9);
            for (const member of members) expect(Math.abs(sum(member.contributions) - member.score)).toBeLessThan(1e-9);
          }
        },
      ),
      { numRuns: 20 },
    );
  });
});

describe('the second look', () => {
  const { hybrid, reranked } = recommenders;
  const listOf = (recommender: Recommender, { profile, mode, shown }: { profile: UserProfile; mode: Mode; shown: Bitset }) =>
    recommender.recommend({ profile, mode, candidates: shown, offset: 0, limit: COUNT }).movies;

  test('orders the candidates of the hybrid by its score, and leaves what comes behind them', () => {
    fc.assert(
      fc.property(request, ({ profile, mode, shown }) => {
        fc.pre(mode !== 'DIVERSE' && profile.liked.length > 0 && profile.familiar !== 0 && profile.familiar !== 1);
        const before = listOf(hybrid, { profile, mode, shown }).map(({ index }) => index);
        const after = listOf(reranked, { profile, mode, shown });
        const indices = after.map(({ index }) => index);
        expect(new Set(indices.slice(0, CANDIDATES))).toEqual(new Set(before.slice(0, CANDIDATES)));
        expect(indices.slice(CANDIDATES)).toEqual(before.slice(CANDIDATES));
        const scores = after.slice(0, CANDIDATES).map(({ score }) => score);
        expect(scores).toEqual(scores.toSorted((a, b) => b - a));
      }),
      { numRuns: 30 },
    );
  });

  test('pages of any size are parts of one list', () => {
    fc.assert(
      fc.property(request, fc.nat(COUNT), fc.integer({ min: 1, max: 50 }), ({ profile, mode, shown }, offset, limit) => {
        const { movies: page } = reranked.recommend({ profile, mode, candidates: shown, offset, limit });
        expect(page).toEqual(listOf(reranked, { profile, mode, shown }).slice(offset, offset + limit));
      }),
      { numRuns: 30 },
    );
  });

  test('changes nothing at both ends of familiar, without likes, and where it is off', () => {
    const all = Bitset.full(COUNT);
    const liked = { liked: [3, 50], disliked: [], genres: [] };
    const list = (recommender: Recommender, profile: UserProfile) => listOf(recommender, { profile, mode: 'FOR_YOU', shown: all });
    for (const profile of [
      { ...liked, familiar: 0 },
      { ...liked, familiar: 1 },
      { ...liked, liked: [] },
    ])
      expect(list(reranked, profile)).toEqual(list(hybrid, profile));
    expect(list(reranked, liked)).not.toEqual(list(hybrid, liked));
    expect(list(hybrid, liked)).toEqual(list(new Recommender(model), liked));
    expect([hybrid.isReranked, reranked.isReranked]).toEqual([false, true]);
  });
});
