import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { generatedHybrid } from '../../../test/generated-collaborative-model.ts';
import { generatedMovies } from '../../../test/generated-movies.ts';
import { releaseInMemory, shippedConfig } from '../../../test/release-in-memory.ts';
import { Bitset } from '../linalg/bitset.ts';
import { GROUP_STRATEGIES, sharesOf } from './group.ts';
import { readRecommenderModel } from './model.ts';
import { Recommender } from './recommender.ts';

const COUNT = 200;
const model = readRecommenderModel(releaseInMemory(generatedMovies(COUNT), shippedConfig('default')));
const hybrid = readRecommenderModel(releaseInMemory(generatedMovies(COUNT), shippedConfig('default'), generatedHybrid(COUNT)));

const distinct = (max: number, maxLength: number) => fc.uniqueArray(fc.integer({ min: 0, max }), { maxLength });
const profile = fc
  .record({ liked: distinct(COUNT - 1, 5), disliked: distinct(COUNT - 1, 3), genres: distinct(model.genreColumns.length - 1, 2) })
  .map(({ liked, disliked, genres }) => ({ liked, disliked: disliked.filter((row) => !liked.includes(row)), genres }));
const group = fc.record({
  profiles: fc.array(profile, { minLength: 2, maxLength: 8 }),
  strategy: fc.constantFrom(...GROUP_STRATEGIES),
  shown: fc.oneof(fc.constant(undefined), distinct(COUNT - 1, 40)),
});

const candidatesOf = (shown: number[] | undefined): Bitset => (shown === undefined ? Bitset.full(COUNT) : Bitset.of(COUNT, shown));
const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);

describe.each([
  { name: 'content', recommender: new Recommender(model), precision: 1e-9 },
  // Attributions are computed in 32 bits.
  { name: 'hybrid', recommender: new Recommender(hybrid), precision: 1e-5 },
])('recommendForGroup, $name', ({ recommender, precision }) => {
  test('gives each member the score of their own FOR_YOU ranking, and combines by definition', () => {
    fc.assert(
      fc.property(group, ({ profiles, strategy, shown }) => {
        const candidates = candidatesOf(shown);
        const alone = profiles.map((member) => {
          const { movies } = recommender.recommend({ profile: member, mode: 'FOR_YOU', candidates, offset: 0, limit: COUNT });
          return new Map(movies.map(({ index, score, contributions }) => [index, { score, contributions }]));
        });
        const expected = [...candidates.toIndices()]
          .map((index) => {
            const scores = alone.map((member) => member.get(index)?.score ?? Number.NaN);
            return { index, score: strategy === 'AVERAGE' ? scores.reduce((t, s) => t + s / scores.length, 0) : Math.min(...scores) };
          })
          .sort((a, b) => b.score - a.score || a.index - b.index);
        const { total, movies } = recommender.recommendForGroup({ profiles, strategy, candidates, offset: 0, limit: COUNT });
        expect(total).toBe(expected.length);
        expect(movies.map(({ index, score }) => ({ index, score }))).toEqual(expected);
        for (const { index, members } of movies) {
          members.forEach((member, i) => {
            expect(member.score).toBe(alone[i].get(index)?.score);
            expect(member.contributions).toEqual(alone[i].get(index)?.contributions);
          });
        }
      }),
      { numRuns: 60 },
    );
  });

  test("members' shares add up to the score, and their contributions to their own score", () => {
    fc.assert(
      fc.property(group, ({ profiles, strategy, shown }) => {
        const candidates = candidatesOf(shown);
        for (const { score, members } of recommender.recommendForGroup({ profiles, strategy, candidates, offset: 0, limit: 20 }).movies) {
          expect(members).toHaveLength(profiles.length);
          expect(Math.abs(sum(members.map(({ share }) => share)) - score)).toBeLessThan(1e-9);
          for (const member of members)
            expect(Math.abs(sum(member.contributions.map(({ value }) => value)) - member.score)).toBeLessThan(precision);
        }
      }),
    );
  });

  test('pages put together are the whole list', () => {
    fc.assert(
      fc.property(group, fc.integer({ min: 1, max: 70 }), ({ profiles, strategy, shown }, size) => {
        const candidates = candidatesOf(shown);
        const page = (offset: number, limit: number) =>
          recommender.recommendForGroup({ profiles, strategy, candidates, offset, limit }).movies;
        const paged = Array.from({ length: Math.ceil(COUNT / size) }, (_, n) => page(n * size, size)).flat();
        expect(paged).toEqual(page(0, COUNT));
      }),
      { numRuns: 20 },
    );
  });

  test('members in another order get the same list', () => {
    fc.assert(
      fc.property(fc.array(profile, { minLength: 2, maxLength: 5 }), (profiles) => {
        const indicesFor = (members: typeof profiles) =>
          recommender
            .recommendForGroup({ profiles: members, strategy: 'LEAST_MISERY', candidates: Bitset.full(COUNT), offset: 0, limit: 20 })
            .movies.map(({ index }) => index);
        expect(indicesFor(profiles.toReversed())).toEqual(indicesFor(profiles));
      }),
      { numRuns: 30 },
    );
  });
});

describe('sharesOf', () => {
  test('AVERAGE gives each member their score divided by the number of members', () => {
    expect(sharesOf('AVERAGE', [0.9, 0.3])).toEqual([0.45, 0.15]);
  });

  test('LEAST_MISERY gives all to the member with the lowest score, and equal parts to members with equal lowest scores', () => {
    expect(sharesOf('LEAST_MISERY', [0.9, 0.3, 0.5])).toEqual([0, 0.3, 0]);
    expect(sharesOf('LEAST_MISERY', [0.25, 0.25, 0.5])).toEqual([0.125, 0.125, 0]);
  });
});
