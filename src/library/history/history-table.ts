import { csvRecords, csvStart } from './csv-records.ts';
import { jsonRecords } from './history-json.ts';
import { HistoryFormatError } from './history-row.ts';

/** Letters of a sample value that the page shows beside a column. */
const MAX_SAMPLE = 60;

/** A file as columns and records. A file of JSON becomes the columns of the same site's CSV. */
export interface HistoryTable {
  /** Name in lower case -> position. Of several columns with one name, the first counts. */
  columns: ReadonlyMap<string, number>;
  records: Iterator<string[]>;
}

export function historyTable(text: string): HistoryTable {
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  const isJson = /^\s*[[{]/.test(text.slice(start, start + 100));
  const records = isJson ? jsonRecords(text.slice(start))[Symbol.iterator]() : csvRecords(text, csvStart(text));
  let header = records.next();
  // A list of Letterboxd describes itself before its table.
  if (header.done !== true && /^letterboxd list export/i.test(header.value[0])) {
    while (header.done !== true && header.value[0].toLowerCase() !== 'position') header = records.next();
    if (header.done === true) throw new HistoryFormatError('is a list of Letterboxd without its table, which begins with "Position"');
  }
  return { columns: columnsOf(header.done === true ? [] : header.value), records };
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
