import { readFilter, readLabels } from '../../catalog/filter-arguments.ts';
import { InputError } from '../../input-error.ts';
import { checkedFirst } from '../../list-caps.ts';
import { canonicalHash } from '../../recommendations/cache/canonical-hash.ts';
import type { RequestContext } from '../context.ts';
import { decodeCursor, encodeCursor } from '../paging/cursor.ts';
import { type Page, pageOf } from '../paging/page.ts';
import type { MovieFilterInput } from './movie.input.ts';
import type { Movie } from './movie.type.ts';

const MAX_QUERY = 200;

export interface MovieSearchArguments {
  query: string;
  filter: MovieFilterInput | null | undefined;
  first: number;
  after: string | null | undefined;
}

export async function searchMovies({ snapshot, loaders }: RequestContext, search: MovieSearchArguments): Promise<Page<Movie>> {
  const { catalog, filters } = snapshot;
  const first = checkedFirst(search.first);
  if (search.query.length > MAX_QUERY) {
    throw new InputError('query', `has ${search.query.length} characters; at most ${MAX_QUERY} are allowed`, { max: MAX_QUERY });
  }
  const given = search.filter ?? {};
  const filter = {
    ...readFilter(catalog, given, 'filter'),
    genres: readLabels(given.genres, 'genre', catalog.genres, 'filter.genres'),
    genreMatch: 'ANY' as const,
  };
  const key = canonicalHash({ query: search.query, ...filter });
  const offset = search.after === null || search.after === undefined ? 0 : decodeCursor(search.after, catalog.version, key, catalog.size);
  const { total, movies } = await snapshot.search.search(search.query, filters.candidates(filter), offset, first);
  const nodes = await Promise.all(movies.map((index) => loaders.movie.load(index)));
  return pageOf(nodes, offset, total, (place) => encodeCursor(catalog.version, key, place));
}
