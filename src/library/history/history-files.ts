import { promisify } from 'node:util';
import { detect } from 'chardet';
import { type Entry, fromBuffer, type ZipFile } from 'yauzl';
import { HistoryFormatError, type HistoryRow, MAX_ROWS } from './history-row.ts';
import { type ReadHistory, readHistory } from './read-history.ts';
import type { ReadOptions } from './read-options.ts';

export const MAX_FILES = 50;
/** Entries of a zip, and bytes of all files after decompression. */
export const MAX_ENTRIES = 2_000;
export const MAX_EXPANDED_BYTES = 64 * 1024 ** 2;
/** Bytes that the encoding is told by. */
const SAMPLE_BYTES = 65_536;
/** Files of a zip that hold no history, or one that the viewer has deleted. */
const OTHER_ENTRIES = /(?:^|\/)(?:deleted|orphaned|lists)\/|(?:^|\/)(?:profile|comments)\.csv$|^__MACOSX\/|(?:^|\/)\./i;

/** A file as the viewer hands it over. */
export interface HistoryFile {
  name: string;
  content: string | Uint8Array;
  options: ReadOptions;
}

/** A file that was read, or why it was not. The rows of all files are numbered through. */
export type ReadFile = { name: string; problem: null; history: ReadHistory } | { name: string; problem: string; history: null };

/** Reads every file, and every history within a zip. A file that cannot be read gets a problem, and the others are read. */
export async function readHistoryFiles(files: readonly HistoryFile[]): Promise<ReadFile[]> {
  const budget = { bytes: MAX_EXPANDED_BYTES, rows: MAX_ROWS };
  const read: ReadFile[] = [];
  for (const file of files) {
    try {
      for (const { name, content, options } of await unpacked(file, budget)) read.push(readFile(name, textOf(content), options, budget));
    } catch (error) {
      if (!(error instanceof HistoryFormatError)) throw error;
      read.push({ name: file.name, problem: error.message, history: null });
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

function readFile(name: string, text: string, options: ReadOptions, budget: { rows: number }): ReadFile {
  try {
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
  const { name, content, options } = file;
  if (typeof content === 'string' || !isZip(content)) {
    budget.bytes -= content.length;
    if (budget.bytes < 0) throw tooLarge();
    return [file];
  }
  const zip = await openZip(content);
  const files: HistoryFile[] = [];
  for await (const { entry, bytes } of entriesOf(zip, budget)) {
    files.push({ name: entry.fileName, content: bytes, options: { ...options, source: undefined, rowsMean: undefined } });
  }
  if (files.length === 0) throw new HistoryFormatError(`${name === '' ? 'the zip' : name} has no CSV or JSON file with a history`);
  return files;
}

export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 0x03 || bytes[2] === 0x05);
}

async function openZip(bytes: Uint8Array): Promise<ZipFile> {
  try {
    const open = promisify<Buffer, { lazyEntries: boolean }, ZipFile>(fromBuffer);
    return await open(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), { lazyEntries: true });
  } catch {
    throw damaged();
  }
}

/** The entries that can hold a history, one after the other. Counts bytes as they are expanded: the sizes in a zip may lie. */
async function* entriesOf(zip: ZipFile, budget: { bytes: number }): AsyncGenerator<{ entry: Entry; bytes: Uint8Array }> {
  for (let count = 0; ; count++) {
    const entry = await nextEntry(zip);
    if (entry === undefined) return;
    if (count === MAX_ENTRIES) throw new HistoryFormatError(`is a zip with more than ${MAX_ENTRIES} files`);
    if (!/\.(?:csv|tsv|txt|json)$/i.test(entry.fileName) || OTHER_ENTRIES.test(entry.fileName)) continue;
    yield { entry, bytes: await expand(zip, entry, budget) };
  }
}

function nextEntry(zip: ZipFile): Promise<Entry | undefined> {
  return new Promise((resolve, reject) => {
    const settle = (then: () => void): void => {
      zip.removeAllListeners();
      then();
    };
    zip.once('entry', (entry: Entry) => settle(() => resolve(entry)));
    zip.once('end', () => settle(() => resolve(undefined)));
    zip.once('error', () => settle(() => reject(damaged())));
    zip.readEntry();
  });
}

function expand(zip: ZipFile, entry: Entry, budget: { bytes: number }): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error) return reject(damaged());
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => {
        budget.bytes -= chunk.length;
        if (budget.bytes < 0) stream.destroy(tooLarge());
        else chunks.push(chunk);
      });
      stream.on('error', (problem) => reject(problem instanceof HistoryFormatError ? problem : damaged()));
      stream.on('end', () => resolve(Buffer.concat(chunks)));
    });
  });
}

function tooLarge(): HistoryFormatError {
  return new HistoryFormatError(`has more than ${MAX_EXPANDED_BYTES / 1024 ** 2} MB with all files unpacked`);
}

function damaged(): HistoryFormatError {
  return new HistoryFormatError('is a damaged or encrypted zip; download it again');
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
