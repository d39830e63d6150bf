import { setImmediate as nextTurn } from 'node:timers/promises';
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

/** A list has up to 50,000 rows. After so many of them, other requests have their turn. */
const ROWS_A_TURN = 1_000;

/** Everything that is kept of movies. The lists are read one after the other: SQLite reads a list in one block. */
async function wholeLibrary(library: LibraryStore, userId: string) {
  const watchlist = await library.wholeWatchlist(userId);
  await nextTurn();
  const feedback = await library.allFeedback(userId);
  await nextTurn();
  const ratings = await library.history.allRatings(userId);
  await nextTurn();
  const plays = await library.history.allPlays(userId);
  await nextTurn();
  return { watchlist, feedback, ratings, plays };
}

async function inTurns<T>(rows: Iterable<T>, textOf: (row: T) => string): Promise<string[]> {
  const texts: string[] = [];
  for (const row of rows) {
    texts.push(textOf(row));
    if (texts.length % ROWS_A_TURN === 0) await nextTurn();
  }
  return texts;
}

/** A field of the document, as JSON.stringify writes it with two spaces. */
async function listField<T>(name: string, rows: Iterable<T>, toJson: (row: T) => object): Promise<string> {
  const items = await inTurns(rows, (row) => `    ${indented(toJson(row), '    ')}`);
  return `  "${name}": ${items.length === 0 ? '[]' : `[\n${items.join(',\n')}\n  ]`}`;
}

function indented(value: object, spaces: string): string {
  return JSON.stringify(value, null, 2).replaceAll('\n', `\n${spaces}`);
}

/** The fields of an object, without its braces. */
function fieldsOf(value: object): string {
  return JSON.stringify(value, null, 2).slice(2, -2);
}

/** All data of the user. The names of the fields are the format of the file: they stay when names in the code change. */
async function exportJson({ library, account, nameMovie }: ExportDependencies, userId: string, withWhereabouts: boolean): Promise<string> {
  const [accountData, preferences, hooks] = await Promise.all([
    account(userId, withWhereabouts),
    library.preferences(userId),
    exportHooks(library.hooks, userId),
  ]);
  const { watchlist, feedback, ratings, plays } = await wholeLibrary(library, userId);
  const fields = [
    fieldsOf({ exportedAt: new Date(), account: accountData, preferences }),
    await listField('watchlist', watchlist, ({ movieId, ...entry }) => ({
      movieId: formatMovieId(movieId),
      ...entry,
      watchedAt: entry.watchedAt && dateText(entry.watchedAt),
      ...(nameMovie(movieId) ?? { tmdbId: tmdbIdOf(movieId) }),
    })),
    await listField('feedback', feedback, ({ movieId, signal, feedbackAt }) => ({
      movieId: formatMovieId(movieId),
      signal,
      saidAt: feedbackAt,
      ...(nameMovie(movieId) ?? { tmdbId: tmdbIdOf(movieId) }),
    })),
    await listField('ratings', ratings, ({ movieId, title, year, stars, ratedAt }) => ({
      movieId: formatMovieId(movieId),
      stars,
      ratedAt: ratedAt && dateText(ratedAt),
      title,
      year,
      ...(nameMovie(movieId) ?? { tmdbId: tmdbIdOf(movieId) }),
    })),
    await listField('plays', playsByMovie(plays), ([movieId, ofMovie]) => ({
      movieId: formatMovieId(movieId),
      dates: ofMovie.map(({ playedAt }) => playedAt && dateText(playedAt)),
      title: ofMovie[0].title,
      year: ofMovie[0].year,
      ...(nameMovie(movieId) ?? { tmdbId: tmdbIdOf(movieId) }),
    })),
    fieldsOf(hooks),
  ];
  return `{\n${fields.join(',\n')}\n}\n`;
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
  const { watchlist, feedback, ratings, plays } = await wholeLibrary(library, userId);
  const entries = new Map(watchlist.map((item) => [item.movieId, item]));
  const feedbackByMovie = new Map(feedback.map((item) => [item.movieId, item]));
  await nextTurn();
  const ratingsByMovie = new Map(ratings.map((item) => [item.movieId, item]));
  const playsOf = playsByMovie(plays);
  const movieIds = new Set<MovieId>();
  for (const list of [entries, feedbackByMovie, ratingsByMovie, playsOf]) {
    for (const movieId of list.keys()) movieIds.add(movieId);
    await nextTurn();
  }
  const lines = await inTurns(movieIds, (movieId) => {
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
