/** What a column of a file holds. */
export const HISTORY_FIELDS = [
  'TITLE',
  'ORIGINAL_TITLE',
  'YEAR',
  'IMDB_ID',
  'TMDB_ID',
  'TYPE',
  'RATING',
  'RATED_AT',
  'WATCHED_AT',
  'LISTED_AT',
  'STATUS',
] as const;
export type HistoryField = (typeof HISTORY_FIELDS)[number];

/** Names of columns in lower case, without spaces, dashes and underscores. Of several columns for one field, the first name counts. */
const COLUMN_NAMES: Record<HistoryField, readonly string[]> = {
  TITLE: [
    'title',
    'name',
    'film',
    'movie',
    'movietitle',
    'filmtitle',
    'titel',
    'titre',
    'título',
    'titulo',
    'titolo',
    'название',
    'фильм',
    'русскоязычноеназвание',
  ],
  ORIGINAL_TITLE: ['originaltitle', 'originalname', 'originaltitel', 'оригинальноеназвание'],
  YEAR: ['year', 'releaseyear', 'released', 'releasedate', 'jahr', 'année', 'annee', 'año', 'ano', 'anno', 'год'],
  IMDB_ID: ['imdbid', 'imdb', 'const', 'tconst', 'imdburl', 'imdblink'],
  TMDB_ID: ['tmdbid', 'tmdb', 'themoviedbid'],
  TYPE: ['type', 'titletype', 'mediatype', 'тип'],
  RATING: ['yourrating', 'rating10', 'userrating', 'myrating', 'rating', 'stars', 'score', 'bewertung', 'nota', 'мояоценка', 'оценка'],
  RATED_AT: ['daterated', 'ratedat', 'ratingdate', 'timestamp', 'датаивремя', 'датаоценки'],
  WATCHED_AT: ['watcheddate', 'datewatched', 'watchedat', 'lastwatchedat', 'lastwatched', 'watchedon', 'viewdate', 'датапросмотра'],
  LISTED_AT: ['listedat', 'addedat', 'dateadded', 'addedon', 'created'],
  STATUS: ['watchlist', 'status'],
};

const FIELD_OF_NAME = new Map(
  Object.entries(COLUMN_NAMES).flatMap(([field, names]) => names.map((name) => [name, field as HistoryField] as const)),
);

/** The field that a column with this name holds, or undefined when the name is not known. */
export function fieldOfColumn(column: string): HistoryField | undefined {
  return FIELD_OF_NAME.get(column.toLowerCase().replace(/[\s_-]+/g, ''));
}

/** Field -> column, told by the names of the columns. */
export function guessedFields(columns: Iterable<string>): Map<HistoryField, string> {
  const fields = new Map<HistoryField, string>();
  for (const column of columns) {
    const field = fieldOfColumn(column);
    if (field === undefined) continue;
    const known = fields.get(field);
    if (known === undefined || rank(field, column) < rank(field, known)) fields.set(field, column);
  }
  return fields;
}

function rank(field: HistoryField, column: string): number {
  return COLUMN_NAMES[field].indexOf(column.toLowerCase().replace(/[\s_-]+/g, ''));
}
