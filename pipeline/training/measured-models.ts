import type { CatalogRow } from '../../src/engine/features/catalog-row.ts';
import type { FeatureConfig } from '../../src/engine/features/feature-config.ts';
import { buildFeatureMatrix } from '../../src/engine/features/feature-matrix.ts';
import { assembleModel } from '../../src/engine/recommender/model.ts';
import { popularityOf } from '../../src/engine/recommender/popularity.ts';
import { Recommender } from '../../src/engine/recommender/recommender.ts';
import { CliError, usageError } from '../cli/cli-error.ts';
import { didYouMean } from '../cli/did-you-mean.ts';
import { likeCounts } from '../data/likes.ts';
import { type Ranker, ScoreRanker, type Scores, ServedRanker } from '../evaluation/ranker.ts';
import { type HeldOutUser, MIN_LIKES, type TrainingSet } from '../evaluation/split.ts';
import { trainEase } from '../models/ease/ease-trainer.ts';
import { trainIals } from '../models/ials/ials-trainer.ts';
import { trainItemKnn } from '../models/item-knn.ts';
import type { TrainingRun } from '../models/parallel/training-run.ts';
import { decayedLikes, PopularityScorer } from '../models/popularity/popularity.ts';
import type { FittedContent } from './build-release.ts';
import { trainRatingsModels, withBlend } from './hybrid.ts';
import type { RatingsModelsConfig } from './ratings-models-config.ts';
import { countEligible, MIN_USERS, trainHybrid } from './train-hybrid.ts';

/** What a model may ask for besides likes. */
export interface ModelContext {
  /** Row i is movie i of the training set; undefined when no catalogue was named. */
  catalogue: readonly CatalogRow[] | undefined;
  /** The feature config that the server is trained with by default. */
  config: FeatureConfig;
  /** On these a blend may choose its weights. */
  validation: readonly HeldOutUser[];
  hyper: RatingsModelsConfig;
  run: TrainingRun;
}

export type TrainForEvaluation = (training: TrainingSet, context: ModelContext) => Ranker | Promise<Ranker>;

/** Every model that can be measured, by the name that --models takes. Each is trained on the training set alone. */
export const MODELS: Readonly<Record<string, TrainForEvaluation>> = {
  popularity: (training) => byScore(training, new PopularityScorer(decayedLikes(training, Number.POSITIVE_INFINITY))),
  'recent-popularity': (training, { hyper }) =>
    byScore(training, new PopularityScorer(decayedLikes(training, hyper.recentPopularity.halfLifeDays))),
  'item-knn': (training, { hyper }) => byScore(training, trainItemKnn(training.likes, training.movies, hyper.itemKnn)),
  ease: async (training, { hyper, run }) => byScore(training, await trainEase(training.likes, training.movies, hyper.ease, run)),
  ials: async (training, { hyper, run }) => byScore(training, await trainIals(training.likes, training.movies, hyper.ials, run)),
  content: (training, context) => contentModel(training, context, context.config),
  hybrid: hybridModel,
  'content-cosine': (training, context) => contentModel(training, context, cosineAlone(context.config)),
};

/** The models of a comma-separated list; popularity is always the first, since a figure without it says little. */
export function chosenModels(names: string): string[] {
  const chosen = new Set(['popularity', ...names.split(',').map((name) => name.trim())]);
  for (const name of chosen) {
    if (Object.hasOwn(MODELS, name)) continue;
    const near = didYouMean(name, Object.keys(MODELS));
    throw usageError(
      `evaluate: there is no model "${name}"${near === undefined ? '' : `, did you mean ${near}?`}; there are ${Object.keys(MODELS).join(', ')}`,
    );
  }
  return [...chosen];
}

function byScore(training: TrainingSet, scorer: Scores): Ranker {
  return new ScoreRanker(scorer, training.movies);
}

/** The recommender of a set without ratings models, as it is served; what it knows of popularity comes from the training likes. */
function contentModel(training: TrainingSet, context: ModelContext, config: FeatureConfig): Ranker {
  return new ServedRanker(new Recommender(fitContent(training, context, config).model));
}

function fitContent(
  { likes, movies }: TrainingSet,
  { catalogue }: ModelContext,
  config: FeatureConfig,
): Pick<FittedContent, 'fitted' | 'model' | 'movies'> {
  if (catalogue === undefined) throw new CliError('the content models need to know the films; name a merged catalogue with --catalogue');
  const attention = Array.from(likeCounts(likes, movies), (count) => ({ count, average: null }));
  const genres = [...new Set(catalogue.flatMap((movie) => movie.genres))].sort();
  const fitted = buildFeatureMatrix(catalogue, config);
  return { movies: catalogue, fitted, model: assembleModel(fitted, popularityOf(attention), genres, config) };
}

/**
 * The recommender of a set with ratings models, as it is served. Its weights are learned on the validation users; where there are none, as when a set is
 * trained: on some of the training users, whom the models then learn from too. Without a catalogue it knows nothing of content.
 */
async function hybridModel(training: TrainingSet, context: ModelContext): Promise<Ranker> {
  const { hyper, run, validation } = context;
  const catalogue = context.catalogue ?? Array.from({ length: training.movies }, (_, row) => unknownMovie(row));
  const content = fitContent(training, { ...context, catalogue }, context.config);
  const { model } = content;
  const eligible = countEligible(training.likes);
  if (validation.length === 0 && eligible < MIN_USERS)
    throw new CliError(
      `hybrid: ${eligible} training users with ${MIN_LIKES} likes, on whom its weights are chosen too; it takes ${MIN_USERS}`,
    );
  const { collaborative } =
    validation.length === 0
      ? await trainHybrid({ content, likes: training.likes, hyper, run, checkpointOf: () => undefined })
      : { collaborative: withBlend(await trainRatingsModels(training.likes, content, hyper, run), model, validation, hyper, run) };
  return new ServedRanker(new Recommender({ ...model, collaborative }));
}

/** A movie of which nothing but its row is known. */
function unknownMovie(movieId: number): CatalogRow {
  const nothing = { imdbId: null, tmdbId: null, year: null, runtime: null, ratingAverage: null, popularity: null, voteAverage: null };
  const noWords = { title: '', overview: '', originalLanguage: '', certification: '', posterPath: '' };
  const noLists = { alternativeTitles: [], genres: [], keywords: [], directors: [], cast: [], services: [] };
  return { movieId, ...nothing, ...noWords, ...noLists, runtimeMissing: true, ratingCount: 0, voteCount: 0 };
}

/** The plainest content model: the cosine of a film's features with the mean of the liked films', and nothing else. */
function cosineAlone(config: FeatureConfig): FeatureConfig {
  return { ...config, similarity: 'cosine', popularity: { forYou: 0, trending: 0, withoutTaste: 0, similar: 0 } };
}
