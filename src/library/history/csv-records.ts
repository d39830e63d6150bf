export const MAX_COLUMNS = 200;
/** Characters of one record, quotes included. A review has at most some 100,000. */
export const MAX_RECORD_LENGTH = 400_000;
/** A longer run between two quotes means that the text is not CSV. Without the limit, a stray quote would make one field of megabytes. */
const MAX_QUOTED_LENGTH = MAX_RECORD_LENGTH;
export const DELIMITERS = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** Thrown when the text is not CSV, or a record of it is too large. */
export class CsvError extends Error {
  override readonly name = 'CsvError';
}

/** The delimiter of the text, and where its first record begins: after a byte order mark and a line "sep=". */
export function csvStart(text: string): { delimiter: Delimiter; at: number } {
  const from = text.startsWith('\uFEFF') ? 1 : 0;
  const stated = /^"?sep=([,;\t|])"?\r?\n?/i.exec(text.slice(from, from + 20));
  const named = DELIMITERS.find((one) => one === stated?.[1]);
  if (stated !== null && named !== undefined) return { delimiter: named, at: from + stated[0].length };
  return { delimiter: mostFrequent(text, from), at: from };
}

/** The delimiter that the first line has most of, outside quotes. */
function mostFrequent(text: string, from: number): Delimiter {
  const counts = new Map<string, number>(DELIMITERS.map((delimiter) => [delimiter, 0]));
  let quoted = false;
  let isEmpty = true;
  for (let at = from; at < text.length && at - from < MAX_RECORD_LENGTH; at++) {
    const character = text[at];
    if (character === '"') quoted = !quoted;
    else if (!quoted && isLineEnd(character)) {
      if (!isEmpty) break;
      continue;
    }
    const count = quoted ? undefined : counts.get(character);
    if (count !== undefined) counts.set(character, count + 1);
    isEmpty = false;
  }
  return DELIMITERS.reduce((best, one) => ((counts.get(one) ?? 0) > (counts.get(best) ?? 0) ? one : best));
}

/**
 * Yields the records of CSV text. Quoted fields may hold delimiters, doubled quotes and line ends. Blank lines and a byte order mark are
 * skipped. The work is linear in the length of the text. Throws a CsvError, also for a quoted field that is not closed.
 */
export function* csvRecords(text: string, { delimiter, at: begin } = csvStart(text)): Generator<string[]> {
  let fields: string[] = [];
  let at = begin;
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
      // Text between a closing quote and the next delimiter belongs to the field, as in spreadsheets.
      const rest = endOfField(text, at, delimiter);
      field += text.slice(at, rest);
      at = rest;
    } else {
      const rest = endOfField(text, at, delimiter);
      field = text.slice(at, rest);
      at = rest;
    }
    fields.push(field);
    const separated = text[at] === delimiter;
    // A delimiter begins another field, also at the end of a line.
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

function endOfField(text: string, from: number, delimiter: string): number {
  let at = from;
  while (at < text.length && text[at] !== delimiter && !isLineEnd(text[at])) at++;
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
