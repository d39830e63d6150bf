import { MAX_PLAYS_OF_A_MOVIE } from '../../list-caps.ts';
import { SIGNALS, type Signal } from '../signal.ts';
import { historyDate } from './history-date.ts';
import type { HistoryField } from './history-fields.ts';
import type { HistoryRow } from './history-row.ts';
import type { HistorySource } from './history-source.ts';
import type { RowMeaning } from './read-options.ts';
import type { RowCells } from './row-cells.ts';

const EPISODE_TYPES = /episode|season/i;
const OTHER_TYPES = /series|show|podcast|game|person|list|^tv$|сериал|шоу/i;
const WATCHED_STATUS = /^(?:completed|watched|seen|gesehen|vu)$/i;
const TO_WATCH_STATUS = /^(?:plan ?to ?watch|to ?watch|watchlist|want to watch)$/i;

interface ReaderOptions {
  pointsPerStar: number;
  /** Field -> column, for a file of no known site. */
  fields: ReadonlyMap<HistoryField, string>;
  rowsMean: RowMeaning | undefined;
  columns: ReadonlyMap<string, number>;
}

type Activity = Pick<HistoryRow, 'watched' | 'watchedAt' | 'plays' | 'playCount' | 'listed' | 'listedAt' | 'feedback' | 'feedbackAt'>;
const NOTHING: Activity = { watched: false, watchedAt: null, plays: [], listed: false, listedAt: null, feedback: null, feedbackAt: null };

/** Reads the rows of one file. `tells`: whether the columns say what a row means. */
export function rowReader(
  source: HistorySource,
  { pointsPerStar, fields, rowsMean, columns }: ReaderOptions,
): { rowOf(cells: RowCells, row: number): HistoryRow; tells: boolean } {
  const isGeneric = source === 'GENERIC';
  const column = (field: HistoryField, ...names: string[]): string[] => {
    if (!isGeneric) return names;
    const name = fields.get(field);
    return name === undefined ? [] : [name];
  };
  const tells =
    !isGeneric || (['RATING', 'WATCHED_AT', 'LISTED_AT', 'STATUS'] as const).some((field) => columns.has(fields.get(field) ?? '\0'));
  const rowOf = (cells: RowCells, row: number): HistoryRow => {
    const rating = ratingOf(cells.text(...column('RATING', ...ratingColumns(source))), pointsPerStar);
    const ratedAt = cells.date(
      ...column('RATED_AT', ...(source === 'CINEMATCH' ? ['ratedat'] : ['date rated', 'rated_at', 'timestamp', 'watched date', 'date'])),
    );
    // Programs in other languages have the title that the catalog knows beside their own.
    const title = cells.text(...(isGeneric ? column('ORIGINAL_TITLE') : []), ...column('TITLE', 'name', 'title'));
    const kind = kindOf(cells.text(...column('TYPE', 'title type', 'type')));
    const tmdbId = cells.whole(...column('TMDB_ID', 'tmdb_id', 'tmdbid', 'tmdb id', 'tmdb'));
    const about = {
      row,
      title: withoutYear(title),
      year: cells.year(...column('YEAR', 'year', 'release date')) ?? yearAtEnd(title),
      movieId: isGeneric ? null : cells.whole('movieid', 'movie_id'),
      imdbId: cells.imdbId(...column('IMDB_ID', 'const', 'imdb_id', 'imdbid', 'imdb id', 'imdb')),
      // TMDb counts films and series each from 1.
      tmdbId: kind === null ? tmdbId : null,
      rating,
      ratedAt: rating === null && isGeneric ? null : ratedAt,
      ...activityOf(source, cells, rating, column, rowsMean),
    };
    // The same number names another movie in another catalog, so it counts only without the other ids.
    const movieId = source === 'CINEMATCH' && (about.imdbId !== null || about.tmdbId !== null) ? null : about.movieId;
    return { ...about, movieId, problem: kind === 'EPISODE' ? kind : isUnreadable(about) ? 'UNREADABLE' : kind };
  };
  return { rowOf, tells };
}

/** The columns with the ratings of the viewer. TMDb's "Rating" is the mean of all users. */
function ratingColumns(source: HistorySource): string[] {
  switch (source) {
    case 'IMDB_WATCHLIST':
    case 'LETTERBOXD_WATCHLIST':
    case 'LETTERBOXD_WATCHED':
    case 'LETTERBOXD_LIKES':
    case 'LETTERBOXD_LIST':
      return [];
    case 'TMDB':
    case 'IMDB_RATINGS':
      return ['your rating'];
    case 'CINEMATCH':
      return ['stars'];
    default:
      return ['rating'];
  }
}

/** What a row says besides its rating. A rated movie counts as watched. */
function activityOf(
  source: HistorySource,
  cells: RowCells,
  rating: number | null,
  column: (field: HistoryField, ...names: string[]) => string[],
  rowsMean: RowMeaning | undefined,
): Activity {
  const watched = (...dates: string[]): Activity => {
    const watchedAt = cells.date(...dates);
    return { ...NOTHING, watched: true, watchedAt, plays: [watchedAt] };
  };
  const listed = (...dates: string[]): Activity => ({ ...NOTHING, listed: true, listedAt: cells.date(...dates) });
  switch (source) {
    case 'LETTERBOXD_RATINGS':
    case 'IMDB_RATINGS':
    case 'MOVIELENS':
      return rating === null ? NOTHING : watched();
    case 'LETTERBOXD_WATCHED':
      return watched();
    case 'LETTERBOXD_DIARY':
      return watched('watched date', 'date');
    case 'LETTERBOXD_LIKES':
      return { ...NOTHING, feedback: 'LIKE', feedbackAt: cells.date('date') };
    case 'LETTERBOXD_WATCHLIST':
      return listed('date');
    case 'LETTERBOXD_LIST':
      return listed();
    case 'IMDB_WATCHLIST':
      return listed('created');
    case 'CINEMATCH':
      return ownActivity(cells);
    default:
      break;
  }
  const status = cells.text(...column('STATUS', 'watchlist'));
  const watchedColumns = column('WATCHED_AT', 'watched_at', 'last_watched_at', 'watcheddate');
  const listedColumns = column('LISTED_AT', 'listed_at');
  const playCount = source === 'TRAKT' ? cells.whole('plays') : null;
  // Trakt's list of watched movies states how many plays there are, and the date of the last one.
  if (playCount !== null) return { ...watched(...watchedColumns), playCount: Math.min(playCount, MAX_PLAYS_OF_A_MOVIE) };
  if (rating !== null || cells.text(...watchedColumns) !== '' || WATCHED_STATUS.test(status)) return watched(...watchedColumns);
  if (TO_WATCH_STATUS.test(status) || cells.text(...listedColumns) !== '') return listed(...listedColumns);
  if (source === 'TMDB') return listed();
  if (source !== 'GENERIC' || status !== '') return NOTHING;
  if (rowsMean === 'WATCHED') return watched();
  if (rowsMean === 'TO_WATCH') return listed('date');
  return rowsMean === 'LIKED' ? { ...NOTHING, feedback: 'LIKE' } : NOTHING;
}

/** A line of our own export: everything about one movie. */
function ownActivity(cells: RowCells): Activity {
  const isWatched = cells.text('watched') === 'yes';
  const isListed = cells.text('onwatchlist') === 'yes';
  const plays = cells
    .text('plays')
    .split(' ')
    .filter((date) => date !== '')
    .map((date) => historyDate(date, undefined));
  const feedback: Signal | null = SIGNALS.find((signal) => signal === cells.text('feedback')) ?? null;
  return {
    watched: isWatched,
    watchedAt: isWatched ? cells.date('watchedat') : null,
    plays,
    listed: isListed,
    listedAt: isListed ? cells.date('addedat') : null,
    feedback,
    feedbackAt: feedback === null ? null : cells.date('feedbackat'),
  };
}

/** Stars of a rating such as "4", "4,5", "9/10", "85%" or "★★★½". NaN for other text. Some sites write 0 for "not rated". */
function ratingOf(text: string, pointsPerStar: number): number | null {
  if (text === '') return null;
  const stars = /^(★*)(½?)$/.exec(text);
  if (stars !== null) return stars[1].length + (stars[2] === '' ? 0 : 0.5);
  const [, number, of, percent] = /^(\d+(?:[.,]\d+)?)(?:\s*\/\s*(\d+)|\s*(%))?$/.exec(text) ?? [];
  const points = Number((number ?? 'none').replace(',', '.'));
  if (points === 0) return null;
  if (of !== undefined) return (points / Number(of)) * 5;
  return percent === undefined ? points / pointsPerStar : points / 20;
}

function kindOf(type: string): 'EPISODE' | 'SERIES' | null {
  if (EPISODE_TYPES.test(type)) return 'EPISODE';
  return OTHER_TYPES.test(type) ? 'SERIES' : null;
}

function isUnreadable({ title, movieId, imdbId, tmdbId, rating }: Pick<HistoryRow, 'title' | 'movieId' | 'imdbId' | 'tmdbId' | 'rating'>) {
  if (rating !== null && !(rating > 0 && rating <= 5)) return true;
  return title === '' && movieId === null && imdbId === null && tmdbId === null;
}

/** "Alien (1979)" -> "Alien". MovieLens writes titles with their year. */
function withoutYear(title: string): string {
  return title.replace(/\s*\((?:18|19|20)\d\d\)$/, '');
}

function yearAtEnd(title: string): number | null {
  const year = /\(((?:18|19|20)\d\d)\)$/.exec(title)?.[1];
  return year === undefined ? null : Number(year);
}
