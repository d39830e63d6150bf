import { expect, it } from 'vitest';
import { refuseControlCharacters } from './binary-file.ts';
import { readHistoryFiles } from './history-files.ts';

const problemOf = async (content: string | Buffer) =>
  (await readHistoryFiles([{ name: 'x', content: typeof content === 'string' ? Buffer.from(content) : content, options: {} }]))[0].problem;
const TAKEN = 'the import takes CSV, JSON and zip files';
const UNPACK = 'is an archive that is no zip; unpack it, and import the files in it';
const ROWS = 'Date,Name,Year,Letterboxd URI,Rating\n2024-01-02,Alien,1979,u,4.5\n';

it.each([
  ['PNG', '89504e470d0a1a0a0000', `is a picture; ${TAKEN}`],
  ['JPEG', 'ffd8ffe000104a46', `is a picture; ${TAKEN}`],
  ['PDF', '255044462d312e37', `is a PDF document; ${TAKEN}`],
  ['SQLite', Buffer.from('SQLite format 3\0').toString('hex'), `is a database; ${TAKEN}`],
  ['gzip', '1f8b080000000000', UNPACK],
  ['7z', '377abcaf271c0004', UNPACK],
  ['rar', '526172211a070100', UNPACK],
  // A program of Linux.
  ['another kind', '7f454c46020101000000000000000000', `is no text; ${TAKEN}`],
])('a file of %s is refused without a look at its bytes as text', async (_, hex, problem) => {
  expect(await problemOf(Buffer.from(hex, 'hex'))).toBe(problem);
});

it('a text with a few control characters is read', async () => {
  expect(await problemOf(`${ROWS}\x1a`)).toBeNull();
  expect(await problemOf(ROWS.replace('Alien', 'Al\0i\x07e\x1bn'))).toBeNull();
  expect(await problemOf(ROWS.replace('Alien', 'Al\0i\x07e\x1bn\x01'))).toBe(`is no text; ${TAKEN}`);
});

it('a long text may have one control character in a hundred', () => {
  const text = (controls: number, length: number): string => '\x01'.repeat(controls).padEnd(length, 'a');
  expect(() => refuseControlCharacters(text(4, 400))).not.toThrow();
  expect(() => refuseControlCharacters(text(4, 399))).toThrow('is no text');
  expect(() => refuseControlCharacters(text(3, 3))).not.toThrow();
  // Only the first 4,000 characters are looked at.
  expect(() => refuseControlCharacters(text(41, 4_000))).toThrow('is no text');
  expect(() => refuseControlCharacters(`${text(40, 4_000)}\x01`)).not.toThrow();
});
