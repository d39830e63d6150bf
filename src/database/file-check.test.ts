import { randomBytes } from 'node:crypto';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from '../../test/fixture-release.ts';
import { withDatabase } from './database.ts';
import { DAMAGE_ADVICE, FileCheck } from './file-check.ts';

const PAGE = 4_096;

describe('the check of a SQLite file', () => {
  let folder: TemporaryFolder;
  let file: string;
  beforeAll(async () => {
    folder = await temporaryFolder();
    file = join(folder.path, 'whole.sqlite');
    await withDatabase({ kind: 'sqlite', file }, async ({ kysely }) => {
      await sql`create table notes(id integer primary key, text text not null)`.execute(kysely);
      for (let i = 0; i < 200; i++) await sql`insert into notes(text) values (${randomBytes(200).toString('hex')})`.execute(kysely);
    });
  });
  afterAll(() => folder.remove());

  const linesOf = async (path: string, maxMs?: number): Promise<[object, string][]> => {
    const lines: [object, string][] = [];
    const add = (about: object, message: string): void => void lines.push([about, message]);
    await new FileCheck({ kind: 'sqlite', file: path }, { info: add, error: add }, maxMs).done;
    return lines;
  };

  it('says nothing about a whole file', async () => {
    expect(await linesOf(file)).toEqual([]);
  });

  it.each([
    ['the head of a page', PAGE * 3],
    ['the places of the rows in a page', PAGE * 3 + 8],
    ['the head of the file', 0],
  ])('notices 5 changed bytes in %s, and says what to do', async (_, at) => {
    const damaged = join(folder.path, 'damaged.sqlite');
    await copyFile(file, damaged);
    const bytes = await readFile(damaged);
    for (let i = at; i < at + 5; i++) bytes[i] ^= 0xff;
    await writeFile(damaged, bytes);
    expect(await linesOf(damaged)).toEqual([
      [{ file: damaged, problem: expect.stringMatching(/^[^\n]+$/) }, `the database file is damaged: ${DAMAGE_ADVICE}`],
    ]);
  });

  it('ends after its time, and when it is stopped', async () => {
    expect(await linesOf(file, 1)).toEqual([[{ file, maxMs: 1, reason: 'time is up' }, 'the database file was not checked']]);
    const check = new FileCheck({ kind: 'sqlite', file }, { info: expect.fail, error: expect.fail });
    check.stop();
    await check.done;
  });
});
