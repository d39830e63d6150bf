import { likeNormalizer, meanPopularity } from '../../src/engine/recommender/blend.ts';
import type { CollaborativeModel } from '../../src/engine/recommender/collaborative/collaborative-model.ts';
import { FactorModel } from '../../src/engine/recommender/collaborative/factor-model.ts';
import type { ContentModel } from '../../src/engine/recommender/model.ts';
import { contentWeight, profileShares, writeProfile } from '../../src/engine/recommender/profile.ts';
import { profileOf, Scorer } from '../../src/engine/recommender/scorer.ts';
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

/** The models of a hybrid, without the blend weights. */
export type RatingsModels = Pick<CollaborativeModel, 'ease' | 'sparseProfileEase' | 'factors' | 'popularity'>;

/**
 * Trains the ratings models of a hybrid: EASE for large and for small profiles, iALS (or the imported factors) and popularity.
 * Movies without likes get vectors from their features and votes.
 */
export async function trainRatingsModels(
  likes: Likes,
  { fitted: { matrix }, movies: catalog }: Pick<FittedContent, 'fitted' | 'movies'>,
  hyper: RatingsModelsConfig,
  run: TrainingRun,
  checkpointOf: (model: string) => Checkpoint | undefined = () => undefined,
  imported?: ImportedFactors,
): Promise<RatingsModels> {
  const movies = matrix.rows;
  const ease = await trainEase(likes, movies, hyper.ease, { ...run, checkpoint: checkpointOf('ease') });
  // The name of the checkpoint file: an earlier version of the pipeline may have left one.
  const sparseRun = { ...run, checkpoint: checkpointOf('fewLikes') };
  const sparseProfileEase = await trainEase(likes, movies, hyper.sparseProfileEase, sparseRun);
  const ials = { ...hyper.ials, ...hyper.hybrid };
  const trained = imported?.parameters ?? (await ialsFactors(likes, movies, ials, { ...run, checkpoint: checkpointOf('ials') }));
  const counts = likeCounts(likes, movies);
  // An imported vector comes from likes that the ratings file may not have, so it is used unchanged.
  const known = imported === undefined ? counts : counts.map((count, movie) => Math.max(count, imported.hasVector[movie]));
  const cold = imported === undefined ? hyper.coldFactors : { ...hyper.coldFactors, shrinkage: 0 };
  const task = run.progress.start({ label: 'cold movies', total: 2 * cold.iterations, unit: 'steps' });
  const factors = withColdFactors(trained, matrix, known, cold, voteFeaturesOf(catalog), (step) => task.update(step));
  task.end();
  return {
    ease,
    sparseProfileEase,
    factors: FactorModel.of(factors),
    popularity: popularityOfLikes(known),
  };
}

/** ln(1 + likes), divided by the largest value. */
export function popularityOfLikes(counts: Uint32Array): Float32Array {
  const largest = Math.log1p(counts.reduce((a, b) => Math.max(a, b), 0));
  return Float32Array.from(counts, (count) => (largest === 0 ? 0 : Math.log1p(count) / largest));
}

/** Chooses the blend weights on validation users. Neither the models nor the content model may be trained on these users. */
export function withBlend(
  models: RatingsModels,
  content: ContentModel,
  cases: readonly HeldOutUser[],
  { similar }: RatingsModelsConfig,
  { progress }: TrainingRun,
): CollaborativeModel {
  const { ease, sparseProfileEase, factors, popularity } = models;
  const movies = content.features.rows;
  const candidates = Uint32Array.from({ length: movies }, (_, row) => row).filter((row) => popularity[row] > 0);
  const contentOf = contentScorer(content, candidates);
  const scratch = new Float64Array(content.features.columns);
  const task = progress.start({ label: 'blend', unit: 'profile sizes' });
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
      const weight = contentWeight(content, likes, scratch);
      const scores = Float64Array.from(rows, (row) => ofContent[row] / weight)
        .sort()
        .reverse();
      return scores.length === 0 ? 0 : scores[0] - scores[Math.min(99, scores.length - 1)];
    },
    progress: (done) => task.update(done),
  });
  task.end();
  return { ...models, blend, similar };
}

/** Scores of the content model for a user with these likes and no other preferences, times a weight, for the rows `rows`. */
function contentScorer(model: ContentModel, rows: Uint32Array): (likes: Uint32Array, out: Float64Array, weight: number) => void {
  const scorer = new Scorer(model.features, model.normalizers, model.popularity);
  const profile = new Float64Array(model.features.columns);
  const { forYou } = model.config.popularity;
  const scores = new Float64Array(rows.length);
  return (likes, out, weight) => {
    const user = { liked: [...likes], disliked: [], genres: [] };
    const norm = writeProfile(model, user, profileShares(model, user), () => profile, profile.fill(0));
    scorer.write(scorer.dots(profileOf(profile), rows), norm, rows, forYou, scores);
    for (let n = 0; n < rows.length; n++) out[rows[n]] = weight * scores[n];
  };
}
