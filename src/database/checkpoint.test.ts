import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
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
  /** Another connection, in a transaction that has read the table. */
  const openReader = (): DatabaseSync => {
    const reader = new DatabaseSync(file);
    reader.exec('begin');
    reader.prepare('select * from notes').all();
    return reader;
  };
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

  it('begins anew while one change follows another without a pause', async () => {
    let longest = 0;
    for (const end = Date.now() + 50_000; Date.now() < end && (longest <= MAX_JOURNAL_BYTES || journalBytes() > MAX_JOURNAL_BYTES); ) {
      longest = Math.max(longest, journalBytes());
      await sql`insert into notes(text) values (${'x'.repeat(ROW_BYTES)}) returning id`.execute(database.kysely);
      await nextTurn();
    }
    expect(longest).toBeGreaterThan(MAX_JOURNAL_BYTES);
    expect(journalBytes()).toBeLessThanOrEqual(MAX_JOURNAL_BYTES);
  });

  it('is written by no commit', async () => {
    expect((await sql`pragma wal_autocheckpoint`.execute(database.kysely)).rows).toEqual([{ wal_autocheckpoint: 0 }]);
  });

  it('holds nothing of what was deleted, and waits for readers', async () => {
    await write(TEXT);
    await sql`delete from notes`.execute(database.kysely);
    expect(holds(`${file}-wal`)).toBe(true);
    const reader = openReader();
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

  it('is emptied after the checkpoint of another program', async () => {
    const reader = openReader();
    await write(TEXT);
    // Waits for the reader, and lets no other checkpoint begin meanwhile.
    const other = new Worker(
      `const { parentPort, workerData } = require('node:worker_threads');
      const sqlite = new (require('node:sqlite').DatabaseSync)(workerData, { timeout: 20_000 });
      const statement = sqlite.prepare('PRAGMA wal_checkpoint(full)');
      parentPort.postMessage('begins');
      statement.get();
      sqlite.close();`,
      { eval: true, workerData: file },
    );
    const ended = once(other, 'exit');
    await once(other, 'message');
    const erased = database.eraseDeleted();
    await expect(Promise.race([erased, new Promise((resolve) => setTimeout(resolve, 1_000, 'waits'))])).resolves.toBe('waits');
    reader.exec('commit');
    reader.close();
    await erased;
    expect(journalBytes()).toBe(0);
    await ended;
  });

  it('is emptied for all who asked before the database closes, and for nobody later', async () => {
    const second = openDatabase({ kind: 'sqlite', file });
    await sql`select * from notes`.execute(second.kysely);
    let count = 0;
    const erased = Array.from({ length: 3 }, () => second.eraseDeleted().then(() => count++));
    await second.close();
    expect(count).toBe(3);
    await Promise.all(erased);
    await expect(second.eraseDeleted()).rejects.toThrow('the database is closed');
  });

  it('is absent in memory', async () => {
    const memory = openDatabase({ kind: 'sqlite', file: ':memory:' });
    await expect(memory.eraseDeleted()).resolves.toBeUndefined();
    await memory.close();
  });
});
