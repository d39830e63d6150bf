import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { generatedHybrid } from '../../../test/generated-collaborative-model.ts';
import { generatedMovies } from '../../../test/generated-movies.ts';
import { releaseInMemory, shippedConfig } from '../../../test/release-in-memory.ts';
import { Bitset } from '../linalg/bitset.ts';
import type { Contribution } from './contributions.ts';
import { GROUP_STRATEGIES } from './group.ts';
import { readRecommenderModel } from './model.ts';
import { type Mode, type RankedMovie, Recommender } from './recommender.ts';

const COUNT = 200;
const model = readRecommenderModel(releaseInMemory(generatedMovies(COUNT), shippedConfig('default')));
const hybrid = readRecommenderModel(releaseInMemory(generatedMovies(COUNT), shippedConfig('default'), generatedHybrid(COUNT)));

const distinct = (below: number, maxLength: number) => fc.uniqueArray(fc.nat(below - 1), { maxLength });
const profile = fc
  .record({ liked: distinct(COUNT, 5), disliked: distinct(COUNT, 3), genres: distinct(model.genreColumns.length, 2) })
  .map(({ liked, disliked, genres }) => ({ liked, disliked: disliked.filter((row) => !liked.includes(row)), genres }));
const boosts = fc
  .array(fc.constantFrom(0, 0, 0.3, -0.2, 1, -1), { minLength: COUNT, maxLength: COUNT })
  .map((values) => Float64Array.from(values));
const request = fc.record({
  profile,
  mode: fc.constantFrom<Mode>('FOR_YOU', 'TRENDING'),
  shown: distinct(COUNT, 80).map((rows) => Bitset.of(COUNT, rows)),
  pinned: distinct(COUNT, 6),
  boosts,
});

const boostOf = (contributions: readonly Contribution[]): number =>
  contributions.filter(({ kind }) => kind === 'OPERATOR_RULE').reduce((sum, { value }) => sum + value, 0);
const sum = (contributions: readonly Contribution[]): number => contributions.reduce((total, { value }) => total + value, 0);
const rows = (movies: readonly RankedMovie[]): number[] => movies.map(({ index }) => index);

describe.each([
  { name: 'content', recommender: new Recommender(model), precision: 9 },
  // Attributions are computed in 32 bits.
  { name: 'hybrid', recommender: new Recommender(hybrid), precision: 5 },
])('rules of the operator, $name', ({ recommender, precision }) => {
  test('a boost is added to the score, is a contribution of its own, and the contributions add up to the score', () => {
    fc.assert(
      fc.property(request, ({ profile, mode, shown, boosts }) => {
        const list = (influence?: { pinned: number[]; boosts: Float64Array }) =>
          recommender.recommend({ profile, mode, candidates: shown, offset: 0, limit: COUNT, ...(influence && { influence }) });
        const plain = new Map(list().movies.map(({ index, score }) => [index, score]));
        const { total, movies } = list({ pinned: [], boosts });
        expect(total).toBe(shown.count());
        for (const { index, score, contributions } of movies) {
          expect(boostOf(contributions)).toBe(boosts[index]);
          expect(score).toBeCloseTo((plain.get(index) ?? Number.NaN) + boosts[index], 9);
          expect(sum(contributions)).toBeCloseTo(score, precision);
        }
        expect(movies.map(({ score }) => score)).toEqual(movies.map(({ score }) => score).sort((a, b) => b - a));
      }),
      { numRuns: 60 },
    );
  });

  test('pinned candidates come first in their order with their own scores; the others follow as they were, on every page', () => {
    fc.assert(
      fc.property(
        request,
        fc.constantFrom<Mode>('FOR_YOU', 'DIVERSE'),
        fc.integer({ min: 1, max: 7 }),
        ({ profile, shown, pinned, boosts }, mode, limit) => {
          const influence = { pinned, boosts };
          const before = shown.clone();
          const page = (offset: number, count: number) =>
            recommender.recommend({ profile, mode, candidates: shown, offset, limit: count, influence });
          const rest = shown.clone();
          for (const row of pinned) rest.delete(row);
          const others = recommender.recommend({
            profile,
            mode,
            candidates: rest,
            offset: 0,
            limit: COUNT,
            influence: { pinned: [], boosts },
          });
          const { total, movies } = page(0, COUNT);
          const first = pinned.filter((row) => shown.has(row));
          expect(total).toBe(shown.count());
          expect(rows(movies)).toEqual([...first, ...rows(others.movies)]);
          for (const { index, score, contributions } of movies.slice(0, first.length)) {
            expect(score).toBe(recommender.scoreMovie(profile, index, mode, influence).score);
            expect(sum(contributions)).toBeCloseTo(score, precision);
          }
          const pages = [];
          for (let offset = 0; offset < total; offset += limit) pages.push(...page(offset, limit).movies);
          expect(pages).toEqual(movies);
          expect(shown).toEqual(before);
        },
      ),
      { numRuns: 40 },
    );
  });

  test('a group has the same pins first, and each member the boosts', () => {
    fc.assert(
      fc.property(request, profile, fc.constantFrom(...GROUP_STRATEGIES), ({ profile, shown, pinned, boosts }, other, strategy) => {
        const list = (offset: number, limit: number) =>
          recommender.recommendForGroup({
            profiles: [profile, other],
            strategy,
            candidates: shown,
            offset,
            limit,
            influence: { pinned, boosts },
          });
        const { total, movies } = list(0, COUNT);
        const first = pinned.filter((row) => shown.has(row));
        expect(total).toBe(shown.count());
        expect(movies.map(({ index }) => index).slice(0, first.length)).toEqual(first);
        const scores = movies.slice(first.length).map(({ score }) => score);
        expect(scores).toEqual([...scores].sort((a, b) => b - a));
        for (const { index, score, members } of movies) {
          expect(members.reduce((total, { share }) => total + share, 0)).toBeCloseTo(score, 9);
          for (const member of members) {
            expect(boostOf(member.contributions)).toBe(boosts[index]);
            expect(sum(member.contributions)).toBeCloseTo(member.score, precision);
          }
        }
        expect([...list(0, 3).movies, ...list(3, 4).movies, ...list(7, COUNT).movies]).toEqual(movies);
      }),
      { numRuns: 30 },
    );
  });

  test('movies that are left out are in no list of similar movies', () => {
    const all = recommender.similar(7, 10);
    const left = rows(all).slice(0, 3);
    expect(rows(recommender.similar(7, 7, left))).toEqual(rows(all).slice(3));
  });
});
