import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { HistoryFormatError } from './history-row.ts';
import { refuseWorkbookEntry } from './spreadsheet-file.ts';

/** Entries of a zip. */
export const MAX_ENTRIES = 2_000;
export const MAX_EXPANDED_BYTES = 64 * 1024 ** 2;
/** Files of a zip that hold no history, or one that the viewer has deleted: of Letterboxd, of Trakt, and of systems that write zips. */
const OTHER_ENTRIES = [
  /(?:^|\/)(?:deleted|orphaned)\//i,
  /(?:^|\/)(?:profile|comments)\.csv$/i,
  /(?:^|\/)(?:_errors|lists-lists|(?:user|network|comments|likes|notes|hidden|collection|settings|followers|following)\b[^/]*)\.json$/i,
  /^__MACOSX\/|(?:^|\/)\./,
];

export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 0x03 || bytes[2] === 0x05);
}

/** The files of a zip that can hold a history, at least one. Counts bytes as they are expanded, because the sizes in a zip may lie. */
export async function unzipped(bytes: Uint8Array, budget: { bytes: number }): Promise<{ name: string; content: Uint8Array }[]> {
  const files: { name: string; content: Uint8Array }[] = [];
  try {
    const zip = await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), { lazyEntries: true });
    let count = 0;
    let hasZip = false;
    for await (const entry of zip.eachEntry()) {
      if (++count > MAX_ENTRIES) throw new HistoryFormatError(`is a zip with more than ${MAX_ENTRIES} files`);
      const { fileName } = entry;
      refuseWorkbookEntry(fileName);
      hasZip ||= /\.zip$/i.test(fileName);
      if (!/\.(?:csv|tsv|txt|json)$/i.test(fileName) || OTHER_ENTRIES.some((one) => one.test(fileName))) continue;
      files.push({ name: fileName, content: await expanded(zip, entry, budget) });
    }
    if (files.length === 0)
      throw new HistoryFormatError(
        hasZip
          ? 'holds another zip and no history; unpack it, and import the zip within'
          : 'is a zip without a CSV or JSON file that has a history',
      );
  } catch (error) {
    throw error instanceof HistoryFormatError ? error : new HistoryFormatError('is a damaged or encrypted zip; download it again');
  }
  // A zip may have more lists than can be shown, and other files matter more.
  return files.sort((a, b) => Number(isList(a)) - Number(isList(b)));
}

function isList({ name }: { name: string }): boolean {
  return /(?:^|\/)lists\/|(?:^|\/)lists-list-/i.test(name);
}

async function expanded(zip: ZipFile, entry: Entry, budget: { bytes: number }): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>) {
    takeBytes(budget, chunk.length);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Takes bytes from the budget of all files together. */
export function takeBytes(budget: { bytes: number }, count: number): void {
  budget.bytes -= count;
  if (budget.bytes < 0) throw new HistoryFormatError(`has more than ${MAX_EXPANDED_BYTES / 1024 ** 2} MB with all files unpacked`);
}
