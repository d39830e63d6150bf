import { availableParallelism } from 'node:os';
import { defaultContext } from '../pipeline/cli/pipeline-context.ts';
import { readCatalog } from '../pipeline/data/catalog-csv.ts';
import { likesOf } from '../pipeline/data/likes.ts';
import { readRatings } from '../pipeline/data/ratings.ts';
import { assembleRelease, fitContent } from '../pipeline/training/build-release.ts';
import { readFeatureConfig } from '../pipeline/training/feature-config-file.ts';
import { trainRatingsModels } from '../pipeline/training/hybrid.ts';
import { readRatingsModelsConfig } from '../pipeline/training/ratings-models-config.ts';
import { writeRelease } from '../src/engine/artifacts/model-release.ts';
import { versionDirectory, writePointer } from '../src/engine/artifacts/version-store.ts';
import type { Blend } from '../src/engine/recommender/hybrid/hybrid-config.ts';
import { withRatings } from './known-movies.ts';
import type { RequestShape } from './requests.ts';

const VERSION = 'bench-hybrid';
const SEED = 5;
/** As many weights as EASE of 20,000 films and of 10,000 has, 400 each, found in less time. */
const EASE = { maxMovies: 5000, neighbours: 1600 };
const SPARSE_PROFILE = { maxMovies: 5000, neighbours: 800 };
/** The weights that training on MovieLens 1M finds, rounded, none of them 0: on synthetic ratings some parts would get none, and cost nothing. */
export const HYBRID_BLEND: Blend = [
  [1, 0.01, 0.1, 0.05, 1.5, 0.3, 0.3, 0.8],
  [3, 0.01, 0.5, 0.2, 0.8, 0.4, 0.5, 0.6],
  [5, 0.1, 0.8, 0.25, 0.5, 0.3, 0.5, 0.3],
  [10, 0.2, 0.8, 0.25, 0.1, 0.3, 0.4, 0.2],
  [20, 0.5, 0.01, 0.2, 0.05, 0.05, 0.1, 0.02],
].map(([likes, ease, sparseProfileEase, factors, coLikes, itemSimilarity, content, popularity]) => ({
  likes,
  settings: [{ familiar: 0.5, ease, fewLikes: sparseProfileEase, factors, coLikes, itemSimilarity, content, popularity, tilt: -0.05 }],
}));
const WELL_KNOWN = 3000;

const plain: RequestShape = { likes: 20, genres: 0, service: undefined, mode: 'FOR_YOU', wellKnown: WELL_KNOWN };
/** The request that the target is written for is "20 likes". */
export const HYBRID_SHAPES: Record<string, RequestShape> = {
  request: { ...plain, likes: 5, genres: 2, service: 'Netflix' },
  '1 like': { ...plain, likes: 1 },
  '5 likes': { ...plain, likes: 5 },
  '20 likes': plain,
  '20 likes, 2 genres': { ...plain, genres: 2 },
  '20 likes, 5 dislikes': { ...plain, dislikes: 5 },
  '100 likes': { ...plain, likes: 100 },
  trending: { ...plain, mode: 'TRENDING' },
  diverse: { ...plain, mode: 'DIVERSE' },
};

/** Trains ratings models, gives them a fixed blend, writes the set and makes it the current one of `artifacts`. */
export async function writeHybrid(catalog: string, ratings: string, artifacts: string): Promise<void> {
  const context = defaultContext({ log: (line) => process.stderr.write(`${line}\n`) });
  const rows = await readCatalog(catalog, context);
  const read = await readRatings(
    ratings,
    rows.map(({ movieId }) => movieId),
    context,
  );
  const content = fitContent(withRatings(rows, read, SEED), await readFeatureConfig('default'));
  const likes = likesOf(read);
  const hyper = await readRatingsModelsConfig();
  const run = { threads: availableParallelism(), progress: context.progress, signal: context.signal };
  const smaller = { ease: { ...hyper.ease, ...EASE }, sparseProfileEase: { ...hyper.sparseProfileEase, ...SPARSE_PROFILE } };
  const models = await trainRatingsModels(likes, content, { ...hyper, ...smaller }, run);
  const hybrid = {
    collaborative: { ...models, blend: HYBRID_BLEND, similar: hyper.similar },
    validation: { protocol: 'none', users: 0, ndcg: {} },
  };
  const origin = { version: VERSION, dataset: 'bench', builtAt: new Date(), inputs: {} };
  const { about, sections } = assembleRelease(content, origin, hybrid);
  await writeRelease(versionDirectory(artifacts, VERSION), about, sections);
  await writePointer(artifacts, { version: VERSION, previous: null, publishedAt: new Date().toISOString() });
}
