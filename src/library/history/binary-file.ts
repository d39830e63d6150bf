import { HistoryFormatError } from './history-row.ts';

const TAKEN = 'the import takes CSV, JSON and zip files';
const UNPACK = 'is an archive that is no zip; unpack it, and import the files in it';
/** First bytes of files that people confuse with an export, and what is said about them. */
const KNOWN: readonly [start: string, problem: string][] = [
  ['\x89PNG', `is a picture; ${TAKEN}`],
  ['\xff\xd8\xff', `is a picture; ${TAKEN}`],
  ['GIF8', `is a picture; ${TAKEN}`],
  ['RIFF', `is a picture, a sound or a film; ${TAKEN}`],
  ['%PDF-', `is a PDF document; ${TAKEN}`],
  ['SQLite format 3\0', `is a database; ${TAKEN}`],
  ['\x1f\x8b', UNPACK],
  ['7z\xbc\xaf', UNPACK],
  ['Rar!', UNPACK],
  ['BZh', UNPACK],
  ['\xfd7zXZ', UNPACK],
];
/** Characters of the text that tell whether it is one. */
const SAMPLE = 4_000;
/** A text has none of them but by a fault. */
const MAX_CONTROL_CHARACTERS = 3;
const MAX_CONTROL_SHARE = 0.01;
const CONTROL = /[^\P{Cc}\s]/gu;

/** Throws when the bytes begin as those of a kind that holds no history. */
export function refuseBinary(bytes: Uint8Array): void {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 16)).toString('latin1');
  const problem = KNOWN.find(([known]) => start.startsWith(known))?.[1];
  if (problem !== undefined) throw new HistoryFormatError(problem);
}

/** Throws when the text is made of the bytes of a binary file. */
export function refuseControlCharacters(text: string): void {
  const sample = text.slice(0, SAMPLE);
  const count = sample.match(CONTROL)?.length ?? 0;
  if (count > MAX_CONTROL_CHARACTERS && count > sample.length * MAX_CONTROL_SHARE) throw new HistoryFormatError(`is no text; ${TAKEN}`);
}
