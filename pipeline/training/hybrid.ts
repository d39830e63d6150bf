import type { CollaborativeModel } from '../../src/engine/recommender/collaborative/collaborative-model.ts';
import { FactorModel } from '../../src/engine/recommender/collaborative/factor-model.ts';
import type { ContentModel } from '../../src/engine/recommender/content/content-model.ts';
import { ContentScorer } from '../../src/engine/recommender/content/content-scorer.ts';
import { ContentWorkspace } from '../../src/engine/recommender/content/content-workspace.ts';
import { contentWeight, likeNormalizer, meanPopularity } from '../../src/engine/recommender/hybrid/blend.ts';
import type { HybridModel } from '../../src/engine/recommender/hybrid/hybrid-model.ts';
import { popularityOf } from '../../src/engine/recommender/popularity.ts';
import { type Likes, likeCounts } from '../data/likes.ts';
import type { HeldOutUser } from '../evaluation/split.ts';
import { withColdFactors } from '../models/cold-start/cold-factors.ts';
import { voteFeaturesOf } from '../models/cold-start/vote-features.ts';
import { trainEase } from '../models/ease/ease-trainer.ts';
import { ialsFactors } from '../models/ials/ials-trainer.ts';
import type { ImportedFactors } from '../models/ials/imported-factors.ts';
import type { Checkpoint } from '../models/parallel/checkpoint.ts';
import type { TrainingRun } from '../models/parallel/training-run.ts';
import { searchBlend } from './blend-search.ts';
import type { FittedContent } from './build-release.ts';
import type { RatingsModelsConfig } from './ratings-models-config.ts';

/**
 * EASE for who has told much and for who has told little, iALS (or the vectors that were `given`) and popularity, of these likes; and vectors for every movie,
 * from its features and votes where it has no likes.
 */
export async function trainRatingsModels(
  likes: Likes,
  { fitted: { matrix }, movies: catalogue }: Pick<FittedContent, 'fitted' | 'movies'>,
  hyper: RatingsModelsConfig,
  run: TrainingRun,
  checkpointOf: (model: string) => Checkpoint | undefined = () => undefined,
  given?: ImportedFactors,
): Promise<CollaborativeModel> {
  const movies = matrix.rows;
  const ease = await trainEase(likes, movies, hyper.ease, { ...run, checkpoint: checkpointOf('ease') });
  const fewLikes = await trainEase(likes, movies, hyper.fewLikes, { ...run, checkpoint: checkpointOf('fewLikes') });
  const ials = { ...hyper.ials, ...hyper.hybrid };
  const trained = given?.parameters ?? (await ialsFactors(likes, movies, ials, { ...run, checkpoint: checkpointOf('ials') }));
  const counts = likeCounts(likes, movies);
  // A given vector stands for likes that this file may not have, and is taken as it is.
  const known = given === undefined ? counts : counts.map((count, movie) => Math.max(count, given.isGiven[movie]));
  const cold = given === undefined ? hyper.coldFactors : { ...hyper.coldFactors, priorLikes: 0 };
  const task = run.progress.start({ label: 'cold films', total: 2 * cold.iterations, unit: 'steps' });
  const factors = withColdFactors(trained, matrix, known, cold, voteFeaturesOf(catalogue), (step) => task.update(step));
  task.end();
  return {
    ease,
    sparseProfileEase: fewLikes,
    factors: FactorModel.of(factors),
    popularity: popularityOf({ counts: known }),
  };
}

/** Learns the weights on validation users, whom `models` and the content model must not know. */
export function withBlend(
  models: CollaborativeModel,
  content: ContentModel,
  cases: readonly HeldOutUser[],
  { similar }: RatingsModelsConfig,
  { progress }: TrainingRun,
): HybridModel {
  const { ease, sparseProfileEase, factors, popularity } = models;
  const movies = content.features.rows;
  const candidates = Uint32Array.from({ length: movies }, (_, row) => row).filter((row) => popularity[row] > 0);
  const contentOf = contentScores(content, candidates);
  const scratch = new Float64Array(content.features.columns);
  const task = progress.start({ label: 'blend', unit: 'numbers of likes' });
  const blend = searchBlend({
    parts: {
      ease: (likes, scores) => ease.score(likes, scores, likeNormalizer(likes.length)),
      fewLikes: (likes, scores) => sparseProfileEase.score(likes, scores, likeNormalizer(likes.length)),
      factors: (likes, scores) => factors.score(likes, scores),
      content: (likes, scores) => contentOf(likes, scores, contentWeight(content, likes, scratch)),
      popularity: (likes, scores) => {
        const known = meanPopularity(popularity, likes);
        for (let row = 0; row < movies; row++) scores[row] = known * popularity[row];
      },
    },
    cases,
    candidates,
    movies,
    contentSpread(likes, ofContent, rows) {
      const trust = contentWeight(content, likes, scratch);
      const scores = Float64Array.from(rows, (row) => ofContent[row] / trust)
        .sort()
        .reverse();
      return scores.length === 0 ? 0 : scores[0] - scores[Math.min(99, scores.length - 1)];
    },
    progress: (done) => task.update(done),
  });
  task.end();
  return { ...models, blend, similar };
}

/** The FOR_YOU content scores of these rows, for a viewer with these likes and nothing else, times a weight. */
function contentScores(model: ContentModel, rows: Uint32Array): (likes: Uint32Array, out: Float64Array, weight: number) => void {
  const workspace = new ContentWorkspace(model);
  const scores = new Float64Array(rows.length);
  return (likes, out, weight) => {
    new ContentScorer(workspace, { liked: [...likes], disliked: [], genres: [] }, model.config.popularity.forYou).score(rows, scores);
    for (let n = 0; n < rows.length; n++) out[rows[n]] = weight * scores[n];
  };
}
