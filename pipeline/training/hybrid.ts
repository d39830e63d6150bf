import type { CoLikesModel } from '../../src/engine/recommender/collaborative/co-likes-model.ts';
import type { CollaborativeModel } from '../../src/engine/recommender/collaborative/collaborative-model.ts';
import { FactorModel, type FactorParameters } from '../../src/engine/recommender/collaborative/factor-model.ts';
import { ItemSimilarity } from '../../src/engine/recommender/collaborative/item-similarity.ts';
import type { ContentModel } from '../../src/engine/recommender/content/content-model.ts';
import { ContentScorer } from '../../src/engine/recommender/content/content-scorer.ts';
import { ContentWorkspace } from '../../src/engine/recommender/content/content-workspace.ts';
import { contentWeight, likeNormalizer, meanPopularity } from '../../src/engine/recommender/hybrid/blend.ts';
import type { HybridModel } from '../../src/engine/recommender/hybrid/hybrid-model.ts';
import { popularityOf } from '../../src/engine/recommender/popularity.ts';
import { type Likes, likeCounts } from '../data/likes.ts';
import type { HeldOutUser } from '../evaluation/split.ts';
import { trainCoLikes } from '../models/co-likes.ts';
import { withColdFactorsByThreads } from '../models/cold-start/cold-factors.ts';
import { voteFeaturesOf } from '../models/cold-start/vote-features.ts';
import { trainEase } from '../models/ease/ease-trainer.ts';
import { ialsFactors } from '../models/ials/ials-trainer.ts';
import type { ImportedFactors } from '../models/ials/imported-factors.ts';
import type { Checkpoint } from '../models/parallel/checkpoint.ts';
import { type KeptState, stateSections } from '../models/parallel/kept-state.ts';
import type { TrainingRun } from '../models/parallel/training-run.ts';
import { searchBlend } from './blend-search.ts';
import type { FittedContent } from './build-release.ts';
import type { RatingsModelsConfig } from './ratings-models-config.ts';

/**
 * Trains the ratings models of a hybrid: EASE for large and for small profiles, iALS (or the imported factors) and popularity.
 * Movies without likes get vectors from their features and votes.
 */
export async function trainRatingsModels(
  likes: Likes,
  content: Pick<FittedContent, 'fitted' | 'movies'>,
  hyper: RatingsModelsConfig,
  run: TrainingRun,
  checkpointOf: (model: string) => Checkpoint | undefined = () => undefined,
  imported?: ImportedFactors,
  keep?: (sections: KeptState) => void,
): Promise<CollaborativeModel> {
  const movies = content.fitted.matrix.rows;
  const runOf = (model: string): TrainingRun => ({
    ...run,
    checkpoint: checkpointOf(model),
    keep: keep && ((state) => keep(stateSections(model, state))),
  });
  const ease = await trainEase(likes, movies, hyper.ease, runOf('ease'));
  // The name of the checkpoint file: an earlier version of the pipeline may have left one.
  const sparseProfileEase = await trainEase(likes, movies, hyper.sparseProfileEase, runOf('fewLikes'));
  const ials = { ...hyper.ials, ...hyper.hybrid };
  const trained = imported?.parameters ?? (await ialsFactors(likes, movies, ials, runOf('ials')));
  const known = knownLikes(likes, movies, imported);
  return { ease, sparseProfileEase, ...(await summedModels(likes, content, trained, known, hyper, run, imported)) };
}

/** The models that are sums over the likes, and the trained vectors with those of movies without likes. */
export async function summedModels(
  likes: Likes,
  { fitted: { matrix }, movies: catalog }: Pick<FittedContent, 'fitted' | 'movies'>,
  trained: FactorParameters,
  known: Uint32Array,
  hyper: RatingsModelsConfig,
  run: TrainingRun,
  imported?: ImportedFactors,
): Promise<Pick<CollaborativeModel, 'factors' | 'popularity'> & { coLikes: CoLikesModel }> {
  const coLikesTask = run.progress.start({ label: 'co-likes', unit: 'movies' });
  const coLikes = trainCoLikes(likes, matrix.rows, hyper.coLikes, (done) => coLikesTask.update(done));
  coLikesTask.end();
  // An imported vector is used unchanged.
  const cold = imported === undefined ? hyper.coldFactors : { ...hyper.coldFactors, shrinkage: 0 };
  const task = run.progress.start({ label: 'cold movies', total: 2 * cold.iterations, unit: 'steps' });
  const factors = await withColdFactorsByThreads(trained, matrix, known, cold, voteFeaturesOf(catalog), run.threads, (step) =>
    task.update(step),
  );
  task.end();
  return { factors: FactorModel.of(factors), popularity: popularityOf({ counts: known }), coLikes };
}

/** Likes of each movie. An imported vector comes from likes that the ratings file may not have: its movie has one at least. */
export function knownLikes(likes: Likes, movies: number, imported: ImportedFactors | undefined): Uint32Array {
  const counts = likeCounts(likes, movies);
  return imported === undefined ? counts : counts.map((count, movie) => Math.max(count, imported.hasVector[movie]));
}

/** Chooses the blend weights on validation users. Neither the models nor the content model may be trained on these users. */
export async function withBlend(
  models: CollaborativeModel,
  content: ContentModel,
  cases: readonly HeldOutUser[],
  likeCounts: ArrayLike<number>,
  { similar }: RatingsModelsConfig,
  { progress, threads, signal }: TrainingRun,
): Promise<HybridModel> {
  const { ease, sparseProfileEase, factors, popularity, coLikes } = models;
  const movies = content.features.rows;
  const candidates = Uint32Array.from({ length: movies }, (_, row) => row).filter((row) => popularity[row] > 0);
  const similarity = new ItemSimilarity(models, similar.damping);
  const contentOf = contentScores(content, candidates);
  const scratch = new Float64Array(content.features.columns);
  const task = progress.start({ label: 'blend', unit: 'profile sizes' });
  const blend = await searchBlend({
    parts: {
      ease: (likes, scores) => ease.score(likes, scores, likeNormalizer(likes.length)),
      fewLikes: (likes, scores) => sparseProfileEase.score(likes, scores, likeNormalizer(likes.length)),
      factors: (likes, scores) => factors.score(likes, scores),
      coLikes: (likes, scores) => coLikes?.score(likes, scores, 1 / likes.length),
      itemSimilarity(likes, scores) {
        const { vector } = similarity.towards(likes);
        similarity.add(
          vector.map((value) => value / likes.length),
          candidates,
          scores,
        );
      },
      content: (likes, scores) => contentOf(likes, scores, contentWeight(content, likes, scratch)),
      popularity: (likes, scores) => {
        const known = meanPopularity(popularity, likes);
        for (let row = 0; row < movies; row++) scores[row] = known * popularity[row];
      },
      tilt: (_, scores) => scores.set(popularity),
    },
    cases,
    likeCounts,
    candidates,
    movies,
    contentSpread(likes, ofContent, rows) {
      const weight = contentWeight(content, likes, scratch);
      const scores = Float64Array.from(rows, (row) => ofContent[row] / weight)
        .sort()
        .reverse();
      return scores.length === 0 ? 0 : scores[0] - scores[Math.min(99, scores.length - 1)];
    },
    progress: (done) => task.update(done),
    threads,
    signal,
  });
  task.end();
  return { ...models, blend, similar };
}

/** Scores of the content model for a user with these likes and no other preferences, times a weight, for the rows `rows`. */
function contentScores(model: ContentModel, rows: Uint32Array): (likes: Uint32Array, out: Float64Array, weight: number) => void {
  const workspace = new ContentWorkspace(model);
  const scores = new Float64Array(rows.length);
  return (likes, out, weight) => {
    new ContentScorer(workspace, { liked: [...likes], disliked: [], genres: [] }, model.config.popularity.forYou).score(rows, scores);
    for (let n = 0; n < rows.length; n++) out[rows[n]] = weight * scores[n];
  };
}
