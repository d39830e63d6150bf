import { type Options, CsvError as ParseError, parse } from 'csv-parse/sync';

export const MAX_COLUMNS = 200;
/** Bytes of one record. A review has at most some 100,000 characters. */
export const MAX_RECORD_BYTES = 400_000;
const DELIMITERS = [',', ';', '\t', '|'] as const;
type Delimiter = (typeof DELIMITERS)[number];
const STATED_DELIMITER = /^\uFEFF?"?sep=([,;\t|])"?(?:\r\n|\r|\n|$)/i;

const OPTIONS = {
  bom: true,
  // One file may mix line ends, which the reader does not expect when it discovers them itself.
  record_delimiter: ['\r\n', '\n', '\r'],
  relax_column_count: true,
  relax_quotes: true,
  skip_empty_lines: true,
  max_record_size: MAX_RECORD_BYTES,
  // The rest of a record with too many columns becomes one field, which `max_record_size` bounds.
  ignore_last_delimiters: MAX_COLUMNS + 1,
} satisfies Options<string[]>;

/** Thrown when the text is not CSV, or a record of it is too large. */
export class CsvError extends Error {
  override readonly name = 'CsvError';
}

/**
 * The records of CSV text, at most `max` of them. Quoted fields may hold delimiters, doubled quotes and line ends. Blank lines, a byte order
 * mark and a line "sep=" are skipped. The work is linear in the length of the text. Throws a CsvError, also for a quoted field that is not
 * closed.
 */
export function csvRecords(text: string, max: number): string[][] {
  const stated = STATED_DELIMITER.exec(text.slice(0, 20));
  const named = DELIMITERS.find((one) => one === stated?.[1]);
  const body = stated === null ? text : text.slice(stated[0].length);
  let number = 0;
  const checked = (record: string[]): string[] => {
    number++;
    if (record.length > MAX_COLUMNS) throw new CsvError(`record ${number} has more than ${MAX_COLUMNS} columns`);
    return record;
  };
  try {
    return parse(body, { ...OPTIONS, delimiter: named ?? delimiterOf(body), to: max, on_record: checked });
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    if (error.code === 'CSV_QUOTE_NOT_CLOSED') throw new CsvError('a quoted field is not closed');
    if (error.code === 'CSV_MAX_RECORD_SIZE')
      throw new CsvError(`record ${number + 1} has more than ${MAX_RECORD_BYTES} bytes; a quote may not be closed`);
    throw new CsvError(error.message);
  }
}

/** The delimiter that gives the first record most fields. */
function delimiterOf(text: string): Delimiter {
  const head = text.slice(0, MAX_RECORD_BYTES);
  const fields = DELIMITERS.map((delimiter) => {
    try {
      return parse(head, { ...OPTIONS, delimiter, to: 1 })[0]?.length ?? 0;
    } catch (error) {
      // The record is not closed. What it has until then tells, so that the reader says what is wrong.
      return error instanceof ParseError && 'index' in error ? Number(error.index) + 1 : 0;
    }
  });
  return DELIMITERS[fields.indexOf(Math.max(...fields))];
}
