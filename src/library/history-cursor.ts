import { z } from 'zod';
import { InputError } from '../input-error.ts';
import type { SortKey } from './history-store.ts';

const FORMAT = 'h1';
const MAX_LENGTH = 4_000;
const MAX_INT = 0x7fff_ffff;
const parts = z.tuple([z.literal(FORMAT), z.string(), z.array(z.union([z.number().int(), z.string()])).max(4)]);

/** The cursor holds the sort key of an entry and not its offset, so it stays valid when entries are added and removed. */
export function encodeSortKey(key: SortKey, sort: ListOrder): string {
  return Buffer.from(JSON.stringify([FORMAT, sort, key])).toString('base64url');
}

/** The key of a cursor, checked against the columns that lists of this order have. */
export function decodeSortKey(cursor: string | null | undefined, sort: ListOrder): SortKey | undefined {
  if (cursor === null || cursor === undefined) return undefined;
  const parsed = parts.safeParse(cursor.length > MAX_LENGTH ? undefined : parseJson(Buffer.from(cursor, 'base64url').toString('utf8')));
  if (!parsed.success) throw malformed();
  const [, cursorSort, key] = parsed.data;
  if (cursorSort !== sort)
    throw new InputError('after', `belongs to a list sorted by ${cursorSort.slice(0, 50)}`, { reason: 'OTHER_LIST' });
  const types = KEY_TYPES[sort];
  if (types.length !== key.length || !types.every((type, i) => isOfType(key[i], type))) throw malformed();
  return key;
}

/** Types of the columns of each order. */
const KEY_TYPES = {
  RECENTLY_RATED: ['time', 'int'],
  STARS: ['int', 'time', 'int'],
  'TITLE of ratings': ['text', 'int'],
  'TITLE of plays': ['text', 'int', 'time', 'text'],
  RECENTLY_PLAYED: ['time', 'text'],
} as const satisfies Record<string, readonly ColumnType[]>;

export type ListOrder = keyof typeof KEY_TYPES;

type ColumnType = 'int' | 'time' | 'text';

/** A number that the column can hold: PostgreSQL refuses others. */
function isOfType(value: number | string, type: ColumnType): boolean {
  if (typeof value === 'string') return type === 'text' && !value.includes('\0');
  return type === 'int' ? Math.abs(value) <= MAX_INT : type === 'time' && Number.isSafeInteger(value);
}

function malformed(): InputError {
  return new InputError('after', 'is not a cursor of this list; pass a `cursor` or `endCursor` unchanged', { reason: 'MALFORMED_CURSOR' });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
