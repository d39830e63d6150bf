import { yearsOf } from '../../../pipeline/training/build-release.ts';
import { generatedHybrid } from '../../../test/generated-collaborative-model.ts';
import { generatedMovies } from '../../../test/generated-movies.ts';
import { generatedSecondLook } from '../../../test/generated-second-look.ts';
import { releaseInMemory, shippedConfig } from '../../../test/release-in-memory.ts';
import { ContentScorer } from './content/content-scorer.ts';
import { ContentWorkspace } from './content/content-workspace.ts';
import { HybridScorer } from './hybrid/hybrid-scorer.ts';
import { HybridWorkspace } from './hybrid/hybrid-workspace.ts';
import { RerankedScorer } from './hybrid/reranked-scorer.ts';
import { SimilarScorer } from './hybrid/similar-scorer.ts';
import { readRecommenderModel } from './model.ts';
import { scorerContract } from './scorer.contract.ts';

// As many as the second look orders, so a reranked list is sorted.
const COUNT = 300;
const movies = generatedMovies(COUNT);
const model = readRecommenderModel(releaseInMemory(movies, shippedConfig('default'), generatedHybrid(COUNT)));
if (model.collaborative === undefined) throw new Error('the release has no ratings models');
const content = new ContentWorkspace(model);
const hybrid = new HybridWorkspace(content, model.collaborative);
const genres = model.genreColumns.length;

scorerContract('content', COUNT, genres, (profile) => new ContentScorer(content, profile, 0.25));
scorerContract('hybrid', COUNT, genres, (profile) => new HybridScorer(hybrid, profile, 0.1));
const boosts = Float64Array.from({ length: COUNT }, (_, row) => ((row % 7) - 3) / 10);
scorerContract('content with boosts', COUNT, genres, (profile) => new ContentScorer(content, profile, 0.25, undefined, boosts));
scorerContract('hybrid with boosts', COUNT, genres, (profile) => new HybridScorer(hybrid, profile, 0.1, boosts));
scorerContract('similar movies', COUNT, genres, ({ liked }) => new SimilarScorer(hybrid, liked[0]));
const secondLook = generatedSecondLook(yearsOf(movies));
const scratch = new Float64Array(COUNT);
scorerContract('hybrid with a second look', COUNT, genres, (profile) => {
  return new RerankedScorer(new HybridScorer(hybrid, profile, 0.1, boosts), secondLook, scratch);
});
