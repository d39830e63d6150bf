import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type JournalEntry, openJournal } from './journal.ts';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'journal-test-'));
  path = join(folder, 'journal.jsonl');
});

afterEach(() => rm(folder, { recursive: true }));

const first: JournalEntry = { id: 1, fields: ['a\nb', '"'], offers: [{ region: 'US', kind: 'rent', providerId: 8, service: 'Alpha' }] };
const gone: JournalEntry = { id: 2 };

async function write(region: string, ...entries: JournalEntry[]): Promise<void> {
  const journal = await openJournal(path, region);
  await Promise.all(entries.map((entry) => journal.append(entry)));
  await journal.close();
}

async function read(region: string): Promise<JournalEntry[]> {
  const journal = await openJournal(path, region);
  await journal.close();
  return [...journal.entries.values()];
}

test('appended entries are there after reopening', async () => {
  await write('US', first, gone);
  expect(await read('US')).toEqual([first, gone]);
});

test('an incomplete last line is dropped, and the next entry starts on its own line', async () => {
  await write('US', first);
  await writeFile(path, `${await readFile(path, 'utf8')}{"id":2,"fie`);
  await write('US', gone);
  expect(await read('US')).toEqual([first, gone]);
});

test('a damaged line loses only that movie', async () => {
  await write('US', first);
  await writeFile(path, `${await readFile(path, 'utf8')}nonsense\n{"id":"7"}\n`);
  await write('US', gone);
  expect(await read('US')).toEqual([first, gone]);
});

test('a journal of another region, or without its first line, is discarded', async () => {
  await write('US', first);
  expect(await read('DE')).toEqual([]);
  expect(await read('US')).toEqual([]);
  await writeFile(path, `${JSON.stringify(first)}\n`);
  expect(await read('US')).toEqual([]);
});
