import { csvRecords } from './csv-records.ts';
import { jsonRecords } from './history-json.ts';
import { HistoryFormatError, MAX_ROWS } from './history-row.ts';

/** Records before the first row: the header, and what a list of Letterboxd says about itself. */
const MAX_PREAMBLE = 10;
/** Letters of a sample value that the page shows beside a column. */
const MAX_SAMPLE = 60;

/** A file as columns and records. A file of JSON becomes the columns of the same site's CSV. */
export interface HistoryTable {
  /** Name in lower case -> position. Of several columns with one name, the first counts. */
  columns: ReadonlyMap<string, number>;
  /** One record more than is allowed when the file has too many. */
  records: string[][];
}

export function historyTable(text: string): HistoryTable {
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  const isJson = /^\s*[[{]/.test(text.slice(start, start + 100));
  const records = isJson ? jsonRecords(text.slice(start)) : csvRecords(text, MAX_ROWS + MAX_PREAMBLE);
  let header = 0;
  // A list of Letterboxd describes itself before its table.
  if (/^letterboxd list export/i.test(records[0]?.[0] ?? '')) {
    header = records.slice(0, MAX_PREAMBLE).findIndex(([first]) => first.toLowerCase() === 'position');
    if (header < 0) throw new HistoryFormatError('is a list of Letterboxd without its table, which begins with "Position"');
  }
  return { columns: columnsOf(records[header] ?? []), records: records.slice(header + 1) };
}

/** The text of a cell as a sample, shortened. */
export function sampleOf(text: string): string {
  return text.length > MAX_SAMPLE ? `${text.slice(0, MAX_SAMPLE)}…` : text;
}

function columnsOf(header: readonly string[]): Map<string, number> {
  const columns = new Map<string, number>();
  header.forEach((name, i) => {
    const key = name.trim().toLowerCase();
    if (!columns.has(key)) columns.set(key, i);
  });
  return columns;
}
