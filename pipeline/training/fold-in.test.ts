import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
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

const FOLDING = 'models of the ratings alone, which later refreshes fold the library into:';
let folder: string;
// The data set has no ratings of the last two.
const movies: CatalogRow[] = generatedMovies(60).map((movie, row) => ({ ...movie, ratingCount: row < 58 ? 10 : 0 }));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fold-in-test-'));
  await writeFile(join(folder, 'ratings.csv'), ratingsText(5));
  const hyper = await readRatingsModelsConfig();
  const coldFactors = { ...hyper.coldFactors, iterations: 5 };
  const small = { ...hyper, coldFactors, ials: { ...hyper.ials, embeddingSize: 16, epochs: 2 }, hybrid: { embeddingSize: 16 } };
  await writeFile(join(folder, 'ratings-models.json'), JSON.stringify(small));
});

afterAll(() => rm(folder, { recursive: true }));

/** Users of four groups: each likes movies of every fourth row. */
function ratingsText(seed: number): string {
  const random = seeded(seed);
  const lines = ['userId,movieId,rating,timestamp'];
  for (let user = 1; user <= 60; user++)
    for (let row = user % 4; row < 58; row += 4) if (random() < 0.6) lines.push(`${user},${movies[row].movieId},5,0`);
  return `${lines.join('\n')}\n`;
}

/** So many viewers, who share likes of twelve movies and of the last one, and a lower rating of one. */
function libraryText(viewers: number): string {
  const random = seeded(8);
  const lines = ['viewer,movieId,tmdbId,imdbId,rating,day'];
  for (let viewer = 0; viewer < viewers; viewer++) {
    for (let row = 1; row < 48; row += 4) if (random() < 0.9) lines.push(`v${viewer},${movies[row].movieId},,,4.5,`);
    lines.push(`v${viewer},${movies[59].movieId},,,4.5,`, `v${viewer},${movies[2].movieId},,,1.5,`);
  }
  return `${lines.join('\n')}\n`;
}

async function train(
  viewers: number,
  catalog = movies,
  { carryModels = true, published = true }: { carryModels?: boolean; published?: boolean } = {},
): Promise<{ manifest: Manifest; lines: string[] }> {
  await writeFile(join(folder, 'catalog.csv'), catalogText(catalog));
  await writeFile(join(folder, 'viewers.csv'), libraryText(viewers));
  const context = recordingContext();
  const artifacts = join(folder, carryModels ? 'artifacts' : 'full');
  const files = { catalog: join(folder, 'catalog.csv'), ratings: join(folder, 'ratings.csv'), library: join(folder, 'viewers.csv') };
  const ratingsConfig = join(folder, 'ratings-models.json');
  const manifest = await trainRelease(
    { ...files, artifacts, ratingsConfig, config: 'default', dataset: 'tried', force: false, carryModels },
    context,
  );
  if (carryModels && published) await publish(artifacts, manifest.version, context, { force: true });
  return { manifest, lines: context.lines.map((line) => line.trim()) };
}

async function modelsOf({ version }: Manifest, place = 'artifacts'): Promise<HybridModel> {
  const models = readHybridModel(await openRelease(join(folder, place, version)));
  if (models === undefined) throw new Error(`${version} is no hybrid`);
  return models;
}

function difference(one: HybridModel, other: HybridModel, part: (of: HybridModel) => LikeScorer | undefined): number {
  const [a, b] = [one, other].map((models) => {
    const scores = new Float64Array(movies.length);
    part(models)?.score(Uint32Array.of(1, 5, 14, 59), scores, 1);
    return scores;
  });
  const largest = (numbers: Float64Array): number => Math.max(...numbers.map(Math.abs));
  return largest(a.map((value, row) => value - b[row])) / largest(b);
}

test('the first refresh with a library trains on the ratings alone and folds the library in: the models are those of a full training', async () => {
  const { manifest, lines } = await train(30);
  expect(lines).toContain(FOLDING);
  expect(lines).toContain(`ratings models of ${manifest.inputs.models}, with the library folded in`);
  expect(await readdir(join(folder, 'artifacts', '.training-base'))).toEqual(['current.json', manifest.inputs.models]);
  const full = await train(30, movies, { carryModels: false });
  const [folded, trained] = [await modelsOf(manifest), await modelsOf(full.manifest, 'full')];
  // One of twelve ratings of a viewer is of a movie that nobody else rates, so iALS is trained in full.
  const parts = [
    (of: HybridModel) => of.ease,
    (of: HybridModel) => of.sparseProfileEase,
    (of: HybridModel) => of.coLikes,
    (of: HybridModel) => of.factors,
  ];
  for (const part of parts) expect(difference(folded, trained, part)).toBeLessThan(1e-4);
  expect(folded.popularity).toEqual(trained.popularity);
  expect(folded.likeCounts).toEqual(trained.likeCounts);
  expect(folded.likeCounts?.[59]).toBe(30);
  // No section of the release that is served holds the state of the training.
  expect(Object.keys(manifest.sections).filter((name) => name.startsWith('training'))).toEqual([]);
});

test('another library is folded into the same models, also beside a changed catalog; the same library changes nothing', async () => {
  const first = await train(30);
  expect(first.lines[0]).toMatch(/^\[fresh\] train: /);
  // A movie of TMDb comes first, and a movie without ratings is gone.
  const changed = [{ ...movies[8], movieId: -77, tmdbId: 77, ratingCount: 0 }, ...movies.filter((_, row) => row !== 58)];
  const { manifest, lines } = await train(40, changed);
  expect(lines).not.toContain(FOLDING);
  expect(manifest.inputs.models).toBe(first.manifest.inputs.models);
  const full = await train(40, changed, { carryModels: false });
  const [folded, trained] = [await modelsOf(manifest), await modelsOf(full.manifest, 'full')];
  for (const part of [(of: HybridModel) => of.ease, (of: HybridModel) => of.sparseProfileEase, (of: HybridModel) => of.coLikes])
    expect(difference(folded, trained, part)).toBeLessThan(1e-4);
  expect(folded.likeCounts).toEqual(trained.likeCounts);
  expect((await train(40, changed)).lines[0]).toMatch(/^\[fresh\] train: /);
});

test('a release that was made and not published is not made again', async () => {
  const made = await train(45, movies, { published: false });
  expect(made.lines).toContain(`ratings models of ${made.manifest.inputs.models}, with the library folded in`);
  const again = await train(45, movies, { published: false });
  expect(again.lines).toHaveLength(1);
  expect(again.lines[0]).toMatch(/^\[fresh\] train: .*, nothing to do$/);
  expect(again.manifest).toEqual(made.manifest);
  // Another library is another release.
  expect((await train(46, movies, { published: false })).manifest.version).not.toBe(made.manifest.version);
});

test('too few viewers change no model', async () => {
  const { manifest, lines } = await train(19);
  expect(lines).toContainEqual(expect.stringMatching(/^library: none of \d+ rows counts/));
  expect((await modelsOf(manifest)).likeCounts?.[59]).toBe(0);
});

test('other ratings are trained anew, and their models take the place of the former ones', async () => {
  const before = (await readdir(join(folder, 'artifacts', '.training-base')))[1];
  await writeFile(join(folder, 'ratings.csv'), ratingsText(6));
  const { manifest, lines } = await train(30);
  expect(lines).toContain(FOLDING);
  expect(manifest.inputs.models).not.toBe(before);
  expect(await readdir(join(folder, 'artifacts', '.training-base'))).toEqual(['current.json', manifest.inputs.models]);
});
