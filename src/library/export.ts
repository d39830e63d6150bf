import { csvLine } from './history/csv-records.ts';
import type { LibraryStore } from './library-store.ts';

export interface NamedMovie {
  title: string;
  year: number | null;
  imdbId: string | null;
  tmdbId: number | null;
}

export interface Exporter {
  library: LibraryStore;
  /** What is held of the user beside the library, without secrets. */
  account(userId: string): Promise<object>;
  /** What the catalogue says of a kept movie; undefined when it does not have it. */
  nameMovie(movieId: number): NamedMovie | undefined;
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
  json(userId: string): Promise<string>;
  csv(userId: string): Promise<string>;
}

export function createExports(exporter: Exporter): Exports {
  return { json: (userId) => exportJson(exporter, userId), csv: (userId) => exportCsv(exporter, userId) };
}

/** Everything that is held of the user. */
async function exportJson({ library, account, nameMovie }: Exporter, userId: string): Promise<string> {
  const [about, preferences, watchlist, feedback] = await Promise.all([
    account(userId),
    library.preferences(userId),
    library.wholeWatchlist(userId),
    library.allFeedback(userId),
  ]);
  const named = <T extends { movieId: number }>(item: T) => {
    const { movieId, ...rest } = item;
    return { movieId: String(movieId), ...rest, ...nameMovie(movieId) };
  };
  const whole = { exportedAt: new Date(), account: about, preferences, watchlist: watchlist.map(named), feedback: feedback.map(named) };
  return `${JSON.stringify(whole, null, 2)}\n`;
}

/** The movies of the user, a line each; what is no table (account, preferences) is in the JSON. */
async function exportCsv({ library, nameMovie }: Exporter, userId: string): Promise<string> {
  const [watchlist, feedback] = await Promise.all([library.wholeWatchlist(userId), library.allFeedback(userId)]);
  const entries = new Map(watchlist.map((item) => [item.movieId, item]));
  const said = new Map(feedback.map((item) => [item.movieId, item]));
  const lines = [...new Set([...entries.keys(), ...said.keys()])].map((movieId) => {
    const entry = entries.get(movieId);
    const word = said.get(movieId);
    const movie = nameMovie(movieId);
    return csvLine([
      movieId,
      movie?.imdbId ?? null,
      movie?.tmdbId ?? null,
      movie?.title ?? entry?.title ?? null,
      movie?.year ?? entry?.year ?? null,
      word?.signal ?? null,
      word?.saidAt.toISOString() ?? null,
      entry === undefined ? 'no' : 'yes',
      entry?.addedAt.toISOString() ?? null,
      entry === undefined ? null : entry.watched ? 'yes' : 'no',
      entry?.watchedAt?.toISOString() ?? null,
    ]);
  });
  return `${csvLine(COLUMNS)}${lines.join('')}`;
}
