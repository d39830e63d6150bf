import { describe, expect, test } from 'vitest';
import { Bitset } from '../../src/engine/linalg/bitset.ts';
import { type DatedLikes, likeCounts } from '../data/likes.ts';
import { seeded } from '../data/random.ts';
import { decayedLikes, PopularityScorer } from '../models/popularity/popularity.ts';
import { CoLikers } from './co-likers.ts';
import { type MeasureOptions, measure, PROFILE_SIZES } from './measure.ts';
import { type Ranker, ScoreRanker } from './ranker.ts';
import { splitStrongly } from './strong-generalisation.ts';

const MOVIES = 60;

/** Two groups of thirty movies. Each user likes some movies of one group and none of the other. */
function twoGroups(users: number): DatedLikes {
  const random = seeded(11);
  const rows: number[] = [];
  const offsets = [0];
  for (let user = 0; user < users; user++) {
    for (let movie = 0; movie < 30; movie++) if (random() < 0.4) rows.push(movie + 30 * (user % 2));
    offsets.push(rows.length);
  }
  const userIds = Uint32Array.from({ length: users }, (_, n) => n + 1);
  return { users, userIds, offsets: Uint32Array.from(offsets), rows: Uint32Array.from(rows), times: undefined };
}

const split = splitStrongly(twoGroups(120), MOVIES, 30, 1);
const popularity = new ScoreRanker(new PopularityScorer(decayedLikes(split.training, Number.POSITIVE_INFINITY)), MOVIES);

/** Naive neighbours by co-occurrence. They are enough to separate the two groups. */
function naiveItemKnn(): Ranker {
  const { offsets, rows, users } = split.training.likes;
  const common = Array.from({ length: MOVIES }, () => new Float64Array(MOVIES));
  for (let user = 0; user < users; user++)
    for (let p = offsets[user]; p < offsets[user + 1]; p++)
      for (let q = offsets[user]; q < offsets[user + 1]; q++) common[rows[p]][rows[q]]++;
  const scores = {
    score(likes: Uint32Array, out: Float64Array): void {
      for (const like of likes) for (let row = 0; row < MOVIES; row++) out[row] += common[like][row];
    },
  };
  return new ScoreRanker(scores, MOVIES);
}

function options(more: Partial<MeasureOptions> = {}): MeasureOptions {
  const measuredMovies = {
    candidates: split.candidates,
    popularity: split.popularity,
    users: split.training.likes.users,
    genres: undefined,
  };
  return {
    model: 'a',
    cases: split.test,
    split,
    movies: measuredMovies,
    genreNames: [],
    seed: 1,
    baseline: undefined,
    coLikers: new CoLikers(split.training.likes, MOVIES),
    progress: () => {},
    ...more,
  };
}

describe('a measured model', () => {
  test('has 1 in all metrics when it ranks the relevant movies first, and 0 when it ranks none', () => {
    // The least popular first: its weight in the stratified measures is the largest.
    const rarestFirst = (rows: Uint32Array) => rows.slice().sort((a, b) => split.popularity[a] - split.popularity[b]);
    const answers = new Map(split.test.map(({ foldIn, relevant }) => [[...foldIn].sort().join(), rarestFirst(relevant)]));
    const oracle: Ranker = { rank: (likes, candidates) => answers.get([...likes].sort().join()) ?? candidates.toIndices().subarray(0, 0) };
    const { accuracy } = measure(oracle, options()).measured;
    for (const interval of Object.values(accuracy.all)) {
      for (const bound of [interval.mean, interval.low, interval.high]) expect(bound).toBeCloseTo(1, 12);
    }
    const nothing = measure({ rank: () => [] }, options()).measured;
    for (const interval of Object.values(nothing.accuracy.all)) expect(interval.mean).toBe(0);
  });

  test('knows the number of likes of the profile size, and gets no excluded movie as a candidate', () => {
    const known: number[] = [];
    let call = 0;
    const ranker: Ranker = {
      rank(likes, candidates, depth) {
        const viewer = split.test[call++ % split.test.length];
        known.push(likes.length);
        expect(viewer.excluded.some((row) => candidates.has(row))).toBe(false);
        expect(viewer.relevant.every((row) => candidates.has(row))).toBe(true);
        expect([...likes]).toEqual([...viewer.foldIn.subarray(0, likes.length)]);
        expect(depth).toBe(100);
        return [];
      },
    };
    measure(ranker, options());
    expect(known).toEqual(
      PROFILE_SIZES.flatMap((size) =>
        split.test.map((viewer) => (size === 'all' ? viewer.foldIn.length : Math.min(Number(size), viewer.foldIn.length))),
      ),
    );
  });

  test('popularity is the same for every profile size', () => {
    const { measured } = measure(popularity, options());
    for (const size of PROFILE_SIZES) expect(measured.accuracy[size]).toEqual(measured.accuracy.all);
    expect(measured.overPopularity.all).toEqual({ mean: 0, low: 0, high: 0 });
  });

  test('neighbours are significantly better than popularity for two groups of users', () => {
    const { ndcg } = measure(popularity, options());
    const { measured } = measure(naiveItemKnn(), options({ baseline: ndcg }));
    expect(measured.overPopularity.all.low).toBeGreaterThan(0.05);
    expect(measured.beyond.coverage).toBeGreaterThan(0.9);
  });

  test('by genre: the share of the relevant movies that are among the first 50', () => {
    const genres = Array.from({ length: MOVIES }, (_, row) => [row < 30 ? 1 : 0]);
    const movies = { ...options().movies, genres };
    const first: Ranker = { rank: () => Array.from({ length: 30 }, (_, row) => row) };
    const { byGenre } = measure(first, options({ movies, genreNames: ['Drama', 'Horror', 'Western'] })).measured;
    const low = split.test.reduce((sum, { relevant }) => sum + relevant.filter((row) => row < 30).length, 0);
    const high = split.test.reduce((sum, { relevant }) => sum + relevant.filter((row) => row >= 30).length, 0);
    const expected = [
      { genre: 'Horror', targets: low, found: 1 },
      { genre: 'Drama', targets: high, found: 0 },
    ];
    expect(byGenre).toEqual(expected.sort((a, b) => b.targets - a.targets || (a.genre < b.genre ? -1 : 1)));
  });
});

test('popularity with a half-life counts a like of that age half', () => {
  const likes = { users: 1, userIds: Uint32Array.of(7), offsets: Uint32Array.of(0, 3), rows: Uint32Array.of(0, 1, 2), times: undefined };
  const day = 86_400;
  const training = { likes: { ...likes, times: Uint32Array.of(0, 10 * day, 20 * day) }, now: 20 * day, movies: 4, seed: 1 };
  const counts = decayedLikes(training, 10);
  expect(counts[0]).toBeCloseTo(0.25, 12);
  expect(counts[1]).toBeCloseTo(0.5, 12);
  expect([counts[2], counts[3]]).toEqual([1, 0]);
  expect([...decayedLikes({ ...training, likes }, 10)]).toEqual([...likeCounts(likes, 4)]);
});

test('scores are ranked higher first, then lower row; without a score a movie is not ranked', () => {
  const scores = { score: (_: Uint32Array, out: Float64Array) => out.set([1, 3, Number.NaN, 3, 2]) };
  expect([...new ScoreRanker(scores, 5).rank(new Uint32Array(), Bitset.of(5, [0, 1, 2, 3]), 9)]).toEqual([1, 3, 0]);
});
