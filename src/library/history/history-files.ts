import { detect } from 'chardet';
import { refuseBinary, refuseControlCharacters } from './binary-file.ts';
import { HistoryFormatError, type HistoryRow, MAX_ROWS } from './history-row.ts';
import { isZip, MAX_EXPANDED_BYTES, takeBytes, unzipped } from './history-zip.ts';
import { type ReadHistory, readHistory } from './read-history.ts';
import type { ReadOptions } from './read-options.ts';
import { refuseMarkup, refuseWorkbook } from './spreadsheet-file.ts';

export const MAX_FILES = 50;
/** Bytes that the encoding is told by. */
const SAMPLE_BYTES = 65_536;
/** A file as the viewer hands it over. */
export interface HistoryFile {
  name: string;
  content: string | Uint8Array;
  options: ReadOptions;
  /** What the viewer says about files within a zip. */
  entries?: readonly { name: string; options: ReadOptions }[];
}

/** A file that was read, or why it was not. The rows of all files are numbered through. */
export type ReadFile = {
  name: string;
  /** Name of the zip that the file is within. */
  archive: string | null;
} & ({ problem: null; history: ReadHistory } | { problem: string; history: null });

/** Reads every file, and every history within a zip. A file that cannot be read gets a problem, and the others are read. */
export async function readHistoryFiles(files: readonly HistoryFile[]): Promise<ReadFile[]> {
  const budget = { bytes: MAX_EXPANDED_BYTES, rows: MAX_ROWS };
  const read: ReadFile[] = [];
  for (const file of files) {
    try {
      for (const { name, content, options } of await unpacked(file, budget))
        read.push({ archive: name === file.name ? null : file.name, ...readFile(name, textOf(content), options, budget) });
    } catch (error) {
      if (!(error instanceof HistoryFormatError)) throw error;
      read.push({ name: file.name, archive: null, problem: error.message, history: null });
    }
  }
  let before = 0;
  for (const { history } of read) {
    if (history === null) continue;
    const from = before;
    history.rows = history.rows.map((row): HistoryRow => ({ ...row, row: row.row + from }));
    before += history.rows.length;
  }
  return read;
}

type UnplacedFile = { name: string } & ({ problem: null; history: ReadHistory } | { problem: string; history: null });

function readFile(name: string, text: string, options: ReadOptions, budget: { rows: number }): UnplacedFile {
  try {
    refuseMarkup(text);
    refuseControlCharacters(text);
    const history = readHistory(text, options, name);
    budget.rows -= history.rows.length;
    if (budget.rows < 0) throw new HistoryFormatError(`has too many rows; at most ${MAX_ROWS} are allowed in all files together`);
    return { name, problem: null, history };
  } catch (error) {
    if (!(error instanceof HistoryFormatError)) throw error;
    return { name, problem: error.message, history: null };
  }
}

/** The file itself, or the files within a zip that can hold a history. */
async function unpacked(file: HistoryFile, budget: { bytes: number }): Promise<HistoryFile[]> {
  const { content, options, entries = [] } = file;
  if (typeof content === 'string' || !isZip(content)) {
    if (typeof content !== 'string') {
      refuseWorkbook(content);
      refuseBinary(content);
    }
    takeBytes(budget, content.length);
    return [file];
  }
  const files = await unzipped(content, budget);
  const answers = new Map(entries.map((entry) => [entry.name, entry.options]));
  const shared: ReadOptions = { dateOrder: options.dateOrder, asksAboutLists: true };
  return files.map((entry) => ({ ...entry, options: { ...shared, ...answers.get(entry.name) } }));
}

/** The text of the bytes: UTF-8 when they are, else what a byte order mark or the frequencies of letters tell. */
function textOf(content: string | Uint8Array): string {
  if (typeof content === 'string') return content;
  if (content[0] === 0xff && content[1] === 0xfe) return new TextDecoder('utf-16le').decode(content);
  if (content[0] === 0xfe && content[1] === 0xff) return new TextDecoder('utf-16be').decode(content);
  try {
    // UTF-8 has no zero bytes in text; UTF-16 without a mark has one in every ASCII letter.
    if (!content.subarray(0, 100).includes(0)) return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    // Another encoding, which is told below.
  }
  if (content[1] === 0 && content[0] !== 0) return new TextDecoder('utf-16le').decode(content);
  if (content[0] === 0 && content[1] !== 0) return new TextDecoder('utf-16be').decode(content);
  const told = detect(content.subarray(0, SAMPLE_BYTES)) ?? '';
  // Of one-byte encodings, ISO 8859-1 has only control characters where Windows-1252 has letters and quotes.
  return new TextDecoder(isDecodable(told) ? told : 'windows-1252').decode(content);
}

function isDecodable(encoding: string): boolean {
  if (/^(?:|utf-8|ascii|iso-8859-1)$/i.test(encoding)) return false;
  try {
    new TextDecoder(encoding);
    return true;
  } catch {
    return false;
  }
}
