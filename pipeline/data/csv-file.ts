import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { CliError, hasCode } from '../cli/cli-error.ts';

export interface CsvFile {
  readonly path: string;
  readonly compression: 'none' | 'gzip';
  /** Names and order as in the header. */
  readonly columns: readonly string[];
  /** Fields of the line after the header; empty when there is none. */
  readonly firstRow: readonly string[];
}

/** The first two lines of a text file, plain or gzipped (its name does not matter). */
export interface TextHead {
  readonly compression: 'none' | 'gzip';
  readonly lines: readonly [string, string];
}

/** Reads the first bytes of a text file. Throws a CliError when the file has another format. */
export async function readHead(path: string, expected: string): Promise<TextHead> {
  const refuse = (found: string) => new CliError(`${path}: expected ${expected}, found ${found}`);
  const start = await firstBytes(path);
  if (start.length === 0) throw refuse('an empty file');
  const magic = magicOf(start);
  if (magic === 'zip') throw refuse('a zip archive; unpack it first');
  if (magic === 'parquet') throw refuse('a Parquet file');
  const compression = magic === 'gzip' ? 'gzip' : 'none';
  const text = compression === 'gzip' ? await firstUnzippedBytes(path) : start;
  if (text.length === 0) throw refuse('an empty file');
  if ((text[0] === 0xff && text[1] === 0xfe) || (text[0] === 0xfe && text[1] === 0xff)) throw refuse('UTF-16 text; save it as UTF-8 first');
  if (text.includes(0)) throw refuse('binary data');
  const [first, second = ''] = text.toString('utf8').split(/\r\n|[\r\n]/, 2);
  return { compression, lines: [first.replace(/^\uFEFF/, ''), second] };
}

/**
 * Reads the header of a file that should be CSV, plain or gzipped. Throws a CliError when the file has another format or when a required
 * column is missing.
 */
export async function inspectCsv(path: string, required: readonly string[]): Promise<CsvFile> {
  const expected = `a CSV file with the columns ${required.join(', ')}`;
  const refuse = (found: string) => new CliError(`${path}: expected ${expected}, found ${found}`);
  const { compression, lines } = await readHead(path, expected);
  const columns = fieldsOf(lines[0]);
  const missing = required.filter((name) => !columns.includes(name));
  if (missing.length > 0) throw refuse(describeHeader(columns));
  const repeated = columns.find((name, index) => columns.indexOf(name) !== index);
  if (repeated !== undefined) throw refuse(`the column "${repeated}" twice`);
  return { path, compression, columns, firstRow: fieldsOf(lines[1]) };
}

export async function isParquet(path: string): Promise<boolean> {
  return magicOf(await firstBytes(path)) === 'parquet';
}

/** Line numbers (from 1) of byte positions (from 1) in the unzipped text, in the order of `positions`. */
export async function linesAt({ path, compression }: CsvFile, positions: readonly number[]): Promise<number[]> {
  const ascending = positions.map((position, index) => ({ position, index })).sort((a, b) => a.position - b.position);
  const lines = new Array<number>(positions.length).fill(0);
  let next = 0;
  let offset = 0;
  let line = 1;
  const count = async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) {
      let from = 0;
      const advance = (to: number) => {
        for (let at = chunk.indexOf(10, from); at !== -1 && at < to; at = chunk.indexOf(10, at + 1)) line++;
        from = to;
      };
      for (let target = ascending[next]; target !== undefined && target.position <= offset + chunk.length; target = ascending[next]) {
        advance(target.position - offset);
        lines[target.index] = line;
        next++;
      }
      advance(chunk.length);
      offset += chunk.length;
    }
  };
  if (compression === 'gzip') await pipeline(createReadStream(path), createGunzip(), count);
  else await pipeline(createReadStream(path), count);
  return lines;
}

/** Checks the checksum at the end of a gzip file, because DuckDB reads a truncated gzip stream as a short file. */
export async function checkWhole({ path, compression }: CsvFile, signal: AbortSignal): Promise<void> {
  if (compression === 'none') return;
  const discard = new Writable({ write: (_chunk, _encoding, done) => done() });
  try {
    await pipeline(createReadStream(path), createGunzip(), discard, { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw damagedGzip(path, error);
  }
}

/** The fields of one line of CSV. */
export function fieldsOf(line: string): string[] {
  if (line === '') return [];
  const fields = `,${line}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^,]*))/g);
  return [...fields].map(([, quoted, plain = '']) => (quoted?.replaceAll('""', '"') ?? plain).trim());
}

function describeHeader(columns: readonly string[]): string {
  const header = columns.join(', ');
  return `the header "${header.length > 200 ? `${header.slice(0, 200)}...` : header}"`;
}

function magicOf(start: Buffer): 'gzip' | 'zip' | 'parquet' | undefined {
  if (start[0] === 0x1f && start[1] === 0x8b) return 'gzip';
  const text = start.toString('latin1', 0, 4);
  if (text.startsWith('PK\x03\x04')) return 'zip';
  if (text === 'PAR1') return 'parquet';
  return undefined;
}

const INSPECTED_BYTES = 64 * 1024;

async function firstBytes(path: string): Promise<Buffer> {
  try {
    await using handle = await open(path);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(INSPECTED_BYTES), 0, INSPECTED_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) throw new CliError(`${path}: there is no such file`, { cause: error });
    if (hasCode(error, 'EISDIR')) throw new CliError(`${path}: is a folder, expected a file`, { cause: error });
    if (hasCode(error, 'EACCES')) throw new CliError(`${path}: permission denied; make the file readable`, { cause: error });
    throw error;
  }
}

async function firstUnzippedBytes(path: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  const source = createReadStream(path);
  const gunzip = createGunzip();
  source.on('error', (error) => gunzip.destroy(error));
  try {
    for await (const chunk of source.pipe(gunzip)) {
      chunks.push(chunk);
      length += chunk.length;
      if (length >= INSPECTED_BYTES) break;
    }
  } catch (error) {
    throw damagedGzip(path, error);
  } finally {
    source.destroy();
  }
  return Buffer.concat(chunks);
}

function damagedGzip(path: string, cause: unknown): CliError {
  return new CliError(`${path}: the gzip data is damaged or truncated; download the file again`, { cause });
}
