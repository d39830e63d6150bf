import type { MovieIndex } from '../catalog/catalog.ts';
import type { RequestContext } from '../graphql/context.ts';
import { Recommendation } from '../graphql/recommendation/recommendation.type.ts';
import { checkedFirst } from '../list-caps.ts';
import { Explanation } from './explanation.ts';

export function similarMovies({ snapshot, rankings, deadline }: RequestContext, index: MovieIndex, first: number): Recommendation[] {
  const limit = checkedFirst(first);
  deadline.check();
  const { catalog, recommender } = snapshot;
  const explanation = new Explanation(catalog, recommender.popularity, { preferredGenres: [], services: [], similarTo: index });
  const begun = performance.now();
  const similar = recommender.similar(index, limit);
  rankings.computed('similar', (performance.now() - begun) / 1_000);
  return similar.map((ranked) => new Recommendation(ranked, explanation));
}
