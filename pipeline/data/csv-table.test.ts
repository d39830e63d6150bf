import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseRecords } from '../testing/csv-records.ts';
import { type MalformedLines, readCsvColumns, toCsvLine } from './csv-table.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'csv-'));
  path = join(folder, 'table.csv');
});
afterEach(() => rm(folder, { recursive: true }));

const read = async (content: string | Buffer, malformed: MalformedLines = 'refuse') => {
  await writeFile(path, content);
  return Object.fromEntries(await readCsvColumns(path, ['id'], malformed, new AbortController().signal));
};

describe('a CSV table', () => {
  test.each([
    ['quoted fields', 'id,text\n1,"a, ""b""\nc"\n2,\n', { id: ['1', '2'], text: ['a, "b"\nc', ''] }],
    ['a quoted header', '"id","the ""text"""\r\n1,a\r\n', { id: ['1'], 'the "text"': ['a'] }],
    ['a byte order mark and blank lines', '\uFEFFid,text\n\n1,a\n\n', { id: ['1'], text: ['a'] }],
    ['gzip under a plain name', gzipSync('id,text\n1,a\n'), { id: ['1'], text: ['a'] }],
    ['no rows', 'id,text\n', { id: [], text: [] }],
  ])('with %s is read as text', async (_, content, expected) => {
    expect(await read(content)).toEqual(expected);
  });

  test.each([
    ['too few fields', 'id,text\n1\n2,b\n'],
    ['too many fields', 'id,text\n1,a,x\n2,b\n'],
    ['a last line that is cut off', 'id,text\n2,b\n3'],
  ])('with %s is refused in one line, or read without that line', async (_, content) => {
    await expect(read(content)).rejects.toThrow(
      /^.*table\.csv: cannot be read as CSV \(.*\bLine: \d\); repair the file or write it again$/,
    );
    expect(await read(content, 'skip')).toEqual({ id: ['2'], text: ['b'] });
  });

  test('is read with mixed line ends where malformed lines may be skipped', async () => {
    expect(await read('id,text\r\n1,a\n2,b\r\n', 'skip')).toEqual({ id: ['1', '2'], text: ['a', 'b'] });
  });

  test('without a required column is refused with its header', async () => {
    await expect(read('key;text\n1;a\n')).rejects.toThrow('expected a CSV file with the columns id, found the header "key;text"');
  });

  test('written line by line is the same to an independent parser', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.string({ minLength: 1 }), fc.string()), { minLength: 1 }), async (rows) => {
        await writeFile(path, rows.map(toCsvLine).join(''));
        expect(parseRecords(await readFile(path, 'utf8'))).toEqual(rows);
      }),
    );
  });
});
