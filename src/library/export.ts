import { setImmediate as nextTurn } from 'node:timers/promises';
import type { MovieId } from '../catalog/movie-id.ts';
import { formatMovieId } from '../catalog/movie-table.ts';
import { csvLine } from './history/csv-line.ts';
import { dateText } from './history/history-date.ts';
import type { PlayItem } from './history-store.ts';
import { type HookEvent, type HookStore, MAX_EVENTS } from './hooks/hook-store.ts';
import type { LibraryStore } from './library-store.ts';
import type { PushStore } from './push/push-store.ts';
import type { WatchlistLink } from './watchlist-link/watchlist-link.ts';

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

/** An export checks between two turns whether it may go on: `check` throws when nobody waits for it any more. */
export interface Exports {
  /** The file in pieces. */
  json(userId: string, withWhereabouts: boolean, check?: () => void): Promise<Buffer[]>;
  csv(userId: string, check?: () => void): Promise<Buffer[]>;
  /** Entries of the lists, which an export reads. */
  rowCount(userId: string): Promise<number>;
}

export function createExports(dependencies: ExportDependencies): Exports {
  return {
    json: (userId, withWhereabouts, check) => exportJson(dependencies, userId, withWhereabouts, new ExportFile(check)),
    csv: (userId, check) => exportCsv(dependencies, userId, new ExportFile(check)),
    async rowCount(userId) {
      const rows = await dependencies.library.storedRows(userId);
      return Object.values(rows).reduce((sum, count) => sum + count, 0);
    },
  };
}

/** A list has up to 50,000 rows. After so many of them, other requests have their turn. */
const ROWS_A_TURN = 1_000;

/** A file that is written in turns: as one text, it would be joined and encoded in one block. */
class ExportFile {
  readonly pieces: Buffer[] = [];
  readonly #check: () => void;

  constructor(check: () => void = () => undefined) {
    this.#check = check;
  }

  write(text: string): void {
    this.pieces.push(Buffer.from(text));
  }

  /** Writes a text for each row. */
  async writeRows<T>(rows: Iterable<T>, textOf: (row: T) => string): Promise<void> {
    let texts: string[] = [];
    for (const row of rows) {
      texts.push(textOf(row));
      if (texts.length < ROWS_A_TURN) continue;
      this.write(texts.join(''));
      texts = [];
      await this.turn();
    }
    this.write(texts.join(''));
  }

  /** Lets other requests run. Throws when the export is to end. */
  async turn(): Promise<void> {
    await nextTurn();
    this.#check();
  }
}

/** Everything that is kept of movies. */
async function wholeLibrary(library: LibraryStore, userId: string, file: ExportFile) {
  const watchlist = await library.wholeWatchlist(userId);
  await file.turn();
  const feedback = await library.allFeedback(userId);
  await file.turn();
  const ratings = await library.history.allRatings(userId);
  await file.turn();
  const plays = await library.history.allPlays(userId);
  await file.turn();
  return { watchlist, feedback, ratings, plays };
}

/** Writes a field of the document, as JSON.stringify writes it with two spaces, and the comma after it. */
async function writeList<T>(file: ExportFile, name: string, rows: Iterable<T>, toJson: (row: T) => object): Promise<void> {
  file.write(`  "${name}": [`);
  let before = '\n    ';
  await file.writeRows(rows, (row) => {
    const text = `${before}${indented(toJson(row), '    ')}`;
    before = ',\n    ';
    return text;
  });
  file.write(before.startsWith(',') ? '\n  ],\n' : '],\n');
}

function indented(value: object, spaces: string): string {
  return JSON.stringify(value, null, 2).replaceAll('\n', `\n${spaces}`);
}

/** The fields of an object, without its braces. */
function fieldsOf(value: object): string {
  return JSON.stringify(value, null, 2).slice(2, -2);
}

/** All data of the user. The names of the fields are the format of the file: they stay when names in the code change. */
async function exportJson(
  { library, account, nameMovie }: ExportDependencies,
  userId: string,
  withWhereabouts: boolean,
  file: ExportFile,
): Promise<Buffer[]> {
  const [accountData, preferences, link, sharedGroups, hooks, browsers] = await Promise.all([
    account(userId, withWhereabouts),
    library.preferences(userId),
    library.watchlistLinks.ofUser(userId),
    library.groups.plansOf(userId),
    exportHooks(library.hooks, userId),
    library.push.ofUser(userId),
  ]);
  const { watchlist, feedback, ratings, plays } = await wholeLibrary(library, userId, file);
  file.write(
    `{\n${fieldsOf({
      exportedAt: new Date(),
      account: accountData,
      preferences,
      sharedWatchlist: sharedAs(link),
      sharedGroups,
      pushSubscriptions: browsers.map(subscribedAs),
    })},\n`,
  );
  await writeList(file, 'watchlist', watchlist, ({ movieId, ...entry }) => ({
    movieId: formatMovieId(movieId),
    ...entry,
    watchedAt: entry.watchedAt && dateText(entry.watchedAt),
    ...(nameMovie(movieId) ?? { tmdbId: tmdbIdOf(movieId) }),
  }));
  await writeList(file, 'feedback', feedback, ({ movieId, signal, feedbackAt }) => ({
    movieId: formatMovieId(movieId),
    signal,
    saidAt: feedbackAt,
    ...(nameMovie(movieId) ?? { tmdbId: tmdbIdOf(movieId) }),
  }));
  await writeList(file, 'ratings', ratings, ({ movieId, title, year, stars, ratedAt }) => ({
    movieId: formatMovieId(movieId),
    stars,
    ratedAt: ratedAt && dateText(ratedAt),
    title,
    year,
    ...(nameMovie(movieId) ?? { tmdbId: tmdbIdOf(movieId) }),
  }));
  await writeList(file, 'plays', playsByMovie(plays), ([movieId, ofMovie]) => ({
    movieId: formatMovieId(movieId),
    dates: ofMovie.map(({ playedAt }) => playedAt && dateText(playedAt)),
    title: ofMovie[0].title,
    year: ofMovie[0].year,
    ...(nameMovie(movieId) ?? { tmdbId: tmdbIdOf(movieId) }),
  }));
  file.write(`${fieldsOf(hooks)}\n}\n`);
  return file.pieces;
}

/** The link without its id: whoever has that may read the list. */
function sharedAs(link: WatchlistLink | undefined): object | null {
  return link === undefined ? null : { name: link.name, createdAt: link.createdAt };
}

/** The browser without its keys, and its push service without the rest of the address: whoever has them could write to the browser. */
function subscribedAs({ endpoint, language, createdAt }: Awaited<ReturnType<PushStore['ofUser']>>[number]): object {
  return { pushService: new URL(endpoint).host, language, createdAt };
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
async function exportCsv({ library, nameMovie }: ExportDependencies, userId: string, file: ExportFile): Promise<Buffer[]> {
  const { watchlist, feedback, ratings, plays } = await wholeLibrary(library, userId, file);
  const entries = new Map(watchlist.map((item) => [item.movieId, item]));
  const feedbackByMovie = new Map(feedback.map((item) => [item.movieId, item]));
  await file.turn();
  const ratingsByMovie = new Map(ratings.map((item) => [item.movieId, item]));
  const playsOf = playsByMovie(plays);
  const movieIds = new Set<MovieId>();
  for (const list of [entries, feedbackByMovie, ratingsByMovie, playsOf]) {
    for (const movieId of list.keys()) movieIds.add(movieId);
    await file.turn();
  }
  file.write(csvLine(COLUMNS));
  await file.writeRows(movieIds, (movieId) => {
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
  return file.pieces;
}

/** TMDb's id of a movie that is named by it. */
function tmdbIdOf(movieId: MovieId): number | undefined {
  return movieId < 0 ? -movieId : undefined;
}
