import type { MovieIndex } from '../catalog/movie-id.ts';
import { MAX_IDS } from '../list-caps.ts';
import type { LibraryDependencies, Viewer } from './dependencies.ts';
import { readMovieId, unknownMovie } from './movie-record.ts';
import { mapQuotaError, quotaOf } from './quota-error.ts';
import type { Signal } from './signal.ts';

/** Sets the feedback on a movie, or clears it when `signal` is null. Returns the movie. */
export async function setFeedback(
  { library, snapshot: { catalog } }: LibraryDependencies,
  viewer: Viewer,
  id: string,
  signal: Signal | null,
): Promise<MovieIndex> {
  const movieId = readMovieId(catalog, id, 'movieId');
  const index = catalog.indexOf(id);
  if (index === undefined) throw unknownMovie(id, 'movieId');
  await mapQuotaError(library.setFeedback(viewer.userId, movieId, signal, new Date(), quotaOf(viewer)), 'movieId');
  return index;
}

export function clearFeedback({ library }: Pick<LibraryDependencies, 'library'>, { userId }: Viewer): Promise<void> {
  return library.clearFeedback(userId);
}

/** The movies with this feedback that the catalog has, latest feedback first, at most MAX_IDS. */
export async function moviesWithFeedback(
  { library, snapshot: { catalog } }: LibraryDependencies,
  { userId }: Viewer,
  signal: Signal,
): Promise<MovieIndex[]> {
  const feedback = await library.allFeedback(userId);
  return feedback
    .filter((item) => item.signal === signal)
    .map(({ movieId }) => catalog.indexOf(movieId))
    .filter((index) => index !== undefined)
    .slice(0, MAX_IDS);
}
