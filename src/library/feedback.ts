import { requireWriter } from '../graphql/authorization.ts';
import type { RequestContext } from '../graphql/context.ts';
import type { FeedbackSignalValue } from '../graphql/library/library.input.ts';
import { MAX_IDS } from '../graphql/limits/list-caps.ts';
import type { Movie } from '../graphql/movie/movie.type.ts';
import type { Signal } from './library-store.ts';
import { readMovieId, unknownMovie } from './movie-record.ts';
import { mapQuotaError } from './watchlist.ts';

export async function setFeedback(context: RequestContext, id: string, signal: FeedbackSignalValue): Promise<Movie> {
  const { userId } = await requireWriter(context);
  const movieId = readMovieId(id, 'movieId');
  const index = context.snapshot.catalog.indexOf(id);
  if (index === undefined) throw unknownMovie(id, 'movieId');
  const said = signal === 'NONE' ? null : signal;
  await mapQuotaError(context.library.setFeedback(userId, movieId, said, new Date()), 'movieId');
  context.loaders.viewerFeedback.clear(movieId).prime(movieId, said);
  return context.loaders.movie.load(index);
}

export async function clearFeedback(context: RequestContext): Promise<void> {
  const { userId } = await requireWriter(context);
  await context.library.clearFeedback(userId);
  context.loaders.viewerFeedback.clearAll();
}

/** The movies of this catalogue that the viewer said `signal` of, latest first. */
export async function moviesWithFeedback({ library, snapshot, loaders }: RequestContext, userId: string, signal: Signal): Promise<Movie[]> {
  const said = await library.allFeedback(userId);
  const indices = said
    .filter((item) => item.signal === signal)
    .map(({ movieId }) => snapshot.catalog.indexOf(String(movieId)))
    .filter((index) => index !== undefined);
  return Promise.all(indices.slice(0, MAX_IDS).map((index) => loaders.movie.load(index)));
}
