import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from '../../test/fixture-release.ts';
import { MAX_JOURNAL_BYTES } from './checkpoint.ts';
import { type Database, openDatabase } from './database.ts';

const TEXT = 'a sentence that somebody wrote';
const ROW_BYTES = 100_000;

describe('the journal of SQLite', () => {
  let folder: TemporaryFolder;
  let file: string;
  let database: Database;
  beforeEach(async () => {
    folder = await temporaryFolder();
    file = join(folder.path, 'notes.sqlite');
    database = openDatabase({ kind: 'sqlite', file });
    await sql`create table notes(id integer primary key, text text)`.execute(database.kysely);
  });
  afterEach(async () => {
    await database.close();
    await folder.remove();
  });

  const journalBytes = (): number => statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  const write = (text: string) => sql`insert into notes(text) values (${text})`.execute(database.kysely);
  const holds = (path: string): boolean => readFileSync(path).includes(TEXT);

  it('is written into the file beside the event loop when it is long, and begins anew', async () => {
    const rows = (3 * MAX_JOURNAL_BYTES) / ROW_BYTES;
    for (let n = 0; n < rows; n++) await write('x'.repeat(ROW_BYTES));
    // Nothing waited for a checkpoint, so the journal may hold all rows by now.
    await vi.waitFor(
      async () => {
        await write('one more');
        expect(journalBytes()).toBeLessThanOrEqual(MAX_JOURNAL_BYTES);
      },
      { timeout: 10_000, interval: 20 },
    );
    expect(statSync(file).size).toBeGreaterThan(2 * MAX_JOURNAL_BYTES);
  });

  it('is written by no commit', async () => {
    expect((await sql`pragma wal_autocheckpoint`.execute(database.kysely)).rows).toEqual([{ wal_autocheckpoint: 0 }]);
  });

  it('holds nothing of what was deleted, and waits for readers', async () => {
    await write(TEXT);
    await sql`delete from notes`.execute(database.kysely);
    expect(holds(`${file}-wal`)).toBe(true);
    const reader = new DatabaseSync(file);
    reader.exec('begin');
    reader.prepare('select * from notes').all();
    await write('later');
    const erased = database.eraseDeleted();
    await expect(Promise.race([erased, new Promise((resolve) => setTimeout(resolve, 300, 'waits'))])).resolves.toBe('waits');
    reader.exec('commit');
    reader.close();
    await erased;
    expect(journalBytes()).toBe(0);
    expect(holds(file)).toBe(false);
    expect((await sql<{ text: string }>`select text from notes`.execute(database.kysely)).rows).toEqual([{ text: 'later' }]);
  });

  it('is absent in memory', async () => {
    const memory = openDatabase({ kind: 'sqlite', file: ':memory:' });
    await expect(memory.eraseDeleted()).resolves.toBeUndefined();
    await memory.close();
  });
});
