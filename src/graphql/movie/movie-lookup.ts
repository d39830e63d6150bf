import { checkLength, MAX_IDS } from '../../list-caps.ts';
import type { RequestContext } from '../context.ts';
import type { Movie } from './movie.type.ts';

export async function movieById({ snapshot, loaders }: RequestContext, id: string): Promise<Movie | null> {
  const index = snapshot.catalog.indexOf(id);
  return index === undefined ? null : loaders.movie.load(index);
}

export async function moviesById(context: RequestContext, ids: string[]): Promise<(Movie | null)[]> {
  checkLength('ids', ids, MAX_IDS);
  return Promise.all(ids.map((id) => movieById(context, id)));
}
