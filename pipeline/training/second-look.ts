import { Bitset } from '../../src/engine/linalg/bitset.ts';
import { ContentWorkspace } from '../../src/engine/recommender/content/content-workspace.ts';
import type { HybridModel } from '../../src/engine/recommender/hybrid/hybrid-model.ts';
import { HybridScorer } from '../../src/engine/recommender/hybrid/hybrid-scorer.ts';
import { HybridWorkspace } from '../../src/engine/recommender/hybrid/hybrid-workspace.ts';
import { CANDIDATES } from '../../src/engine/recommender/hybrid/reranked-scorer.ts';
import { SecondLookFeatures } from '../../src/engine/recommender/hybrid/second-look-features.ts';
import { derivedSeed } from '../data/random.ts';
import { shuffledLikes } from '../evaluation/held-out-users.ts';
import { PROFILE_SIZES } from '../evaluation/measure.ts';
import { targetWeight } from '../evaluation/popularity-strata.ts';
import type { HeldOutUser } from '../evaluation/split.ts';
import type { TrainingRun } from '../models/parallel/training-run.ts';
import { type SecondLookList, trainSecondLook } from '../models/second-look/second-look-trainer.ts';
import { type FittedContent, yearsOf } from './build-release.ts';
import type { RatingsModelsConfig } from './ratings-models-config.ts';

/** Bounds memory: a list of 300 candidates takes 12 kB. */
const MAX_LISTS = 10_000;
const MAX_SHUFFLES = 3;
const RELEVANT_SHARE = 0.2;
const DEPTH = 100;

/**
 * The hybrid with a second look, when the config has one. It is trained on the validation users that chose the blend, with the lists of the
 * neutral setting.
 */
export function withSecondLook(
  collaborative: HybridModel,
  { model: content, movies }: Pick<FittedContent, 'model' | 'movies'>,
  users: readonly HeldOutUser[],
  likeCounts: ArrayLike<number>,
  { rerank }: RatingsModelsConfig,
  { progress, signal }: TrainingRun,
): HybridModel {
  if (rerank === undefined) return collaborative;
  const { stratified, ...options } = rerank;
  const years = yearsOf(movies);
  const workspace = new HybridWorkspace(new ContentWorkspace(content), collaborative);
  const scratch = new Float64Array(content.features.rows);
  const rated = Bitset.of(
    content.features.rows,
    Array.from(collaborative.popularity.keys()).filter((row) => collaborative.popularity[row] > 0),
  );
  const shuffles = Math.min(MAX_SHUFFLES, Math.floor(MAX_LISTS / (users.length * PROFILE_SIZES.length)));
  const task = progress.start({ label: 'second look', total: users.length + options.epochs, unit: 'steps' });
  const lists: SecondLookList[] = [];
  users.forEach((user, n) => {
    for (const { foldIn, relevant } of shufflesOf(user, Math.max(1, shuffles), options.seed)) {
      const candidates = rated.clone();
      for (const row of foldIn) candidates.delete(row);
      const rows = candidates.toIndices();
      const gains = gainsOf(relevant, likeCounts, stratified);
      for (const liked of profilesOf(foldIn)) {
        const scorer = new HybridScorer(workspace, { liked, disliked: [], genres: [] }, 0);
        const { indices, scores } = scorer.topK(rows, CANDIDATES);
        const features = new SecondLookFeatures(workspace, scorer.profile, years, scorer.likedTerms, scratch);
        lists.push({
          inputs: Float32Array.from(features.of(indices)),
          viewer: features.viewer,
          scores: Float32Array.from(scores),
          gains: Float32Array.from(indices, (row) => gains.get(row) ?? 0),
        });
      }
    }
    task.update(n + 1);
    signal.throwIfAborted();
  });
  const weights = trainSecondLook(lists, options, (epoch) => {
    task.update(users.length + epoch);
    signal.throwIfAborted();
  });
  task.end();
  return { ...collaborative, secondLook: weights && { weights, years } };
}

/** The user's own division of likes, and others that are drawn anew. */
function shufflesOf(user: HeldOutUser, count: number, seed: number): Pick<HeldOutUser, 'foldIn' | 'relevant'>[] {
  const known = Uint32Array.of(...user.foldIn, ...user.relevant).sort();
  return Array.from({ length: count }, (_, n) => {
    if (n === 0) return user;
    const order = shuffledLikes(known, user.userId, derivedSeed(seed, n));
    const cut = Math.floor(RELEVANT_SHARE * order.length);
    return { foldIn: order.slice(cut), relevant: order.slice(0, cut) };
  });
}

/** The profiles of the sizes that are measured, each once. */
function profilesOf(foldIn: Uint32Array): number[][] {
  const sizes = new Set(PROFILE_SIZES.map((size) => Math.min(foldIn.length, size === 'all' ? foldIn.length : Number(size))));
  return Array.from(sizes, (size) => [...foldIn.subarray(0, size)]);
}

/** What each relevant movie adds to the objective at the first place: a mean of NDCG@100 and stratified NDCG@100. */
function gainsOf(relevant: Uint32Array, likeCounts: ArrayLike<number>, stratified: number): Map<number, number> {
  const weights = Float64Array.from(relevant, (row) => targetWeight(likeCounts[row]))
    .sort()
    .reverse();
  let ideal = 0;
  let stratifiedIdeal = 0;
  for (let place = 0; place < Math.min(DEPTH, relevant.length); place++) {
    ideal += 1 / Math.log2(place + 2);
    stratifiedIdeal += weights[place] / Math.log2(place + 2);
  }
  return new Map(
    Array.from(relevant, (row) => [row, (1 - stratified) / ideal + (stratified * targetWeight(likeCounts[row])) / stratifiedIdeal]),
  );
}
