import type { MovieId } from '../catalog/movie-id.ts';
import { csvLine } from './history/csv-records.ts';
import type { LibraryStore } from './library-store.ts';

export interface NamedMovie {
  title: string;
  year: number | null;
  imdbId: string | null;
  tmdbId: number | null;
}

export interface ExportDependencies {
  library: LibraryStore;
  /** The account data of the user, without secrets. `withWhereabouts`: with the addresses and user agents of the sessions. */
  account(userId: string, withWhereabouts: boolean): Promise<object>;
  /** Names a movie of the library; undefined when the catalog lacks it. */
  nameMovie(movieId: MovieId): NamedMovie | undefined;
}

const COLUMNS = [
  'movieId',
  'imdbId',
  'tmdbId',
  'title',
  'year',
  'feedback',
  'feedbackAt',
  'onWatchlist',
  'addedAt',
  'watched',
  'watchedAt',
];

export interface Exports {
  json(userId: string, withWhereabouts: boolean): Promise<string>;
  csv(userId: string): Promise<string>;
}

export function createExports(dependencies: ExportDependencies): Exports {
  return {
    json: (userId, withWhereabouts) => exportJson(dependencies, userId, withWhereabouts),
    csv: (userId) => exportCsv(dependencies, userId),
  };
}

/** All data of the user. The names of the fields are the format of the file: they stay when names in the code change. */
async function exportJson({ library, account, nameMovie }: ExportDependencies, userId: string, withWhereabouts: boolean): Promise<string> {
  const [accountData, preferences, watchlist, feedback] = await Promise.all([
    account(userId, withWhereabouts),
    library.preferences(userId),
    library.wholeWatchlist(userId),
    library.allFeedback(userId),
  ]);
  const document = {
    exportedAt: new Date(),
    account: accountData,
    preferences,
    watchlist: watchlist.map(({ movieId, ...entry }) => ({ movieId: String(movieId), ...entry, ...nameMovie(movieId) })),
    feedback: feedback.map(({ movieId, signal, feedbackAt }) => ({
      movieId: String(movieId),
      signal,
      saidAt: feedbackAt,
      ...nameMovie(movieId),
    })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** One line for each movie of the user. Account and preferences are only in the JSON. */
async function exportCsv({ library, nameMovie }: ExportDependencies, userId: string): Promise<string> {
  const [watchlist, feedback] = await Promise.all([library.wholeWatchlist(userId), library.allFeedback(userId)]);
  const entries = new Map(watchlist.map((item) => [item.movieId, item]));
  const feedbackByMovie = new Map(feedback.map((item) => [item.movieId, item]));
  const lines = [...new Set([...entries.keys(), ...feedbackByMovie.keys()])].map((movieId) => {
    const entry = entries.get(movieId);
    const given = feedbackByMovie.get(movieId);
    const movie = nameMovie(movieId);
    return csvLine([
      movieId,
      movie?.imdbId ?? null,
      movie?.tmdbId ?? null,
      movie?.title ?? entry?.title ?? null,
      movie?.year ?? entry?.year ?? null,
      given?.signal ?? null,
      given?.feedbackAt.toISOString() ?? null,
      entry === undefined ? 'no' : 'yes',
      entry?.addedAt.toISOString() ?? null,
      entry === undefined ? null : entry.watched ? 'yes' : 'no',
      entry?.watchedAt?.toISOString() ?? null,
    ]);
  });
  return `${csvLine(COLUMNS)}${lines.join('')}`;
}
