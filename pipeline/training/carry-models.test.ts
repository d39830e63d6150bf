import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Manifest } from '../../src/engine/artifacts/manifest.ts';
import { openRelease } from '../../src/engine/artifacts/model-release.ts';
import type { CatalogRow } from '../../src/engine/features/catalog-row.ts';
import type { LikeScorer } from '../../src/engine/recommender/collaborative/like-scorer.ts';
import { type HybridModel, readHybridModel } from '../../src/engine/recommender/hybrid/hybrid-model.ts';
import { catalogText } from '../../test/catalog-text.ts';
import { generatedMovies } from '../../test/generated-movies.ts';
import { seeded } from '../data/random.ts';
import { publish } from '../stages/publish.ts';
import { recordingContext } from '../testing/recording-context.ts';
import { readRatingsModelsConfig } from './ratings-models-config.ts';
import { trainRelease } from './train-release.ts';

// Each test trains models in threads, which wait for processors on a machine that has other work.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let folder: string;
let first: Manifest;

// 120 movies; two have no ratings.
const known: CatalogRow[] = generatedMovies(120).map((movie, row) => ({ ...movie, ratingCount: row < 118 ? 10 : 0 }));

/** Users of four groups: each likes movies of every fourth row. */
function ratingsText(seed: number): string {
  const random = seeded(seed);
  const lines = ['userId,movieId,rating,timestamp'];
  for (let user = 1; user <= 80; user++)
    for (let row = user % 4; row < 118; row += 4) if (random() < 0.4) lines.push(`${user},${known[row].movieId},5,0`);
  return `${lines.join('\n')}\n`;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carry-test-'));
  await writeFile(join(folder, 'ratings.csv'), ratingsText(5));
  const hyper = await readRatingsModelsConfig();
  const small = { ...hyper, ials: { ...hyper.ials, embeddingSize: 16, epochs: 2 }, hybrid: { embeddingSize: 16 } };
  await writeFile(join(folder, 'ratings-models.json'), JSON.stringify(small));
  first = (await train(known)).manifest;
  await publish(join(folder, 'artifacts'), first.version, recordingContext());
});

afterAll(() => rm(folder, { recursive: true }));

async function train(movies: readonly CatalogRow[], carryModels = false): Promise<{ manifest: Manifest; lines: string[] }> {
  const catalog = join(folder, 'catalog.csv');
  await writeFile(catalog, catalogText([...movies].sort((a, b) => a.movieId - b.movieId)));
  const context = recordingContext();
  const place = { catalog, artifacts: join(folder, 'artifacts'), ratings: join(folder, 'ratings.csv') };
  const ratingsConfig = join(folder, 'ratings-models.json');
  const options = { ...place, ratingsConfig, config: 'default', dataset: 'tried', force: false, rerank: true };
  const manifest = await trainRelease({ ...options, carryModels }, context);
  return { manifest, lines: context.lines };
}

async function modelsOf({ version }: Manifest): Promise<{ models: HybridModel; rowOf: (movieId: number) => number }> {
  const release = await openRelease(join(folder, 'artifacts', version));
  const models = readHybridModel(release);
  if (models === undefined) throw new Error(`${version} is no hybrid`);
  const ids = [...release.get('catalog.movieIds', 'i32')];
  return { models, rowOf: (movieId) => ids.indexOf(movieId) };
}

// A movie of TMDb comes first, a movie without ratings is gone, one movie has another text.
const changed: CatalogRow[] = [
  { ...known[8], movieId: -77, tmdbId: 77, ratingCount: 0 },
  ...known.slice(0, 119).map((movie, row) => (row === 3 ? { ...movie, overview: 'A train over the moon' } : movie)),
];

test('models are carried over to another catalog of the same ratings: each weight is where training puts it', async () => {
  const { manifest, lines } = await train(changed, true);
  expect(lines).toContain(`  ratings models of ${first.version}: the ratings are the same`);
  expect(manifest).toMatchObject({ movieCount: 120, validation: first.validation, taste: first.taste, inputs: { models: first.version } });
  const [before, carried, trained] = await Promise.all([
    modelsOf(first),
    modelsOf(manifest),
    train(changed).then((full) => modelsOf(full.manifest)),
  ]);
  const scores = ({ models, rowOf }: typeof before, scorer: (of: HybridModel) => LikeScorer | undefined): number[] => {
    const out = new Float64Array(models.factors.movies);
    scorer(models)?.score(
      Uint32Array.from([4, 8, 13], (row) => rowOf(known[row].movieId)),
      out,
    );
    return known.slice(0, 118).map(({ movieId }) => out[rowOf(movieId)]);
  };
  const largest = (numbers: number[]): number => Math.max(...numbers.map(Math.abs));
  const difference = (a: number[], b: number[]): number => largest(a.map((value, n) => value - b[n])) / largest(a);
  // A full training gives the same weights; rounding differs with the order of rows.
  for (const scorer of [(of: HybridModel) => of.ease, (of: HybridModel) => of.sparseProfileEase, (of: HybridModel) => of.coLikes])
    expect(difference(scores(carried, scorer), scores(trained, scorer))).toBeLessThan(1e-4);
  // iALS begins at random vectors for each row, so its vectors are compared with those that were carried.
  expect(
    difference(
      scores(carried, (of) => of.factors),
      scores(before, (of) => of.factors),
    ),
  ).toBeLessThan(1e-3);
  const popularity = ({ models, rowOf }: typeof before): number[] => changed.map(({ movieId }) => models.popularity[rowOf(movieId)]);
  expect(difference(popularity(carried), popularity(trained))).toBeLessThan(1e-6);
  // The second look is the same network, with the years of the other catalog.
  expect(carried.models.secondLook?.weights.bias).toHaveLength(24);
  expect(carried.models.secondLook?.weights).toEqual(before.models.secondLook?.weights);
  expect([...(carried.models.secondLook?.years ?? [])]).toEqual(changed.map(({ year }) => year ?? 0));
  // The new movie has the features of movie 8, and a vector that points where that of movie 8 points.
  const vector = (movieId: number): Float32Array => {
    const out = new Float32Array(carried.models.factors.foldIn.dimensions);
    carried.models.factors.writeVector(carried.rowOf(movieId), out);
    return out;
  };
  const dot = (a: Float32Array, b: Float32Array): number => a.reduce((sum, value, f) => sum + value * b[f], 0);
  const [fresh, twin] = [vector(-77), vector(known[8].movieId)];
  expect(dot(fresh, twin) / Math.sqrt(dot(fresh, fresh) * dot(twin, twin))).toBeGreaterThan(0.5);
});

test('a carried release is carried on, and names the version in which its models were trained', async () => {
  const carried = (await train(changed.slice(0, -1), true)).manifest;
  await publish(join(folder, 'artifacts'), carried.version, recordingContext());
  const more = [...changed, { ...known[9], movieId: -99, tmdbId: 99, ratingCount: 0 }];
  const { manifest } = await train(more, true);
  expect([manifest.movieCount, manifest.inputs.models]).toEqual([121, first.version]);
  await publish(join(folder, 'artifacts'), manifest.version, recordingContext());
  expect((await train(more, true)).lines).toEqual([expect.stringMatching(/^\[fresh\] train: /)]);
});

test('models are trained when the ratings differ, or when the models do not know movies with many ratings', async () => {
  const rated = [...changed, { ...known[9], movieId: 9_000, tmdbId: 9_000, ratingCount: 50 }];
  expect((await train(rated, true)).manifest.inputs).not.toHaveProperty('models');
  await writeFile(join(folder, 'ratings.csv'), ratingsText(6));
  expect((await train(changed, true)).manifest.inputs).not.toHaveProperty('models');
});
