import { sql } from 'kysely';
import { type Database, type DatabaseKind, openDatabase } from './database.ts';
import { type Migration, migrate } from './migrate.ts';
import { OWN_TABLES, REQUIRED_TABLE } from './own-tables.ts';

export interface TableShape {
  name: string;
  columns: string[];
  /** The columns of the primary key, in its order. */
  key: string[];
  /** The tables that its rows refer to. */
  refersTo: string[];
}

/** The tables that the migrations make, without their own record. A table comes after those that it refers to. */
export async function tableShapes(migrations: readonly Migration[]): Promise<TableShape[]> {
  const model = openDatabase({ kind: 'sqlite', file: ':memory:' });
  try {
    await migrate(model, migrations);
    const shapes = [];
    for (const name of OWN_TABLES.filter((table) => table !== REQUIRED_TABLE)) shapes.push(await shapeOf(model, name));
    return inOrder(shapes);
  } finally {
    await model.close();
  }
}

async function shapeOf({ kysely }: Database, name: string): Promise<TableShape> {
  const { rows: columns } = await sql<{ name: string; pk: number }>`select name, pk from pragma_table_info(${name})`.execute(kysely);
  const { rows: references } = await sql<{ table: string }>`select "table" from pragma_foreign_key_list(${name})`.execute(kysely);
  return {
    name,
    columns: columns.map((column) => column.name),
    key: columns
      .filter(({ pk }) => pk > 0)
      .sort((a, b) => a.pk - b.pk)
      .map((column) => column.name),
    refersTo: references.map(({ table }) => table).filter((table) => table !== name),
  };
}

function inOrder(shapes: readonly TableShape[]): TableShape[] {
  const ordered: TableShape[] = [];
  const add = (shape: TableShape, below: readonly string[]): void => {
    if (ordered.includes(shape) || below.includes(shape.name)) return;
    for (const other of shapes) if (shape.refersTo.includes(other.name)) add(other, [...below, shape.name]);
    ordered.push(shape);
  };
  for (const shape of shapes) add(shape, []);
  return ordered;
}

/** Which columns hold truth values and times. SQLite has no types for these: it stores 1 and 0, and ISO 8601. */
export interface ColumnKinds {
  booleans: ReadonlySet<string>;
  times: ReadonlySet<string>;
}

/** The kinds of the columns as PostgreSQL knows them; a table of SQLite has none. */
export async function columnKinds(databases: readonly Pick<Database, 'kysely' | 'kind'>[], table: string): Promise<ColumnKinds> {
  const booleans = new Set<string>();
  const times = new Set<string>();
  for (const { kysely, kind } of databases) {
    if (kind === 'sqlite') continue;
    const { rows } = await sql<{ name: string; type: string }>`
      select column_name as name, data_type as type from information_schema.columns
      where table_schema = current_schema() and table_name = ${table}`.execute(kysely);
    for (const { name, type } of rows) {
      if (type === 'boolean') booleans.add(name);
      if (/^(timestamp|date)/.test(type)) times.add(name);
    }
  }
  return { booleans, times };
}

/** A value in the one form that both databases have: a number, a text or null. */
export function plainValue(value: unknown, column: string, { booleans, times }: ColumnKinds): unknown {
  if (value === null) return null;
  if (booleans.has(column) || typeof value === 'boolean') return value === true || value === 1 ? 1 : 0;
  return times.has(column) || value instanceof Date ? timeOf(value).toISOString() : value;
}

/** A plain value as the column of a database of this kind takes it. */
export function storedValue(value: unknown, column: string, kind: DatabaseKind, { booleans, times }: ColumnKinds): unknown {
  if (kind === 'sqlite' || value === null) return value;
  if (booleans.has(column)) return value === 1;
  return times.has(column) ? timeOf(value) : value;
}

/** SQLite's own times, "2026-01-31 12:00:00", are UTC and do not say so. */
function timeOf(value: unknown): Date {
  if (value instanceof Date) return value;
  const text = String(value);
  return new Date(typeof value === 'number' ? value : /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text) ? `${text.replace(' ', 'T')}Z` : text);
}
