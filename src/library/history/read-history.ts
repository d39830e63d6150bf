import { setImmediate as nextTurn } from 'node:timers/promises';
import { CsvError, csvRecords } from './csv-records.ts';

export type HistorySource =
  | 'LETTERBOXD_RATINGS'
  | 'LETTERBOXD_WATCHED'
  | 'LETTERBOXD_WATCHLIST'
  | 'LETTERBOXD_DIARY'
  | 'IMDB_RATINGS'
  | 'IMDB_WATCHLIST'
  | 'TRAKT'
  | 'MOVIELENS';

export const MAX_ROWS = 50_000;

/** One row of a file, in the same form for every site. */
export interface HistoryRow {
  /** Row number within the file, from 1, without the header. */
  row: number;
  title: string;
  year: number | null;
  movieId: number | null;
  /** The number within "tt0133093". */
  imdbId: number | null;
  tmdbId: number | null;
  /** 0.5 to 5; null without a rating. */
  rating: number | null;
  ratedAt: Date | null;
  watched: boolean;
  watchedAt: Date | null;
  /** The row is an entry of a watchlist. */
  listed: boolean;
  listedAt: Date | null;
  /**
   * EPISODE: never a movie. SERIES: not a movie, unless the catalog has its id. UNREADABLE: neither a title nor an id, or an invalid
   * rating.
   */
  problem: 'EPISODE' | 'SERIES' | 'UNREADABLE' | null;
}

/** Thrown when the text is not a file of the source. The message says what was expected and what was found. */
export class HistoryFormatError extends Error {
  override readonly name = 'HistoryFormatError';
}

interface Format {
  /** Groups of column names in lower case: the file must have one column of each group. */
  required: string[][];
  /** Points of the site that make one star here. */
  pointsPerStar: number;
}

const ID_OR_TITLE = ['imdb_id', 'tmdb_id', 'title'];
const FORMATS: Record<HistorySource, Format> = {
  LETTERBOXD_RATINGS: { required: [['name'], ['rating']], pointsPerStar: 1 },
  LETTERBOXD_WATCHED: { required: [['name']], pointsPerStar: 1 },
  LETTERBOXD_WATCHLIST: { required: [['name']], pointsPerStar: 1 },
  LETTERBOXD_DIARY: { required: [['name'], ['watched date', 'date']], pointsPerStar: 1 },
  IMDB_RATINGS: { required: [['const'], ['your rating']], pointsPerStar: 2 },
  IMDB_WATCHLIST: { required: [['const']], pointsPerStar: 2 },
  TRAKT: {
    required: [ID_OR_TITLE, ['rating', 'trakt_rating', 'rated_at', 'watched_at', 'last_watched_at', 'listed_at']],
    pointsPerStar: 2,
  },
  MOVIELENS: { required: [['movieid', 'movie_id'], ['rating']], pointsPerStar: 1 },
};

const EPISODE_TYPES = /episode|season/i;
const OTHER_TYPES = /series|show|podcast|game|person|list/i;

/** Rows read between two turns of the event loop. */
const ROWS_PER_TURN = 1_000;

/**
 * Reads an export with its columns in any order. Calls `check` and lets other requests run every thousand rows. Throws a
 * HistoryFormatError when the text is not a file of the source.
 */
export async function readHistory(text: string, source: HistorySource, check: () => void = () => undefined): Promise<HistoryRow[]> {
  try {
    return await readRows(csvRecords(text), source, check);
  } catch (error) {
    if (error instanceof CsvError) throw new HistoryFormatError(error.message);
    throw error;
  }
}

async function readRows(records: Iterator<string[]>, source: HistorySource, check: () => void): Promise<HistoryRow[]> {
  const header = records.next();
  const columns = columnsOf(header.done === true ? [] : header.value);
  const { required, pointsPerStar } = FORMATS[source];
  for (const group of required) {
    if (group.some((name) => columns.has(name))) continue;
    const found = [...columns.keys()].slice(0, 30).join(', ').slice(0, 300) || 'nothing';
    throw new HistoryFormatError(`there is no column ${group.map((name) => `"${name}"`).join(' or ')}; the first line has ${found}`);
  }
  const rows: HistoryRow[] = [];
  for (let record = records.next(); record.done !== true; record = records.next()) {
    if (rows.length === MAX_ROWS) throw new HistoryFormatError(`has ${MAX_ROWS + 1} rows or more; at most ${MAX_ROWS} are allowed`);
    rows.push(rowOf(source, pointsPerStar, new Cells(columns, record.value), rows.length + 1));
    if (rows.length % ROWS_PER_TURN === 0) {
      check();
      await nextTurn();
    }
  }
  return rows;
}

/** Name in lower case -> position. Of several columns with one name, the first counts. */
function columnsOf(header: readonly string[]): Map<string, number> {
  const columns = new Map<string, number>();
  header.forEach((name, i) => {
    const key = name.trim().toLowerCase();
    if (!columns.has(key)) columns.set(key, i);
  });
  return columns;
}

class Cells {
  readonly #columns: ReadonlyMap<string, number>;
  readonly #fields: readonly string[];

  constructor(columns: ReadonlyMap<string, number>, fields: readonly string[]) {
    this.#columns = columns;
    this.#fields = fields;
  }

  /** Text of the first of these columns that exists and is not empty. */
  text(...names: string[]): string {
    for (const name of names) {
      const column = this.#columns.get(name);
      const text = column === undefined ? '' : (this.#fields[column]?.trim() ?? '');
      if (text !== '') return text;
    }
    return '';
  }

  whole(...names: string[]): number | null {
    const text = this.text(...names).replace(/^tt(?=\d)/i, '');
    return /^\d{1,10}$/.test(text) && Number(text) > 0 ? Number(text) : null;
  }

  date(...names: string[]): Date | null {
    const text = this.text(...names);
    // MovieLens writes seconds since 1970.
    const time = /^\d{9,10}$/.test(text) ? Number(text) * 1_000 : Date.parse(text);
    return Number.isNaN(time) || time < 0 || time > Date.now() ? null : new Date(time);
  }
}

function rowOf(source: HistorySource, pointsPerStar: number, cells: Cells, row: number): HistoryRow {
  const ratingText = hasRatings(source) ? cells.text('your rating', 'rating', 'trakt_rating') : '';
  const points = Number(ratingText.replace(',', '.'));
  // Some sites write 0 for "not rated".
  const rating = ratingText === '' || points === 0 ? null : points / pointsPerStar;
  const ratedAt = cells.date('date rated', 'rated_at', 'timestamp', 'watched date', 'date');
  const title = cells.text('name', 'title');
  const about = {
    row,
    title: withoutYear(title),
    year: cells.whole('year') ?? yearAtEnd(title),
    movieId: cells.whole('movieid', 'movie_id'),
    imdbId: cells.whole('const', 'imdb_id', 'imdbid'),
    tmdbId: cells.whole('tmdb_id', 'tmdbid'),
    rating,
    ratedAt,
    ...activityOf(source, cells, rating),
  };
  return { ...about, problem: problemOf(about, cells.text('title type', 'type')) };
}

function hasRatings(source: HistorySource): boolean {
  return source !== 'IMDB_WATCHLIST' && source !== 'LETTERBOXD_WATCHLIST' && source !== 'LETTERBOXD_WATCHED';
}

/** Dates of watching and listing. A rated movie counts as watched. */
function activityOf(source: HistorySource, cells: Cells, rating: number | null) {
  const watched = (...dates: string[]) => ({ watched: true, watchedAt: cells.date(...dates), listed: false, listedAt: null });
  switch (source) {
    case 'LETTERBOXD_RATINGS':
    case 'IMDB_RATINGS':
    case 'MOVIELENS':
      return rating === null ? { watched: false, watchedAt: null, listed: false, listedAt: null } : watched();
    case 'LETTERBOXD_WATCHED':
      return watched();
    case 'LETTERBOXD_DIARY':
      return watched('watched date', 'date');
    case 'LETTERBOXD_WATCHLIST':
      return { watched: false, watchedAt: null, listed: true, listedAt: cells.date('date') };
    case 'IMDB_WATCHLIST':
      return { watched: false, watchedAt: null, listed: true, listedAt: cells.date('created') };
    case 'TRAKT': {
      if (rating !== null || cells.text('watched_at', 'last_watched_at') !== '') return watched('watched_at', 'last_watched_at');
      return { watched: false, watchedAt: null, listed: cells.text('listed_at') !== '', listedAt: cells.date('listed_at') };
    }
  }
}

function problemOf(row: Pick<HistoryRow, 'title' | 'movieId' | 'imdbId' | 'tmdbId' | 'rating'>, type: string): HistoryRow['problem'] {
  const { title, movieId, imdbId, tmdbId, rating } = row;
  if (EPISODE_TYPES.test(type)) return 'EPISODE';
  if (title === '' && movieId === null && imdbId === null && tmdbId === null) return 'UNREADABLE';
  if (rating !== null && !(rating > 0 && rating <= 5)) return 'UNREADABLE';
  return OTHER_TYPES.test(type) ? 'SERIES' : null;
}

/** "Alien (1979)" -> "Alien". MovieLens writes titles with their year. */
function withoutYear(title: string): string {
  return title.replace(/\s*\((?:18|19|20)\d\d\)$/, '');
}

function yearAtEnd(title: string): number | null {
  const year = /\(((?:18|19|20)\d\d)\)$/.exec(title)?.[1];
  return year === undefined ? null : Number(year);
}
