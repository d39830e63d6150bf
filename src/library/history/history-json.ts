import { HistoryFormatError, MAX_ROWS } from './history-row.ts';

type Json = Record<string, unknown>;

const TRAKT_COLUMNS = ['type', 'title', 'year', 'imdb_id', 'tmdb_id', 'rating', 'rated_at', 'watched_at', 'listed_at', 'plays'];
const SIMKL_COLUMNS = ['simkl_id', 'title', 'type', 'year', 'watchlist', 'watcheddate', 'rating', 'tmdb', 'imdb', 'rated_at', 'listed_at'];
const OWN_COLUMNS = [
  'movieid',
  'imdbid',
  'tmdbid',
  'title',
  'year',
  'feedback',
  'feedbackat',
  'onwatchlist',
  'addedat',
  'watched',
  'watchedat',
  'stars',
  'ratedat',
  'plays',
];

/** The records of a file of JSON, header first: an export of Trakt or Simkl, or our own. */
export function jsonRecords(text: string): string[][] {
  const value = parse(text);
  if (Array.isArray(value)) {
    checkRows(value.length);
    if (value.length > 0 && !value.some(isTraktEntry))
      throw new HistoryFormatError('is JSON without films; exports of Trakt, Simkl and CineMatch are taken');
    return [TRAKT_COLUMNS, ...value.map(traktRecord)];
  }
  if (isObject(value) && isObject(value.account) && Array.isArray(value.watchlist)) return [OWN_COLUMNS, ...ownRecords(value)];
  if (isObject(value) && ['movies', 'shows', 'anime'].some((name) => Array.isArray(value[name])))
    return [SIMKL_COLUMNS, ...simklRecords(value)];
  throw new HistoryFormatError('is JSON of no known site; exports of Trakt, Simkl and CineMatch are taken');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new HistoryFormatError('begins like JSON and cannot be read as JSON; it may have been cut off');
  }
}

function isTraktEntry(entry: unknown): boolean {
  return isObject(entry) && ['movie', 'show', 'season', 'episode'].some((kind) => isObject(entry[kind]));
}

/** Trakt names the kind of an entry, and describes it under that name. */
function traktRecord(entry: unknown): string[] {
  const item = isObject(entry) ? entry : {};
  const kind = typeof item.type === 'string' ? item.type : isObject(item.movie) ? 'movie' : isObject(item.show) ? 'show' : '';
  const about = [item.movie, item[kind], item.show].find(isObject) ?? {};
  const ids = isObject(about.ids) ? about.ids : {};
  return [
    kind,
    textOf(about.title),
    textOf(about.year),
    textOf(ids.imdb),
    textOf(ids.tmdb),
    textOf(item.rating),
    textOf(item.rated_at),
    textOf(item.watched_at ?? item.last_watched_at),
    textOf(item.listed_at),
    textOf(item.plays),
  ];
}

function simklRecords(value: Json): string[][] {
  return [
    ['movies', 'movie'],
    ['shows', 'tv show'],
    ['anime', 'anime'],
  ].flatMap(([name, type]) => {
    const entries = value[name];
    if (!Array.isArray(entries)) return [];
    checkRows(entries.length);
    return entries.filter(isObject).map((item) => {
      const about = [item.movie, item.show].find(isObject) ?? {};
      const ids = isObject(about.ids) ? about.ids : {};
      return [
        textOf(ids.simkl),
        textOf(about.title),
        item.anime_type === 'movie' ? 'movie' : type,
        textOf(about.year),
        textOf(item.status),
        textOf(item.last_watched_at),
        textOf(item.user_rating),
        textOf(ids.tmdb),
        textOf(ids.imdb),
        textOf(item.user_rated_at),
        // Simkl keeps this date also for what was watched since.
        item.status === 'plantowatch' ? textOf(item.added_to_watchlist_at) : '',
      ];
    });
  });
}

/** One record a movie, as in export.csv. */
function ownRecords(value: Json): string[][] {
  const cells = new Map<string, Map<string, string>>();
  const take = (list: unknown, write: (entry: Json, set: (column: string, text: string) => void) => void): void => {
    if (!Array.isArray(list)) return;
    for (const entry of list.filter(isObject)) {
      const id = textOf(entry.movieId);
      const known = cells.get(id);
      const record = known ?? new Map([['movieid', id]]);
      if (known === undefined) cells.set(id, record);
      for (const column of ['imdbId', 'tmdbId', 'title', 'year'])
        if (textOf(entry[column]) !== '') record.set(column.toLowerCase(), textOf(entry[column]));
      write(entry, (column, text) => record.set(column, text));
    }
  };
  take(value.watchlist, (entry, set) => {
    set('onwatchlist', 'yes');
    set('addedat', textOf(entry.addedAt));
    set('watched', entry.watched === true ? 'yes' : 'no');
    set('watchedat', textOf(entry.watchedAt));
  });
  take(value.feedback, (entry, set) => {
    set('feedback', textOf(entry.signal));
    set('feedbackat', textOf(entry.saidAt));
  });
  take(value.ratings, (entry, set) => {
    set('stars', textOf(entry.stars));
    set('ratedat', textOf(entry.ratedAt));
  });
  take(value.plays, (entry, set) => {
    const { dates } = entry;
    if (Array.isArray(dates)) set('plays', dates.map((date) => textOf(date) || '?').join(' '));
  });
  checkRows(cells.size);
  return [...cells.values()].map((record) => OWN_COLUMNS.map((column) => record.get(column) ?? ''));
}

function checkRows(count: number): void {
  if (count > MAX_ROWS) throw new HistoryFormatError(`has ${count} rows; at most ${MAX_ROWS} are allowed`);
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}
