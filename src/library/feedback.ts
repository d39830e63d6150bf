import type { MovieIndex } from '../catalog/movie-id.ts';
import { MAX_IDS } from '../list-caps.ts';
import type { LibraryDependencies, Viewer } from './dependencies.ts';
import { readMovieId, unknownMovie } from './movie-record.ts';
import { mapQuotaError, quotaOf } from './quota-error.ts';
import type { Signal } from './signal.ts';
import { payToAdd, payToDelete, payToRead, type RowPayment } from './stored-rows.ts';

/** Sets the feedback on a movie, or clears it when `signal` is null. Returns the movie. */
export async function setFeedback(
  dependencies: LibraryDependencies & RowPayment,
  viewer: Viewer,
  id: string,
  signal: Signal | null,
): Promise<MovieIndex> {
  const {
    library,
    snapshot: { catalog },
  } = dependencies;
  const movieId = readMovieId(catalog, id, 'movieId');
  const index = catalog.indexOf(id);
  if (index === undefined) throw unknownMovie(id, 'movieId');
  if (signal !== null) await payToAdd(dependencies, viewer.userId, 'FEEDBACK');
  await mapQuotaError(library.setFeedback(viewer.userId, movieId, signal, new Date(), quotaOf(viewer)), 'movieId');
  return index;
}

export async function clearFeedback(dependencies: Pick<LibraryDependencies, 'library'> & RowPayment, { userId }: Viewer): Promise<void> {
  await payToDelete(dependencies, userId, 'FEEDBACK');
  await dependencies.library.clearFeedback(userId);
}

/** The movies with this feedback that the catalog has, latest feedback first, at most `first` of them. */
export async function moviesWithFeedback(
  dependencies: LibraryDependencies & RowPayment,
  { userId }: Viewer,
  signal: Signal,
  first = MAX_IDS,
): Promise<MovieIndex[]> {
  const {
    library,
    snapshot: { catalog },
  } = dependencies;
  const found: MovieIndex[] = [];
  // Nearly always one page is enough: only movies that left the catalog are passed over.
  for (let offset = 0; ; offset += MAX_IDS) {
    // The database sorts all of them for each page.
    await payToRead(dependencies, userId, 'FEEDBACK');
    const movieIds = await library.latestFeedback(userId, signal, { first: MAX_IDS, offset });
    for (const movieId of movieIds) {
      const index = catalog.indexOf(movieId);
      if (index !== undefined && found.push(index) === first) return found;
    }
    if (movieIds.length < MAX_IDS) return found;
  }
}
