import { z } from 'zod';
import { InputError } from '../../input-error.ts';
import type { WatchlistPlace, WatchlistSort } from '../../library/library-store.ts';

const FORMAT = 'w1';
const LONGEST = 4_000;
const parts = z.tuple([
  z.literal(FORMAT),
  z.enum(['RECENTLY_ADDED', 'TITLE', 'YEAR']),
  z.number().int(),
  z.string(),
  z.number().int().min(0).max(0x7fff_ffff),
]);

/** The place itself, not how many entries stand before it: so it stays where it is when entries come and go. */
export function encodeWatchlistCursor({ sort, number, sortTitle, movieId }: WatchlistPlace): string {
  return Buffer.from(JSON.stringify([FORMAT, sort, number, sortTitle, movieId])).toString('base64url');
}

export function decodeWatchlistCursor(cursor: string, sort: WatchlistSort): WatchlistPlace {
  const parsed = parts.safeParse(cursor.length > LONGEST ? undefined : jsonOf(Buffer.from(cursor, 'base64url').toString('utf8')));
  if (!parsed.success || parsed.data[3].includes('\0')) {
    throw new InputError('after', 'is not a cursor of a watchlist; pass a `cursor` or `endCursor` as it was given', {
      reason: 'MALFORMED_CURSOR',
    });
  }
  const [, ofSort, number, sortTitle, movieId] = parsed.data;
  if (ofSort !== sort) throw new InputError('after', `belongs to a list sorted by ${ofSort}`, { reason: 'OTHER_LIST' });
  return { sort, number, sortTitle, movieId };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
