/** A longer run between two quotes means that the text is not CSV. Without the limit, a stray quote would make one field of megabytes. */
const MAX_QUOTED_LENGTH = 100_000;
export const MAX_COLUMNS = 200;
/** Characters of one record, quotes included. */
export const MAX_RECORD_LENGTH = 100_000;

/** Thrown when the text is not CSV, or a record of it is too large. */
export class CsvError extends Error {
  override readonly name = 'CsvError';
}

/**
 * Yields the records of CSV text. Quoted fields may hold commas, doubled quotes and line ends. Blank lines and a byte order mark are
 * skipped. The work is linear in the length of the text. Throws a CsvError, also for a quoted field that is not closed.
 */
export function* csvRecords(text: string): Generator<string[]> {
  let fields: string[] = [];
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  let start = at;
  let number = 1;
  const end = text.length;
  while (at < end) {
    let field: string;
    if (text[at] === '"') {
      const parts: string[] = [];
      for (;;) {
        const quote = text.indexOf('"', at + 1);
        if (quote < 0 || quote - at > MAX_QUOTED_LENGTH) throw new CsvError('a quoted field is not closed');
        parts.push(text.slice(at + 1, quote));
        at = quote + 1;
        if (text[at] !== '"') break;
      }
      field = parts.join('"');
      // Text between a closing quote and the next comma belongs to the field, as in spreadsheets.
      const rest = endOfField(text, at);
      field += text.slice(at, rest);
      at = rest;
    } else {
      const rest = endOfField(text, at);
      field = text.slice(at, rest);
      at = rest;
    }
    fields.push(field);
    const separated = text[at] === ',';
    // A comma begins another field, also at the end of a line.
    if (fields.length + (separated ? 1 : 0) > MAX_COLUMNS) throw new CsvError(`record ${number} has more than ${MAX_COLUMNS} columns`);
    if (at - start > MAX_RECORD_LENGTH) throw new CsvError(`record ${number} has more than ${MAX_RECORD_LENGTH} characters`);
    if (separated) {
      at++;
      if (at < end && !isLineEnd(text[at])) continue;
      fields.push('');
    }
    if (text[at] === '\r' && text[at + 1] === '\n') at++;
    at++;
    if (fields.length > 1 || fields[0] !== '') yield fields;
    fields = [];
    start = at;
    number++;
  }
}

function endOfField(text: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== ',' && !isLineEnd(text[at])) at++;
  return at;
}

function isLineEnd(character: string): boolean {
  return character === '\n' || character === '\r';
}

/** One line of CSV. A quote mark before a formula keeps spreadsheets from running it. */
export function csvLine(fields: readonly (string | number | null)[]): string {
  const cells = fields.map((field) => {
    const text = typeof field === 'string' && /^[=+\-@\t\r]/.test(field) ? `'${field}` : String(field ?? '');
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  });
  return `${cells.join(',')}\r\n`;
}
