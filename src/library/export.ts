import type { MovieId } from '../catalog/movie-id.ts';
import { formatMovieId } from '../catalog/movie-table.ts';
import { csvLine } from './history/csv-line.ts';
import { dateText } from './history/history-date.ts';
import type { PlayItem } from './history-store.ts';
import { type HookEvent, type HookStore, MAX_EVENTS } from './hooks/hook-store.ts';
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
  'stars',
  'ratedAt',
  'plays',
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
  const [accountData, preferences, watchlist, feedback, ratings, plays, hooks] = await Promise.all([
    account(userId, withWhereabouts),
    library.preferences(userId),
    library.wholeWatchlist(userId),
    library.allFeedback(userId),
    library.history.allRatings(userId),
    library.history.allPlays(userId),
    exportHooks(library.hooks, userId),
  ]);
  const document = {
    exportedAt: new Date(),
    account: accountData,
    preferences,
    watchlist: watchlist.map(({ movieId, ...entry }) => ({
      movieId: formatMovieId(movieId),
      ...entry,
      watchedAt: entry.watchedAt && dateText(entry.watchedAt),
      ...(nameMovie(movieId) ?? { tmdbId: tmdbIdOf(movieId) }),
    })),
    feedback: feedback.map(({ movieId, signal, feedbackAt }) => ({
      movieId: formatMovieId(movieId),
      signal,
      saidAt: feedbackAt,
      ...(nameMovie(movieId) ?? { tmdbId: tmdbIdOf(movieId) }),
    })),
    ratings: ratings.map(({ movieId, title, year, stars, ratedAt }) => ({
      movieId: formatMovieId(movieId),
      stars,
      ratedAt: ratedAt && dateText(ratedAt),
      title,
      year,
      ...(nameMovie(movieId) ?? { tmdbId: tmdbIdOf(movieId) }),
    })),
    plays: [...playsByMovie(plays)].map(([movieId, ofMovie]) => ({
      movieId: formatMovieId(movieId),
      dates: ofMovie.map(({ playedAt }) => playedAt && dateText(playedAt)),
      title: ofMovie[0].title,
      year: ofMovie[0].year,
      ...(nameMovie(movieId) ?? { tmdbId: tmdbIdOf(movieId) }),
    })),
    ...hooks,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** The hook without its token, and what media servers reported. */
async function exportHooks(hooks: HookStore, userId: string): Promise<{ hook: object | null; mediaUsers: object[]; hookEvents: object[] }> {
  const events: HookEvent[] = [];
  for (let page: HookEvent[] | undefined; page === undefined || page.length === MAX_EVENTS; ) {
    page = await hooks.events(userId, MAX_EVENTS, events.length);
    events.push(...page);
  }
  return { hook: (await hooks.find(userId)) ?? null, mediaUsers: await hooks.namesOf(userId), hookEvents: events };
}

function playsByMovie(plays: readonly PlayItem[]): Map<MovieId, PlayItem[]> {
  const byMovie = new Map<MovieId, PlayItem[]>();
  for (const play of plays) {
    const known = byMovie.get(play.movieId);
    if (known === undefined) byMovie.set(play.movieId, [play]);
    else known.push(play);
  }
  return byMovie;
}

/** One line for each movie of the user. Account and preferences are only in the JSON. */
async function exportCsv({ library, nameMovie }: ExportDependencies, userId: string): Promise<string> {
  const [watchlist, feedback, ratings, plays] = await Promise.all([
    library.wholeWatchlist(userId),
    library.allFeedback(userId),
    library.history.allRatings(userId),
    library.history.allPlays(userId),
  ]);
  const entries = new Map(watchlist.map((item) => [item.movieId, item]));
  const feedbackByMovie = new Map(feedback.map((item) => [item.movieId, item]));
  const ratingsByMovie = new Map(ratings.map((item) => [item.movieId, item]));
  const playsOf = playsByMovie(plays);
  const movieIds = new Set([...entries, ...feedbackByMovie, ...ratingsByMovie, ...playsOf].map(([movieId]) => movieId));
  const lines = [...movieIds].map((movieId) => {
    const entry = entries.get(movieId);
    const given = feedbackByMovie.get(movieId);
    const movie = nameMovie(movieId);
    const rating = ratingsByMovie.get(movieId);
    const played = playsOf.get(movieId) ?? [];
    const named = movie ?? entry ?? rating ?? played[0];
    return csvLine([
      formatMovieId(movieId),
      movie?.imdbId ?? null,
      movie?.tmdbId ?? tmdbIdOf(movieId) ?? null,
      named?.title ?? null,
      named?.year ?? null,
      given?.signal ?? null,
      given?.feedbackAt.toISOString() ?? null,
      entry === undefined ? 'no' : 'yes',
      entry?.addedAt.toISOString() ?? null,
      entry === undefined ? null : entry.watched ? 'yes' : 'no',
      entry?.watchedAt ? dateText(entry.watchedAt) : null,
      rating?.stars ?? null,
      rating?.ratedAt ? dateText(rating.ratedAt) : null,
      played.map(({ playedAt }) => (playedAt === null ? '?' : dateText(playedAt))).join(' '),
    ]);
  });
  return `${csvLine(COLUMNS)}${lines.join('')}`;
}

/** TMDb's id of a movie that is named by it. */
function tmdbIdOf(movieId: MovieId): number | undefined {
  return movieId < 0 ? -movieId : undefined;
}
