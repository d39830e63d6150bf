import { describe, expect, it } from 'vitest';
import { InputError } from '../input-error.ts';
import type { WatchlistPlace } from './library-store.ts';
import { decodeWatchlistCursor, encodeWatchlistCursor } from './watchlist-cursor.ts';

describe('the cursor of a watchlist', () => {
  const place: WatchlistPlace = { sort: 'TITLE', number: 0, sortTitle: 'amelie', movieId: 4973 };

  it('has the bytes that clients hold', () => {
    expect(encodeWatchlistCursor(place)).toBe(Buffer.from('["w1","TITLE",0,"amelie",4973]').toString('base64url'));
    expect(encodeWatchlistCursor({ sort: 'RECENTLY_ADDED', number: 1_767_225_600_000, sortTitle: '', movieId: 7 })).toBe(
      'WyJ3MSIsIlJFQ0VOVExZX0FEREVEIiwxNzY3MjI1NjAwMDAwLCIiLDdd',
    );
  });

  it('decodes to its place, and belongs to one sort order', () => {
    expect(decodeWatchlistCursor(encodeWatchlistCursor(place), 'TITLE')).toEqual(place);
    expect(() => decodeWatchlistCursor(encodeWatchlistCursor(place), 'YEAR')).toThrow(
      new InputError('after', 'belongs to a list sorted by TITLE', { reason: 'OTHER_LIST' }),
    );
  });
});
