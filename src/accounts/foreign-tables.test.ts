import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../database/database.ts';
import { migrateAccounts } from './auth.ts';

const HINT = 'give CineMatch a database of its own';

describe('the first migration of the accounts', () => {
  const refusal = async (statement: string): Promise<[string, string]> => {
    const database: Database = openDatabase({ kind: 'sqlite', file: ':memory:' });
    await sql.raw(statement).execute(database.kysely);
    const reason = await migrateAccounts(database).then(
      () => 'migrated',
      (error: Error) => error.message,
    );
    const tables = await sql<{ sql: string }>`select sql from sqlite_schema`.execute(database.kysely);
    await database.close();
    return [reason, tables.rows.map((row) => row.sql).join()];
  };

  it.each([
    [
      'create table user(id integer primary key, email text)',
      'table "user" that CineMatch did not make (its column "id" is INTEGER, expected text)',
    ],
    ['create table account(id text, balance real)', 'table "account" that CineMatch did not make (it lacks the column "userId")'],
  ])('refuses a table of another application, and changes nothing: %s', async (statement, reason) => {
    const [message, tables] = await refusal(statement);
    expect(message).toBe(`the database has a ${reason}; ${HINT}`);
    expect(tables.toLowerCase()).toBe(statement);
  });

  it('takes a database with other tables', async () => {
    expect((await refusal('create table invoices(id integer)'))[0]).toBe('migrated');
  });
});
