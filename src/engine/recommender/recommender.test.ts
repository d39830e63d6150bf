import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { generatedHybrid } from '../../../test/generated-collaborative-model.ts';
import { generatedMovies } from '../../../test/generated-movies.ts';
import { releaseInMemory, shippedConfig } from '../../../test/release-in-memory.ts';
import { Bitset } from '../linalg/bitset.ts';
import { ItemSimilarity } from './collaborative/item-similarity.ts';
import { weightsAt } from './hybrid/blend.ts';
import { type RecommenderModel, readRecommenderModel } from './model.ts';
import { recencyWeights } from './recency.ts';
import { type Mode, type RankedMovie, Recommender } from './recommender.ts';
import { GenreCalibration } from './rerank/calibrate.ts';
import { genreDivergence } from './rerank/genre-shares.ts';

const COUNT = 300;
const CONFIGS = ['default', 'reference', 'hybrid'] as const;
const models: Record<(typeof CONFIGS)[number], RecommenderModel> = {
  default: readRecommenderModel(releaseInMemory(generatedMovies(COUNT), shippedConfig('default'))),
  reference: readRecommenderModel(releaseInMemory(generatedMovies(COUNT), shippedConfig('reference'))),
  hybrid: readRecommenderModel(releaseInMemory(generatedMovies(COUNT), shippedConfig('default'), generatedHybrid(COUNT))),
};
const recommenders = {
  default: new Recommender(models.default),
  reference: new Recommender(models.reference),
  hybrid: new Recommender(models.hybrid),
};
const genreCount = models.default.genreColumns.length;

const distinct = (max: number, maxLength: number) => fc.uniqueArray(fc.integer({ min: 0, max }), { maxLength });
const request = fc.record({
  config: fc.constantFrom(...CONFIGS),
  mode: fc.constantFrom<Mode>('FOR_YOU', 'TRENDING', 'DIVERSE'),
  liked: distinct(COUNT - 1, 6),
  isOrdered: fc.boolean(),
  disliked: distinct(COUNT - 1, 4),
  genres: distinct(genreCount - 1, 3),
  familiar: fc.constantFrom<number | undefined>(undefined, 0, 0.2, 0.5, 0.9, 1),
  shown: fc.oneof(fc.constant(undefined), distinct(COUNT - 1, 60)),
});

type Request = typeof request extends fc.Arbitrary<infer R> ? R : never;

function candidatesOf({ shown, liked, disliked }: Request): Bitset {
  const candidates = shown === undefined ? Bitset.full(COUNT) : Bitset.of(COUNT, shown);
  for (const row of [...liked, ...disliked]) candidates.delete(row);
  return candidates;
}

function rank(query: Request, offset: number, limit: number): { total: number; movies: RankedMovie[] } {
  const { config, mode, liked, isOrdered, disliked, genres, familiar } = query;
  return recommenders[config].recommend({
    profile: {
      liked,
      likedWeights: isOrdered ? recencyWeights(liked) : undefined,
      disliked,
      genres,
      ...(familiar !== undefined && { familiar }),
    },
    mode,
    candidates: candidatesOf(query),
    offset,
    limit,
  });
}

/** The definition in plain code: dense vectors, every candidate, a full sort. */
function byDefinition({
  config,
  mode,
  liked,
  isOrdered,
  disliked,
  genres,
  familiar = 0.5,
  ...rest
}: Request): { index: number; score: number }[] {
  const { features, normalizers, popularity, genreColumns, config: settings } = models[config];
  const row = (i: number): Float64Array => {
    const dense = new Float64Array(features.columns);
    for (let p = features.rowOffsets[i]; p < features.rowOffsets[i + 1]; p++) dense[features.columnIndices[p]] = features.values[p];
    return dense;
  };
  const mean = (rows: number[]): Float64Array =>
    rows.map(row).reduce<Float64Array>((sum, r) => sum.map((v, j) => v + r[j] / rows.length), new Float64Array(features.columns));
  const likeWeights = (isOrdered ? recencyWeights(liked) : undefined) ?? liked.map(() => 1);
  const meanLike = liked
    .map(row)
    .reduce<Float64Array>((sum, r, n) => sum.map((v, j) => v + (likeWeights[n] * r[j]) / liked.length), new Float64Array(features.columns));
  let profile: Float64Array = new Float64Array(features.columns);
  let isKnown = true;
  if (liked.length > 0 && genres.length > 0) profile = meanLike.map((v) => settings.profile.likes * v);
  else if (liked.length > 0) profile = meanLike;
  else if (genres.length === 0) {
    profile = mean(Array.from({ length: COUNT }, (_, i) => i));
    isKnown = false;
  }
  for (const genre of genres) profile[genreColumns[genre]] += liked.length > 0 ? settings.profile.genres : 1;
  if (disliked.length > 0) profile = profile.map((v, j) => v - settings.profile.dislikes * mean(disliked)[j]);
  const length = Math.hypot(...profile);
  const weights = settings.popularity;
  const { collaborative } = models[config];
  let weight = mode === 'TRENDING' ? weights.trending : isKnown ? weights.forYou : weights.withoutTaste;
  let known = popularity;
  if (familiar > 0.5) weight += (2 * familiar - 1) * (weights.trending - weights.forYou);
  else known = popularity.map((p) => 2 * familiar * p + (1 - 2 * familiar) * 4 * p * (1 - p));
  const baseScores = new Float64Array(COUNT);
  if (collaborative !== undefined && liked.length > 0) {
    // Likes and dislikes are scaled by the blend's content weight; the norm stays that of the profile without scale.
    const blend = weightsAt(collaborative.blend, liked.length, familiar);
    const { ease, fewLikes: sparse, factors, content, popularity: ratingsPopularity } = blend;
    const similarity = new ItemSimilarity(collaborative, collaborative.similar.damping);
    const share = genres.length > 0 ? settings.profile.likes : 1;
    const alike = squaredNorm(mean(liked)) / liked.reduce((sum, like) => sum + squaredNorm(row(like)) / liked.length, 0);
    const [likes, dislikes] = [meanLike, disliked.length > 0 ? mean(disliked) : meanLike];
    const taken = disliked.length > 0 ? settings.profile.dislikes : 0;
    profile = profile.map((v, j) => v + (content * alike ** 2 - 1) * (share * likes[j] - taken * dislikes[j]));
    known = popularity;
    weight = content * alike ** 2 * weights.forYou + (mode === 'TRENDING' ? weights.trending - weights.forYou : 0);
    for (const [rows, sign, weights] of [
      [liked, 1, likeWeights],
      [disliked, -settings.profile.dislikes, disliked.map(() => 1)],
    ] as const) {
      collaborative.factors.score(Uint32Array.from(rows), baseScores, sign * factors, weights);
      collaborative.ease.score(Uint32Array.from(rows), baseScores, sign * ease, weights);
      collaborative.sparseProfileEase.score(Uint32Array.from(rows), baseScores, sign * sparse, weights);
      collaborative.coLikes?.score(Uint32Array.from(rows), baseScores, sign * blend.coLikes, weights);
      rows.forEach((like, n) => {
        const similarities = new Float64Array(COUNT);
        similarity.add(similarity.towards(Uint32Array.of(like)).vector, Uint32Array.from(baseScores.keys()), similarities);
        for (let row = 0; row < COUNT; row++) baseScores[row] += sign * weights[n] * blend.itemSimilarity * similarities[row];
      });
    }
    const knownLikes = liked.reduce((sum, like, n) => sum + (likeWeights[n] * collaborative.popularity[like]) / liked.length, 0);
    for (let row = 0; row < COUNT; row++) baseScores[row] += (ratingsPopularity * knownLikes + blend.tilt) * collaborative.popularity[row];
  }
  return [...candidatesOf({ config, mode, liked, isOrdered, disliked, genres, familiar, ...rest }).toIndices()]
    .map((index) => {
      const dot = row(index).reduce((sum, v, j) => sum + v * profile[j], 0);
      return { index, score: (length === 0 ? 0 : dot / (length * normalizers[index])) + weight * known[index] + baseScores[index] };
    })
    .sort((a, b) => b.score - a.score || a.index - b.index);
}

function squaredNorm(vector: Float64Array): number {
  return vector.reduce((sum, value) => sum + value * value, 0);
}

describe('recommend', () => {
  test('ranks as its definition does: every candidate scored, then sorted', () => {
    fc.assert(
      fc.property(request, (query) => {
        fc.pre(query.mode !== 'DIVERSE');
        const expected = byDefinition(query);
        const { total, movies } = rank(query, 0, 20);
        expect(total).toBe(expected.length);
        expect(movies.length).toBe(Math.min(20, expected.length));
        // The viewer's vector is rounded to 16 bits: here once for likes and dislikes together, in the definition once for each.
        const precision = query.config === 'hybrid' ? 1e-4 : 1e-9;
        const scoreOf = new Map(expected.map(({ index, score }) => [index, score]));
        movies.forEach(({ index, score }, place) => {
          expect(Math.abs(score - (scoreOf.get(index) ?? Number.NaN))).toBeLessThan(precision);
          expect(Math.abs(score - expected[place].score)).toBeLessThan(precision);
        });
      }),
    );
  });

  test('the page is better known, the higher familiar is', () => {
    const pages = (config: Request['config'], familiar: number): number => {
      const { collaborative, popularity } = models[config];
      const known = collaborative?.popularity ?? popularity;
      let sum = 0;
      for (let viewer = 0; viewer < 40; viewer++) {
        const liked = [viewer, 3 * viewer + 50];
        const query = { config, mode: 'FOR_YOU' as const, liked, isOrdered: false, disliked: [], genres: [], familiar, shown: undefined };
        for (const { index } of rank(query, 0, 20).movies) sum += known[index] / (20 * 40);
      }
      return sum;
    };
    for (const config of ['default', 'hybrid'] as const) {
      const means = [0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1].map((familiar) => pages(config, familiar));
      expect(means).toEqual(means.toSorted((a, b) => a - b));
      expect(means[8]).toBeGreaterThan(means[4] + 0.01);
      expect(means[4]).toBeGreaterThan(means[0] + 0.01);
    }
  });

  test('contributions add up to the score, largest first', () => {
    fc.assert(
      fc.property(request, (query) => {
        for (const { score, contributions } of rank(query, 0, 10).movies) {
          expect(Math.abs(contributions.reduce((sum, { value }) => sum + value, 0) - score)).toBeLessThan(1e-9);
          const sizes = contributions.map(({ value }) => Math.abs(value));
          expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
          for (const { kind, subject, value } of contributions) {
            expect(value).not.toBe(0);
            if (kind === 'LIKED_MOVIE') expect(query.liked).toContain(subject);
            else if (kind === 'RATED_MOVIE') expect.unreachable('nothing is rated');
            else if (kind === 'DISLIKED_MOVIE') expect(query.disliked).toContain(subject);
            else if (kind === 'PREFERRED_GENRE') expect(query.genres).toContain(subject);
            else expect(subject).toBe(-1);
          }
        }
      }),
    );
  });

  test('without likes the ratings models change nothing, with one like they do', () => {
    const page = { mode: 'FOR_YOU' as const, candidates: Bitset.full(COUNT), offset: 0, limit: COUNT };
    for (const profile of [
      { liked: [], disliked: [], genres: [] },
      { liked: [], disliked: [3, 4], genres: [1, 2] },
    ])
      expect(recommenders.hybrid.recommend({ ...page, profile })).toEqual(recommenders.default.recommend({ ...page, profile }));
    const profile = { liked: [7], disliked: [], genres: [] };
    expect(recommenders.hybrid.recommend({ ...page, profile })).not.toEqual(recommenders.default.recommend({ ...page, profile }));
    expect([recommenders.hybrid.isHybrid, recommenders.default.isHybrid]).toEqual([true, false]);
  });

  test('pages of any size put together are the whole list, in every mode', () => {
    fc.assert(
      fc.property(request, fc.integer({ min: 1, max: 90 }), (query, size) => {
        const whole = rank(query, 0, COUNT).movies;
        const paged: RankedMovie[] = [];
        for (let offset = 0; offset < COUNT; offset += size) paged.push(...rank(query, offset, size).movies);
        expect(paged).toEqual(whole);
        expect(whole.map(({ index }) => index).sort((a, b) => a - b)).toEqual([...candidatesOf(query).toIndices()]);
      }),
      { numRuns: 40 },
    );
  });

  test('only candidates are ranked, and all of them when there are fewer than the limit', () => {
    const candidates = Bitset.of(COUNT, [5, 17, 200]);
    const { total, movies } = recommenders.default.recommend({
      profile: { liked: [1], disliked: [], genres: [] },
      mode: 'FOR_YOU',
      candidates,
      offset: 0,
      limit: 20,
    });
    expect(total).toBe(3);
    expect(movies.map(({ index }) => index).sort((a, b) => a - b)).toEqual([5, 17, 200]);
  });

  test('a dislike lowers the score of similar movies', () => {
    const likes = { liked: [10, 20], genres: [] };
    const disliked = 30;
    const [nearest] = recommenders.default.similar(disliked, 1);
    const scoreWith = (dislikes: number[]): RankedMovie =>
      recommenders.default.recommend({
        profile: { ...likes, disliked: dislikes },
        mode: 'FOR_YOU',
        candidates: Bitset.of(COUNT, [nearest.index]),
        offset: 0,
        limit: 1,
      }).movies[0];
    const contribution = scoreWith([disliked]).contributions.find(({ kind }) => kind === 'DISLIKED_MOVIE');
    expect(contribution?.value).toBeLessThan(0);
    expect(scoreWith([disliked]).score).toBeLessThan(scoreWith([]).score);
  });

  test('movies rated below a like add what the EASE models say, by their weights, and nothing without likes', () => {
    const profile = { liked: [3, 4], disliked: [], genres: [] };
    const rated = { rated: [7, 8], ratedWeights: [0.5, 0.25] };
    const { collaborative } = models.hybrid;
    if (collaborative === undefined) return expect.unreachable();
    const blend = weightsAt(collaborative.blend, 2);
    for (const movie of [10, 20, 30]) {
      const expected = rated.rated.map((like, n) => {
        const of = (model: typeof collaborative.ease): number => model.attributions(Uint32Array.of(like), movie)[0];
        return rated.ratedWeights[n] * (blend.ease * of(collaborative.ease) + blend.fewLikes * of(collaborative.sparseProfileEase));
      });
      const { score, contributions } = recommenders.hybrid.scoreMovie({ ...profile, ...rated }, movie, 'FOR_YOU');
      const [first, second] = expected;
      expect(score).toBeCloseTo(recommenders.hybrid.scoreMovie(profile, movie, 'FOR_YOU').score + first + second, 9);
      const parts = contributions.filter(({ kind }) => kind === 'RATED_MOVIE');
      expect(parts.reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(first + second, 9);
      expect(parts.every(({ subject, value }) => value === expected[rated.rated.indexOf(subject)])).toBe(true);
      const none = { liked: [], disliked: [], genres: [] };
      expect(recommenders.hybrid.scoreMovie({ ...none, ...rated }, movie, 'FOR_YOU')).toEqual(
        recommenders.hybrid.scoreMovie(none, movie, 'FOR_YOU'),
      );
    }
  });

  test('the genres of DIVERSE are nearer to those of the likes than the genres of FOR_YOU, with and without ratings', () => {
    for (const config of ['default', 'hybrid'] as const) {
      const calibration = new GenreCalibration(models[config]);
      const mismatch = (mode: Mode, liked: number[]): number => {
        const request = { config, mode, liked, isOrdered: false, disliked: [], genres: [], familiar: undefined, shown: undefined };
        const page = rank(request, 0, 10).movies.map(({ index }) => index);
        return genreDivergence(liked.length === 0 ? calibration.ofCatalog : calibration.sharesOf(liked), calibration.sharesOf(page));
      };
      const viewers = [[], ...Array.from({ length: 20 }, (_, n) => [n, n + 40, n + 90])];
      const changes = viewers.map((liked) => mismatch('DIVERSE', liked) - mismatch('FOR_YOU', liked));
      expect(Math.max(...changes)).toBeLessThan(1e-9);
      expect(changes.filter((change) => change < -0.01).length).toBeGreaterThan(10);
    }
  });

  test('TRENDING gives popularity more weight', () => {
    const meanPopularity = (mode: Mode): number => {
      const { movies } = recommenders.default.recommend({
        profile: { liked: [3, 4], disliked: [], genres: [] },
        mode,
        candidates: Bitset.full(COUNT),
        offset: 0,
        limit: 10,
      });
      return movies.reduce((sum, { index }) => sum + recommenders.default.popularity[index], 0) / movies.length;
    };
    expect(meanPopularity('TRENDING')).toBeGreaterThan(meanPopularity('FOR_YOU'));
  });
});

describe('similar', () => {
  test.each(CONFIGS)('ranks for a viewer who likes that movie alone, without the movie: %s', (config) => {
    const movies = recommenders[config].similar(42, 10);
    expect(movies).toHaveLength(10);
    expect(movies.map(({ index }) => index)).not.toContain(42);
    for (const { score, contributions } of movies) {
      expect(contributions.reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(score, 9);
      expect(contributions.every(({ kind, subject }) => (kind === 'LIKED_MOVIE' && subject === 42) || kind === 'POPULARITY')).toBe(true);
    }
  });

  test('with ratings models adds content, item similarity and popularity, by definition', () => {
    const { collaborative, popularity } = models.hybrid;
    if (collaborative === undefined) throw new Error('no hybrid');
    const weights = collaborative.similar;
    const content = new Map(
      new Recommender({ ...models.default, popularity: new Float32Array(COUNT) })
        .similar(42, COUNT)
        .map(({ index, score }) => [index, score]),
    );
    const vectors = Array.from({ length: COUNT }, (_, row) => {
      const vector = new Float32Array(8);
      collaborative.factors.writeVector(row, vector);
      return [...vector];
    });
    const damping = weights.damping * Math.max(...vectors.map((vector) => Math.hypot(...vector)));
    const itemSimilarity = (j: number): number =>
      vectors[42].reduce((sum, value, f) => sum + value * vectors[j][f], 0) /
      ((Math.hypot(...vectors[42]) + damping) * (Math.hypot(...vectors[j]) + damping));
    const movies = recommenders.hybrid.similar(42, COUNT);
    expect(movies).toHaveLength(COUNT - 1);
    for (const { index, score } of movies) {
      const expected =
        weights.content * (content.get(index) ?? 0) + weights.factors * itemSimilarity(index) + weights.popularity * popularity[index];
      expect(Math.abs(score - expected)).toBeLessThan(1e-4);
    }
  });

  test('uses content alone for a movie without likes, and between any movie and a movie without likes', () => {
    const { collaborative } = models.hybrid;
    if (collaborative === undefined) throw new Error('no hybrid');
    const scoresOf = (liked: (row: number) => boolean, movie: number): Map<number, number> => {
      const popularity = collaborative.popularity.map((value, row) => (liked(row) ? value : 0));
      const movies = new Recommender({ ...models.hybrid, collaborative: { ...collaborative, popularity } }).similar(movie, COUNT);
      return new Map(movies.map(({ index, score }) => [index, score]));
    };
    const everybody = scoresOf(() => true, 42);
    const nobody = scoresOf((row) => row !== 42, 42);
    const but7 = scoresOf((row) => row !== 7, 42);
    const withoutRatings = scoresOf(() => false, 42);
    expect(everybody).not.toEqual(withoutRatings);
    expect(nobody).toEqual(withoutRatings);
    for (const [index, score] of but7) expect(score).toBe((index === 7 ? withoutRatings : everybody).get(index));
  });
});
