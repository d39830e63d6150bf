import { CsvError } from './csv-records.ts';
import { type DateOrder, dateOrderOf } from './history-date.ts';
import { guessedFields, type HistoryField } from './history-fields.ts';
import { HistoryFormatError, type HistoryRow, MAX_ROWS } from './history-row.ts';
import { FORMATS, type HistorySource, sourceOf } from './history-source.ts';
import { historyTable, sampleOf } from './history-table.ts';
import type { ReadOptions, RowMeaning } from './read-options.ts';
import { RowCells } from './row-cells.ts';
import { rowReader } from './row-reader.ts';

/** Something that only the viewer knows. Rows are read without it; what depends on it is left out. */
export type HistoryQuestion = 'COLUMNS' | 'ROW_MEANING' | 'DATE_ORDER';

export interface ReadHistory {
  source: HistorySource;
  /** Empty for a list, and for a table, that is asked about. */
  rows: HistoryRow[];
  /** Number of rows in the file. */
  rowCount: number;
  /** What rows are taken for that do not say it themselves. Null when they say it, or when it is asked. */
  rowsMean: RowMeaning | null;
  /** Columns of the file, what each is taken for, and a value of it. */
  columns: { column: string; field: HistoryField | null; sample: string }[];
  questions: HistoryQuestion[];
  ratingScale: number | null;
  /** Dates that were not understood. */
  unreadDates: number;
}

/** A row is told by one of them. */
const NAMING_FIELDS = ['TITLE', 'ORIGINAL_TITLE', 'IMDB_ID', 'TMDB_ID'] as const;
const DATE_FIELDS = ['RATED_AT', 'WATCHED_AT', 'LISTED_AT'] as const;
const DATE_COLUMNS = [
  'date',
  'watched date',
  'date rated',
  'created',
  'rated_at',
  'watched_at',
  'last_watched_at',
  'listed_at',
  'watcheddate',
];

/**
 * Reads an export with its columns in any order. Throws a HistoryFormatError when the text is not a file of the source, or of no known
 * site when there is no source.
 */
export function readHistory(text: string, options: ReadOptions = {}, fileName = ''): ReadHistory {
  try {
    return readTable(text, options, fileName);
  } catch (error) {
    if (error instanceof CsvError) throw new HistoryFormatError(error.message);
    throw error;
  }
}

function readTable(text: string, options: ReadOptions, fileName: string): ReadHistory {
  const { columns, records } = historyTable(text);
  if (records.length === 0 && [...columns.keys()].every((name) => name === '')) throw new HistoryFormatError('is empty');
  const told = options.source ?? sourceOf(columns, fileName);
  const isTable = columns.size > 1 && records.length > 0;
  // The three files of Letterboxd that have the same columns are asked about.
  const isAsked = columns.has('letterboxd uri') || (options.asksAboutColumns === true && isTable);
  const source = told ?? (isAsked ? 'GENERIC' : undefined);
  if (source === undefined)
    throw new HistoryFormatError(`is no file of a known site; ${found(columns)}; expected columns such as Title, Year and Rating`);
  checkColumns(source, columns);
  if (records.length > MAX_ROWS) throw new HistoryFormatError(`has ${MAX_ROWS + 1} rows or more; at most ${MAX_ROWS} are allowed`);
  const fields = mappedFields(columns, options.mapping ?? []);
  const dateColumns = new Set([...DATE_COLUMNS, ...DATE_FIELDS.flatMap((field) => fields.get(field) ?? [])]);
  const positions = [...dateColumns].flatMap((name) => columns.get(name) ?? []);
  const statedOrder = options.dateOrder ?? dateOrderOf(cellsAt(records, positions));
  const dateOrder = statedOrder === 'ambiguous' || statedOrder === 'unneeded' ? undefined : statedOrder;
  const pointsPerStar = FORMATS[source].pointsPerStar ?? pointsPerStarOf(records, columns, fields, options.ratingScale);
  const { rowOf, tells } = rowReader(source, { pointsPerStar: pointsPerStar ?? 1, fields, rowsMean: options.rowsMean, columns });
  const stated = records.map((record, i) => rowOf(new RowCells(columns, record, dateOrder), i + 1));
  const isList = isOwnList(source, fileName, stated);
  const listMeans = options.rowsMean ?? (options.asksAboutLists === true ? null : 'TO_WATCH');
  const rowsMean = isList ? listMeans : source === 'GENERIC' && !tells ? (options.rowsMean ?? null) : null;
  const isNamed = source !== 'GENERIC' || NAMING_FIELDS.some((field) => fields.has(field));
  const listed = listMeans === null ? [] : stated.map((row) => listedAs(row, listMeans));
  const rows = !isNamed ? [] : isList ? listed : stated;
  const unreadDates = countUnread(records, positions, columns, dateOrder);
  const questions: HistoryQuestion[] = [];
  if (!isNamed) questions.push('COLUMNS');
  else if (rowsMean === null && (isList || !tells) && records.length > 0) questions.push('ROW_MEANING');
  if (statedOrder === 'ambiguous') questions.push('DATE_ORDER');
  const fieldOf = new Map([...fields].map(([field, column]) => [column, field]));
  return {
    source,
    rows,
    rowCount: records.length,
    rowsMean,
    columns: [...columns].map(([column, at]) => ({
      column,
      field: source === 'GENERIC' ? (fieldOf.get(column) ?? null) : null,
      sample: sampleOf(records.find((record) => (record[at] ?? '').trim() !== '')?.[at] ?? ''),
    })),
    questions,
    ratingScale: pointsPerStar === undefined ? null : pointsPerStar * 5,
    unreadDates,
  };
}

/** A list that its owner made for any purpose: favourites, the best of a year, and so on. A file with "watchlist" in its name is none. */
function isOwnList(source: HistorySource, fileName: string, rows: readonly HistoryRow[]): boolean {
  if (source === 'LETTERBOXD_LIST') return true;
  if (/watchlist/i.test(fileName) || rows.length === 0) return false;
  if (source === 'IMDB_WATCHLIST') return true;
  return (source === 'TRAKT' || source === 'TMDB') && rows.every(({ listed, watched }) => listed && !watched);
}

function listedAs(row: HistoryRow, meaning: RowMeaning): HistoryRow {
  if (meaning === 'TO_WATCH' || !row.listed) return row;
  const unlisted = { ...row, listed: false, listedAt: null };
  if (meaning === 'LIKED') return { ...unlisted, feedback: 'LIKE', feedbackAt: row.listedAt };
  return { ...unlisted, watched: true, plays: [null] };
}

function checkColumns(source: HistorySource, columns: ReadonlyMap<string, number>): void {
  for (const group of FORMATS[source].required) {
    if (group.some((name) => columns.has(name))) continue;
    throw new HistoryFormatError(`there is no column ${group.map((name) => `"${name}"`).join(' or ')}; ${found(columns)}`);
  }
}

function found(columns: ReadonlyMap<string, number>): string {
  const names = [...columns.keys()]
    .slice(0, 30)
    .join(', ')
    .replace(/[^\P{Cc}\s]/gu, '');
  return `the first line has ${names.slice(0, 300) || 'nothing'}`;
}

/** Field -> column: as guessed, changed by what the viewer says. */
function mappedFields(columns: ReadonlyMap<string, number>, mapping: NonNullable<ReadOptions['mapping']>): Map<HistoryField, string> {
  const fields = guessedFields(columns.keys());
  for (const { column, field } of mapping) {
    const name = column.trim().toLowerCase();
    if (!columns.has(name)) throw new HistoryFormatError(`there is no column "${name.slice(0, 100)}"; ${found(columns)}`);
    for (const [known, of] of fields) if (of === name) fields.delete(known);
    if (field !== null) fields.set(field, name);
  }
  return fields;
}

/** Points that make one star in a file of no known site: told by the viewer, by the name of the column, or by the greatest value. */
function pointsPerStarOf(
  records: readonly string[][],
  columns: ReadonlyMap<string, number>,
  fields: ReadonlyMap<HistoryField, string>,
  scale: number | undefined,
): number | undefined {
  const column = fields.get('RATING');
  const at = column === undefined ? undefined : columns.get(column);
  if (column === undefined || at === undefined) return undefined;
  if (scale !== undefined) return scale / 5;
  if (/10$|^your rating$|^userrating$|^моя оценка$/.test(column)) return 2;
  const most = records.reduce((max, record) => Math.max(max, Number((record[at] ?? '').replace(',', '.')) || 0), 0);
  return most <= 5 ? 1 : most <= 10 ? 2 : 20;
}

function* cellsAt(records: readonly string[][], positions: readonly number[]): Generator<string> {
  for (const record of records) for (const at of positions) if ((record[at] ?? '') !== '') yield record[at];
}

function countUnread(
  records: readonly string[][],
  positions: readonly number[],
  columns: ReadonlyMap<string, number>,
  order: DateOrder | undefined,
): number {
  let count = 0;
  const names = [...columns].filter(([, at]) => positions.includes(at)).map(([name]) => name);
  for (const record of records) {
    const cells = new RowCells(columns, record, order);
    for (const name of names) if (cells.text(name) !== '' && cells.date(name) === null) count++;
  }
  return count;
}
