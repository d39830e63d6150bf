import { expect, test } from 'vitest';
import { generatedMovies } from '../../test/generated-movies.ts';
import { shippedConfig } from '../../test/release-in-memory.ts';
import { silentProgress } from '../cli/progress.ts';
import { seeded } from '../data/random.ts';
import { fitContent } from './build-release.ts';
import { trainRatingsModels } from './hybrid.ts';
import { readRatingsModelsConfig } from './ratings-models-config.ts';

test('of two movies without ratings, the one with many votes gets a vector like that of popular movies', async () => {
  const count = 60;
  const random = seeded(6);
  // All users like the movies with many votes, few users the others. The last two differ only in votes.
  const isKnown = (row: number): boolean => row % 2 === 0;
  const generated = generatedMovies(count);
  const movies = generated.map((movie, row) => ({
    ...(row < count - 2 ? movie : { ...generated[0], movieId: movie.movieId }),
    voteCount: isKnown(row) ? 5000 : 10,
    voteAverage: 6.5,
  }));
  const users = Array.from({ length: 200 }, () =>
    Array.from({ length: count - 2 }, (_, row) => row).filter((row) => random() < (isKnown(row) ? 0.5 : 0.05)),
  );
  const offsets = new Uint32Array(users.length + 1);
  users.forEach((rows, user) => {
    offsets[user + 1] = offsets[user] + rows.length;
  });
  const hyper = await readRatingsModelsConfig();
  const run = { threads: 0, progress: silentProgress, signal: new AbortController().signal };
  const likes = { users: users.length, offsets, rows: Uint32Array.from(users.flat()) };
  const scoresWith = async (voteFeatures: number): Promise<Float64Array> => {
    const { factors } = await trainRatingsModels(
      likes,
      fitContent(movies, shippedConfig('default')),
      { ...hyper, coldFactors: { ...hyper.coldFactors, voteFeatures } },
      run,
    );
    const scores = new Float64Array(count);
    factors.score(Uint32Array.of(0, 2, 4), scores);
    return scores.subarray(count - 2);
  };
  const [voted, unnoticed] = await scoresWith(hyper.coldFactors.voteFeatures);
  expect(voted).toBeGreaterThan(1.2 * unnoticed);
  const [one, other] = await scoresWith(0);
  expect(one).toBe(other);
});
