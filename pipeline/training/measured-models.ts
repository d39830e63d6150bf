import type { CatalogRow } from '../../src/engine/features/catalog-row.ts';
import { buildFeatureMatrix } from '../../src/engine/features/feature-matrix.ts';
import { assembleContentModel } from '../../src/engine/recommender/content/content-model.ts';
import type { RecommenderModel } from '../../src/engine/recommender/model.ts';
import type { ModelConfig } from '../../src/engine/recommender/model-config.ts';
import { popularityOf } from '../../src/engine/recommender/popularity.ts';
import { type Mode, Recommender } from '../../src/engine/recommender/recommender.ts';
import { CliError, usageError } from '../cli/cli-error.ts';
import { didYouMean } from '../cli/did-you-mean.ts';
import { likeCounts } from '../data/likes.ts';
import type { TrainingSet } from '../data/training-set.ts';
import { genresOf } from '../evaluation/movie-genres.ts';
import { type Ranker, ScoreRanker, type Scores, ServedRanker } from '../evaluation/ranker.ts';
import { countEligible, type HeldOutUser, MIN_LIKES } from '../evaluation/split.ts';
import { voteFeaturesOf } from '../models/cold-start/vote-features.ts';
import { trainEase } from '../models/ease/ease-trainer.ts';
import { trainIals } from '../models/ials/ials-trainer.ts';
import { trainItemKnn } from '../models/item-knn.ts';
import type { TrainingRun } from '../models/parallel/training-run.ts';
import { decayedLikes, PopularityScorer } from '../models/popularity/popularity.ts';
import { TwoTower } from '../models/two-tower/two-tower.ts';
import { TWO_TOWER, trainTwoTower } from '../models/two-tower/two-tower-trainer.ts';
import { type FittedContent, fitContent as fitReleaseContent } from './build-release.ts';
import { trainRatingsModels, withBlend } from './hybrid.ts';
import { type RatingsModelsConfig, readRatingsModelsConfig, withRerank } from './ratings-models-config.ts';
import { withSecondLook } from './second-look.ts';
import { MIN_USERS, trainHybrid } from './train-hybrid.ts';

/** Data that a model may use besides likes. */
export interface ModelSetup {
  /** Row i is movie i of the training set. Undefined without a catalog. */
  catalog: readonly CatalogRow[] | undefined;
  /** The default feature config. */
  config: ModelConfig;
  /** Users on which a hybrid may choose its blend weights. */
  validation: readonly HeldOutUser[];
  /**
   * Whether likes of the catalog's rating counts are to be found. Then the popularity of content is that of the training likes, else that of
   * the catalog, as in a release.
   */
  hidesLikes: boolean;
  hyper: RatingsModelsConfig;
  run: TrainingRun;
}

/** The name of the hybrid with its learned second look, which needs a setup with `hyper.rerank`. */
export const RERANKED = 'hybrid-rerank';

/** `familiar` is stated with models that rank as the server does. */
export type TrainForEvaluation = (training: TrainingSet, setup: ModelSetup, familiar?: number) => Ranker | Promise<Ranker>;

/** All models that can be measured, by the names of --models. Each is trained on the training set only. */
export const MODELS: Readonly<Record<string, TrainForEvaluation>> = {
  popularity: (training) => byScore(training, new PopularityScorer(decayedLikes(training, Number.POSITIVE_INFINITY))),
  'recent-popularity': (training, { hyper }) =>
    byScore(training, new PopularityScorer(decayedLikes(training, hyper.recentPopularity.halfLifeDays))),
  'item-knn': (training, { hyper }) => byScore(training, trainItemKnn(training.likes, training.movies, hyper.itemKnn)),
  ease: async (training, { hyper, run }) => byScore(training, await trainEase(training.likes, training.movies, hyper.ease, run)),
  ials: async (training, { hyper, run }) => byScore(training, await trainIals(training.likes, training.movies, hyper.ials, run)),
  'two-tower': twoTowerModel,
  content: (training, setup, familiar) => contentModel(training, setup, setup.config, familiar),
  hybrid: (training, setup, familiar) => hybridModel(training, setup, 'FOR_YOU', familiar),
  'hybrid-diverse': (training, setup, familiar) => hybridModel(training, setup, 'DIVERSE', familiar),
  [RERANKED]: (training, setup, familiar) => hybridModel(training, setup, 'FOR_YOU', familiar, true),
  'content-cosine': (training, setup) => contentModel(training, setup, plainCosine(setup.config)),
};

/** Models that take a setting of `familiar`, as in hybrid@0.2. */
const SERVED = ['content', 'hybrid', 'hybrid-diverse', RERANKED];

/** The model with this name, which may have a setting of `familiar` behind an @. */
export function modelNamed(name: string): { train: (training: TrainingSet, setup: ModelSetup) => Ranker | Promise<Ranker> } {
  const [model, familiar] = name.split('@');
  return { train: (training, setup) => MODELS[model](training, setup, familiar === undefined ? undefined : Number(familiar)) };
}

/** Parses a comma-separated list of models. Popularity is always the first, as the baseline of the others. */
export function chosenModels(names: string): string[] {
  const chosen = new Set(['popularity', ...names.split(',').map((name) => name.trim())]);
  for (const name of chosen) {
    const [model, familiar] = name.split('@');
    if (Object.hasOwn(MODELS, model) && familiar === undefined) continue;
    if (SERVED.includes(model)) {
      if (/^(0|1|0?\.\d+|1\.0+)$/.test(familiar)) continue;
      throw usageError(`evaluate: "${name}": behind the @ stands a setting of familiar from 0 to 1, not "${familiar}"`);
    }
    if (Object.hasOwn(MODELS, model)) throw usageError(`evaluate: "${name}": only ${SERVED.join(' and ')} take a setting of familiar`);
    const near = didYouMean(model, Object.keys(MODELS));
    throw usageError(
      `evaluate: unknown model "${name}"${near === undefined ? '' : `, did you mean ${near}?`}; the models are ${Object.keys(MODELS).join(', ')}`,
    );
  }
  return [...chosen];
}

/** The settings of these models. The second look is trained only when it is measured. */
export async function hyperOf(models: readonly string[]): Promise<RatingsModelsConfig> {
  const config = await readRatingsModelsConfig();
  return models.some((name) => name.split('@')[0] === RERANKED) ? withRerank(config) : config;
}

/** How a model of a release ranks that was trained before. Throws a CliError for a model that no release has. */
export function rankerOfRelease(model: RecommenderModel, name: string): Ranker {
  const [kind, stated] = name.split('@');
  const familiar = stated === undefined ? undefined : Number(stated);
  if (kind === 'popularity')
    return new ScoreRanker({ score: (_, out) => out.set(model.collaborative?.popularity ?? model.popularity) }, model.popularity.length);
  if (!SERVED.includes(kind)) throw usageError(`evaluate: "${name}": a release is ranked by popularity and by ${SERVED.join(', ')}`);
  if (kind === 'content') return new ServedRanker(new Recommender({ ...model, collaborative: undefined }), familiar);
  if (model.collaborative === undefined) throw new CliError(`evaluate: "${name}": the release has no ratings models`);
  return new ServedRanker(
    new Recommender(model, { rerank: kind === RERANKED }),
    familiar,
    kind === 'hybrid-diverse' ? 'DIVERSE' : 'FOR_YOU',
  );
}

function byScore(training: TrainingSet, scorer: Scores): Ranker {
  return new ScoreRanker(scorer, training.movies);
}

async function twoTowerModel(training: TrainingSet, setup: ModelSetup): Promise<Ranker> {
  const { fitted, movies } = fitContent(training, setup, setup.config);
  return byScore(training, new TwoTower(await trainTwoTower(training.likes, fitted.matrix, voteFeaturesOf(movies), TWO_TOWER, setup.run)));
}

/** The recommender of a content-only release, as it is served. */
function contentModel(training: TrainingSet, setup: ModelSetup, config: ModelConfig, familiar?: number): Ranker {
  return new ServedRanker(new Recommender(fitContent(training, setup, config).model), familiar);
}

function fitContent(
  { likes, movies }: TrainingSet,
  { catalog, hidesLikes }: ModelSetup,
  config: ModelConfig,
): Pick<FittedContent, 'fitted' | 'model' | 'movies'> {
  if (catalog === undefined) throw new CliError('evaluate: the content models need a merged catalog; name it with --catalog');
  if (!hidesLikes) return fitReleaseContent(catalog, config);
  const popularity = popularityOf({ counts: likeCounts(likes, movies) });
  const { genreNames } = genresOf(catalog);
  const fitted = buildFeatureMatrix(catalog, config);
  return { movies: catalog, fitted, model: assembleContentModel(fitted, popularity, genreNames, config) };
}

/**
 * The recommender of a hybrid release, as it is served in a mode. Its blend weights are chosen on the validation users. Without validation users
 * they are chosen on some training users, as `train` does. Without a catalog it has no content.
 */
async function hybridModel(training: TrainingSet, setup: ModelSetup, mode: Mode, familiar?: number, rerank = false): Promise<Ranker> {
  let model = trainedHybrids.get(training);
  if (model === undefined) {
    model = trainHybridModel(training, setup);
    trainedHybrids.set(training, model);
  }
  return new ServedRanker(new Recommender(await model, { rerank }), familiar, mode);
}

/** One training serves all modes and settings of `familiar`, with and without the second look. */
const trainedHybrids = new WeakMap<TrainingSet, Promise<RecommenderModel>>();

async function trainHybridModel(training: TrainingSet, setup: ModelSetup): Promise<RecommenderModel> {
  const { hyper, run, validation } = setup;
  const catalog = setup.catalog ?? Array.from({ length: training.movies }, (_, row) => unknownMovie(row));
  const content = fitContent(training, { ...setup, catalog }, setup.config);
  const { model } = content;
  const eligible = countEligible(training.likes);
  if (validation.length === 0 && eligible < MIN_USERS)
    throw new CliError(
      `evaluate: hybrid needs ${MIN_USERS} training users with ${MIN_LIKES} likes to choose its weights, found ${eligible}; give more ratings`,
    );
  if (validation.length === 0) {
    const { collaborative } = await trainHybrid({ content, likes: training.likes, hyper, run, checkpointOf: () => undefined });
    return { ...model, collaborative };
  }
  const models = await trainRatingsModels(training.likes, content, hyper, run);
  const counts = likeCounts(training.likes, training.movies);
  const blended = await withBlend(models, model, validation, counts, hyper, run);
  return { ...model, collaborative: withSecondLook(blended, content, validation, counts, hyper, run) };
}

/** A movie without metadata. */
function unknownMovie(movieId: number): CatalogRow {
  const noNumbers = { imdbId: null, tmdbId: null, year: null, runtime: null, ratingAverage: null, popularity: null, voteAverage: null };
  const noWords = {
    title: '',
    collection: '',
    overview: '',
    originalLanguage: '',
    certification: '',
    posterPath: '',
    originalTitle: '',
    status: '',
    trailerKey: '',
  };
  const noLists = {
    alternativeTitles: [],
    genres: [],
    keywords: [],
    directors: [],
    cast: [],
    services: [],
    offers: [],
    countries: [],
    companies: [],
    spokenLanguages: [],
    people: [],
  };
  return { movieId, ...noNumbers, ...noWords, ...noLists, runtimeMissing: true, ratingCount: 0, voteCount: 0 };
}

/** The simplest content model: the cosine of a movie's features and the mean features of the liked movies. */
function plainCosine(config: ModelConfig): ModelConfig {
  return { ...config, similarity: 'cosine', popularity: { forYou: 0, trending: 0, withoutTaste: 0, similar: 0 } };
}
