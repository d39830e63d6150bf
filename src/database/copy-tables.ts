import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { errorText } from '../error-text.ts';
import type { Database, DatabaseKind } from './database.ts';
import { DatabaseError } from './database-error.ts';
import { type ColumnKinds, columnKinds, plainValue, storedValue, type TableShape } from './table-shapes.ts';

const ROWS_A_PAGE = 1_000;
/** Below the limits of both databases: 32,766 and 65,535. */
const MAX_PARAMETERS = 30_000;

type Row = Record<string, unknown>;
// biome-ignore lint/suspicious/noExplicitAny: see Database
type AnyKysely = Kysely<any>;

export interface CopiedTable {
  name: string;
  rows: number;
}

/**
 * Copies the rows of all tables into empty tables, in one transaction each side. Then reads them back and compares them with what was
 * read. Throws a DatabaseError, and stores nothing, when a table is not empty or its copy differs.
 */
export async function copyTables(source: Database, target: Database, shapes: readonly TableShape[]): Promise<CopiedTable[]> {
  return source.kysely
    .transaction()
    .setAccessMode('read only')
    .setIsolationLevel('repeatable read')
    .execute((from) =>
      target.kysely.transaction().execute(async (to) => {
        await refuseRows(to, shapes);
        const copied: CopiedTable[] = [];
        for (const shape of shapes) {
          const kinds = await columnKinds(
            [
              { kysely: from, kind: source.kind },
              { kysely: to, kind: target.kind },
            ],
            shape.name,
          );
          const read = await digest(from, shape, kinds, inserter(target.kind, to, shape, kinds));
          const stored = await digest(to, shape, kinds);
          if (stored.hash !== read.hash || stored.rows !== read.rows)
            throw new DatabaseError(
              `the copy of ${shape.name} differs from the original (${read.rows} and ${stored.rows} rows); nothing was stored`,
            );
          copied.push({ name: shape.name, rows: read.rows });
        }
        return copied;
      }),
    );
}

async function refuseRows(to: AnyKysely, shapes: readonly TableShape[]): Promise<void> {
  for (const { name } of shapes) {
    const found = await sql`select 1 from ${sql.table(name)} limit 1`.execute(to);
    if (found.rows.length > 0) throw new DatabaseError(`the target is not empty: its table ${name} has rows; give an empty database`);
  }
}

function inserter(kind: DatabaseKind, to: AnyKysely, { name, columns }: TableShape, kinds: ColumnKinds): (rows: Row[]) => Promise<void> {
  const most = Math.max(1, Math.floor(MAX_PARAMETERS / columns.length));
  return async (rows) => {
    const values = rows.map((row) => Object.fromEntries(columns.map((column) => [column, storedValue(row[column], column, kind, kinds)])));
    try {
      for (let begin = 0; begin < values.length; begin += most)
        await to
          .insertInto(name)
          .values(values.slice(begin, begin + most))
          .execute();
    } catch (error) {
      throw new DatabaseError(`${name} cannot be copied: ${errorText(error)}; nothing was stored`, { cause: error });
    }
  };
}

/** Number of rows, and a hash that does not depend on their order: collations of the two databases differ. */
async function digest(
  from: AnyKysely,
  shape: TableShape,
  kinds: ColumnKinds,
  each: (rows: Row[]) => Promise<void> = async () => undefined,
): Promise<{ rows: number; hash: string }> {
  const sum = Buffer.alloc(32);
  let rows = 0;
  for await (const page of pagesOf(from, shape, kinds)) {
    for (const row of page) {
      const hash = createHash('sha256')
        .update(JSON.stringify(shape.columns.map((column) => row[column])))
        .digest();
      for (let i = 0; i < sum.length; i++) sum[i] ^= hash[i];
    }
    rows += page.length;
    await each(page);
  }
  return { rows, hash: sum.toString('hex') };
}

/** The rows in the order of the primary key, with plain values. */
async function* pagesOf(from: AnyKysely, { name, columns, key }: TableShape, kinds: ColumnKinds): AsyncGenerator<Row[]> {
  const keyColumns = sql.join(key.map((column) => sql.ref(column)));
  let last: Row | undefined;
  for (;;) {
    const after = last === undefined ? sql`true` : sql`(${keyColumns}) > (${sql.join(key.map((column) => last?.[column]))})`;
    const { rows } = await sql<Row>`
      select ${sql.join(columns.map((column) => sql.ref(column)))} from ${sql.table(name)}
      where ${after} order by ${keyColumns} limit ${sql.lit(ROWS_A_PAGE)}`.execute(from);
    if (rows.length > 0)
      yield rows.map((row) => Object.fromEntries(Object.entries(row).map(([column, value]) => [column, plainValue(value, column, kinds)])));
    if (rows.length < ROWS_A_PAGE) return;
    last = rows.at(-1);
  }
}
