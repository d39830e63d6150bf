import { LRUCache } from 'lru-cache';
import type { MovieIndex } from '../catalog/movie-id.ts';
import type { RankedMovie } from '../engine/recommender/recommender.ts';
import type { RankingDependencies } from './dependencies.ts';
import { Explanation } from './explanation.ts';
import { measured } from './ranking.ts';
import { RecommendedMovie } from './recommended-movie.ts';
import type { Snapshot } from './snapshot.ts';

/** Ranked movies of all lists that are kept of a snapshot: some three megabytes. */
const MAX_KEPT_MOVIES = 10_000;

/** A list by the movie that it is about. They go with their snapshot, so a new version or rule never meets an old list. */
const keptLists = new WeakMap<Snapshot, LRUCache<number, KeptList>>();

interface KeptList {
  movies: readonly RankedMovie[];
  /** How many were asked for. A list with fewer has all there are. */
  limit: number;
}

/** The movies most similar to one movie, best first. The lists that were asked for last are kept. */
export function similarMovies(dependencies: RankingDependencies, index: MovieIndex, limit: number): RecommendedMovie[] {
  const { snapshot, deadline } = dependencies;
  const { catalog, recommender } = snapshot;
  deadline.check();
  const explanation = new Explanation(catalog, recommender.popularity, { preferredGenres: [], services: [], similarTo: index });
  const { movies } = keptList(dependencies, index, limit);
  return movies.slice(0, limit).map((ranked) => new RecommendedMovie(ranked, explanation));
}

function keptList(dependencies: RankingDependencies, index: MovieIndex, limit: number): KeptList {
  const { snapshot } = dependencies;
  let lists = keptLists.get(snapshot);
  if (lists === undefined) {
    lists = new LRUCache({ maxSize: MAX_KEPT_MOVIES, sizeCalculation: ({ movies }) => movies.length + 1 });
    keptLists.set(snapshot, lists);
  }
  const known = lists.get(index);
  if (known !== undefined && known.limit >= limit) return known;
  const { recommender, rules } = snapshot;
  const movies = measured(dependencies, 'similar', () => recommender.similar(index, limit, rules.hidden));
  const made = { movies, limit };
  lists.set(index, made);
  return made;
}
