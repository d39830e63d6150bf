import { describe, expect, test } from 'vitest';
import type { CatalogRow } from '../../../src/engine/features/catalog-row.ts';
import { buildFeatureMatrix } from '../../../src/engine/features/feature-matrix.ts';
import { Bitset } from '../../../src/engine/linalg/bitset.ts';
import { Recommender } from '../../../src/engine/recommender/recommender.ts';
import { FIXTURE_MOVIES } from '../../../test/fixture-movies.ts';
import { testModelConfig } from '../../../test/fixture-release.ts';
import { seeded } from '../../data/random.ts';
import { fitContent } from '../../training/build-release.ts';
import { lastRatedYear, withNewMoviesPrior } from './new-movies-prior.ts';
import { ratingStatsOf } from './rating-stats.ts';

const GENRES = ['Drama', 'Comedy', 'Horror', 'Sci-Fi'];
const END = 2000;

/** Movies of 1980 to 2020. Ratings grow with votes, and horror has half as many; after 2000 nobody rated. */
function moviesWithVotes(): { movies: CatalogRow[]; truth: number[] } {
  const random = seeded(7);
  const truth: number[] = [];
  const movies = Array.from({ length: 1200 }, (_, i): CatalogRow => {
    const year = 1980 + (i % 41);
    const voteCount = Math.floor(10 ** (4 * random()));
    const genre = GENRES[Math.floor(random() * GENRES.length)];
    const ratings = Math.floor(voteCount * 0.3 * (genre === 'Horror' ? 0.5 : 1) * (0.8 + 0.4 * random()));
    truth.push(ratings);
    const isRated = year <= END && ratings > 0;
    return {
      ...FIXTURE_MOVIES[0],
      movieId: i + 1,
      tmdbId: i + 1,
      title: `Film ${i}`,
      alternativeTitles: [],
      year,
      genres: [genre],
      keywords: [`topic ${i % 12}`],
      directors: [],
      cast: [],
      voteCount,
      voteAverage: 5 + 3 * random(),
      popularity: 10 * random(),
      ratingCount: isRated ? ratings : 0,
      ratingAverage: isRated ? 3.5 : null,
    };
  });
  return { movies, truth };
}

describe('the prior of movies that are newer than the ratings', () => {
  const { movies, truth } = moviesWithVotes();
  const stats = ratingStatsOf(movies);

  test('takes the last year that has more than a few ratings', () => {
    expect(lastRatedYear(stats.counts, movies)).toBe(END);
    const counts = Float64Array.from(stats.counts);
    counts[movies.findIndex(({ year }) => year === 2015)] = 3;
    expect(lastRatedYear(counts, movies)).toBe(END);
    expect(lastRatedYear(new Float64Array(movies.length), movies)).toBeUndefined();
  });

  test('foretells the ratings of held-out years from votes and content', async () => {
    const { matrix } = buildFeatureMatrix(movies, await testModelConfig());
    const { counts } = withNewMoviesPrior(stats, movies, matrix);
    const errors = movies.flatMap(({ year, voteCount }, i) =>
      (year ?? 0) > END && voteCount > 30 ? [Math.log1p(counts[i]) - Math.log1p(truth[i])] : [],
    );
    expect(errors.length).toBeGreaterThan(300);
    expect(Math.sqrt(errors.reduce((sum, error) => sum + error ** 2, 0) / errors.length)).toBeLessThan(0.35);
    const meanCount = (genre: string): number => {
      const rows = movies.flatMap(({ year, genres }, i) => ((year ?? 0) > END && genres[0] === genre ? [i] : []));
      return rows.reduce((sum, i) => sum + counts[i] / Math.max(movies[i].voteCount, 1), 0) / rows.length;
    };
    expect(meanCount('Horror') / meanCount('Drama')).toBeLessThan(0.75);
  });

  test('leaves movies before, and movies without votes, as they are', async () => {
    const unknown = { voteCount: 0, voteAverage: null, popularity: null };
    const some = movies.map((movie, i) => (i % 5 === 0 ? { ...movie, ...unknown } : movie));
    const { matrix } = buildFeatureMatrix(some, await testModelConfig());
    const after = withNewMoviesPrior(stats, some, matrix);
    some.forEach(({ year, voteCount }, i) => {
      if ((year ?? 0) < END || voteCount === 0) expect(after.counts[i]).toBe(stats.counts[i]);
    });
    const old = movies.filter(({ year }) => (year ?? 0) < END);
    const oldStats = { counts: old.map(({ ratingCount }) => ratingCount) };
    const none = old.map((movie) => ({ ...movie, ...unknown }));
    expect(withNewMoviesPrior(oldStats, none, buildFeatureMatrix(none, await testModelConfig()).matrix)).toEqual(oldStats);
  });

  test('puts new movies on the page of somebody who likes new movies, which the ratings alone do not', async () => {
    const whole = await testModelConfig();
    // Without the era, content says nothing about the age of a movie.
    const config = { ...whole, blocks: whole.blocks.filter(({ kind }) => kind !== 'era') };
    const liked = movies.flatMap(({ year }, i) => ((year ?? 0) >= 2010 ? [i] : [])).slice(0, 5);
    const newOnPage = (newMovies: boolean, used = config): number => {
      const { model } = fitContent(movies, { ...used, popularity: { ...config.popularity, newMovies } });
      const candidates = Bitset.full(movies.length);
      for (const row of liked) candidates.delete(row);
      const page = new Recommender(model).recommend({
        profile: { liked, disliked: [], genres: [] },
        mode: 'FOR_YOU',
        candidates,
        offset: 0,
        limit: 20,
      });
      return page.movies.filter(({ index }) => (movies[index].year ?? 0) > END).length;
    };
    expect(newOnPage(true, whole)).toBeGreaterThanOrEqual(10);
    expect(newOnPage(true)).toBeGreaterThan(newOnPage(false) + 4);
  });
});
