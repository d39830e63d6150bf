import { z } from 'zod';
import { InputError } from '../input-error.ts';
import type { WatchlistPlace, WatchlistSort } from './library-store.ts';

const FORMAT = 'w1';
const MAX_LENGTH = 4_000;
const parts = z.tuple([
  z.literal(FORMAT),
  z.enum(['RECENTLY_ADDED', 'TITLE', 'YEAR']),
  z.number().int(),
  z.string(),
  z.number().int().min(-0x7fff_ffff).max(0x7fff_ffff),
]);

/** The cursor holds the sort key of an entry and not its offset, so it stays valid when entries are added and removed. */
export function encodeWatchlistCursor({ sort, number, sortTitle, movieId }: WatchlistPlace): string {
  return Buffer.from(JSON.stringify([FORMAT, sort, number, sortTitle, movieId])).toString('base64url');
}

export function decodeWatchlistCursor(cursor: string, sort: WatchlistSort): WatchlistPlace {
  const parsed = parts.safeParse(cursor.length > MAX_LENGTH ? undefined : parseJson(Buffer.from(cursor, 'base64url').toString('utf8')));
  if (!parsed.success || parsed.data[3].includes('\0')) {
    throw new InputError('after', 'is not a cursor of a watchlist; pass a `cursor` or `endCursor` unchanged', {
      reason: 'MALFORMED_CURSOR',
    });
  }
  const [, cursorSort, number, sortTitle, movieId] = parsed.data;
  if (cursorSort !== sort) throw new InputError('after', `belongs to a list sorted by ${cursorSort}`, { reason: 'OTHER_LIST' });
  return { sort, number, sortTitle, movieId };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
