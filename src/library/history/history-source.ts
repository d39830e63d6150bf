import { fieldOfColumn } from './history-fields.ts';

export const HISTORY_SOURCES = [
  'LETTERBOXD_RATINGS',
  'LETTERBOXD_WATCHED',
  'LETTERBOXD_WATCHLIST',
  'LETTERBOXD_DIARY',
  'LETTERBOXD_LIKES',
  'LETTERBOXD_LIST',
  'IMDB_RATINGS',
  'IMDB_WATCHLIST',
  'TRAKT',
  'SIMKL',
  'TMDB',
  'MOVIELENS',
  'CINEMATCH',
  'GENERIC',
] as const;
export type HistorySource = (typeof HISTORY_SOURCES)[number];

export interface SourceFormat {
  /** Groups of column names in lower case: the file must have one column of each group. */
  required: readonly (readonly string[])[];
  /** Points of the site that make one star here. Undefined: told by the column and the values. */
  pointsPerStar: number | undefined;
}

const ID_OR_TITLE = ['imdb_id', 'tmdb_id', 'title'];

export const FORMATS: Record<HistorySource, SourceFormat> = {
  LETTERBOXD_RATINGS: { required: [['name'], ['rating']], pointsPerStar: 1 },
  LETTERBOXD_WATCHED: { required: [['name']], pointsPerStar: 1 },
  LETTERBOXD_WATCHLIST: { required: [['name']], pointsPerStar: 1 },
  LETTERBOXD_DIARY: { required: [['name'], ['watched date', 'date']], pointsPerStar: 1 },
  LETTERBOXD_LIKES: { required: [['name']], pointsPerStar: 1 },
  LETTERBOXD_LIST: { required: [['position'], ['name']], pointsPerStar: 1 },
  IMDB_RATINGS: { required: [['const'], ['your rating']], pointsPerStar: 2 },
  IMDB_WATCHLIST: { required: [['const']], pointsPerStar: 2 },
  // "trakt_rating" is the mean of all users, not the rating of this one.
  TRAKT: { required: [ID_OR_TITLE, ['rating', 'rated_at', 'watched_at', 'last_watched_at', 'listed_at']], pointsPerStar: 2 },
  SIMKL: { required: [['title'], ['watchlist', 'rating']], pointsPerStar: 2 },
  TMDB: {
    required: [
      ['tmdb id', 'imdb id'],
      ['name', 'title'],
    ],
    pointsPerStar: 2,
  },
  MOVIELENS: { required: [['movieid', 'movie_id'], ['rating']], pointsPerStar: 1 },
  CINEMATCH: { required: [['movieid'], ['onwatchlist']], pointsPerStar: 1 },
  GENERIC: { required: [], pointsPerStar: undefined },
};

/**
 * The site that wrote the file, told by its columns. The name of the file counts only where files of one site have equal columns.
 * Undefined when neither tells.
 */
export function sourceOf(columns: ReadonlyMap<string, number>, fileName: string): HistorySource | undefined {
  const has = (...names: string[]): boolean => names.every((name) => columns.has(name));
  if (has('movieid', 'onwatchlist')) return 'CINEMATCH';
  if (has('letterboxd uri')) return letterboxdSource(has, fileName);
  if (has('position', 'name', 'url', 'description')) return 'LETTERBOXD_LIST';
  if (has('const')) return has('your rating') && !has('position') && !has('created') ? 'IMDB_RATINGS' : 'IMDB_WATCHLIST';
  if (has('simkl_id')) return 'SIMKL';
  if (has('tmdb id', 'imdb id')) return 'TMDB';
  if (['rated_at', 'watched_at', 'last_watched_at', 'listed_at'].some((name) => has(name)) && (has('type') || has('trakt_id')))
    return 'TRAKT';
  if (has('movieid', 'rating') || has('movie_id', 'rating')) return 'MOVIELENS';
  const fields = new Set([...columns.keys()].map(fieldOfColumn));
  return fields.has('TITLE') || fields.has('IMDB_ID') || fields.has('TMDB_ID') ? 'GENERIC' : undefined;
}

function letterboxdSource(has: (...names: string[]) => boolean, fileName: string): HistorySource | undefined {
  if (has('watched date')) return 'LETTERBOXD_DIARY';
  if (has('rating')) return 'LETTERBOXD_RATINGS';
  // The three files have the same columns: Letterboxd tells them apart by their names alone.
  if (/watchlist/i.test(fileName)) return 'LETTERBOXD_WATCHLIST';
  if (/watched/i.test(fileName)) return 'LETTERBOXD_WATCHED';
  return /(?:^|[/\\])(?:likes[/\\])?films\b|likes/i.test(fileName) ? 'LETTERBOXD_LIKES' : undefined;
}
