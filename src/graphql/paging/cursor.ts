import { InputError } from '../../input-error.ts';

const FORMAT = 'p1';

/**
 * An opaque cursor holds where a page ended and what it is a page of: the artifact version and the key of the preferences or the
 * search. Neither is secret, and an offset can only move within the list, so it is not signed.
 */
export function encodeCursor(version: string, key: string, offset: number): string {
  return Buffer.from([FORMAT, version, key, offset].join('|')).toString('base64url');
}

/** Where the page after this cursor begins; a BAD_USER_INPUT error with a `reason` when it is no cursor of this list. */
export function decodeCursor(cursor: string, version: string, key: string, size: number): number {
  const parts = /^[\w-]{1,1000}$/.test(cursor) ? Buffer.from(cursor, 'base64url').toString('utf8').split('|') : [];
  const [format, ofVersion, ofKey, place] = parts;
  if (parts.length !== 4 || format !== FORMAT || !/^\d{1,10}$/.test(place)) {
    throw new InputError('after', 'is not a cursor of this API; pass a `cursor` or `endCursor` as it was given', {
      reason: 'MALFORMED_CURSOR',
    });
  }
  if (ofVersion !== version) {
    throw new InputError('after', 'belongs to another version of the catalogue; begin again without `after`', { reason: 'OTHER_VERSION' });
  }
  if (ofKey !== key) {
    throw new InputError('after', 'belongs to another list; the other arguments must be the ones it was given for', {
      reason: 'OTHER_LIST',
    });
  }
  const offset = Number(place) + 1;
  if (offset > size) throw new InputError('after', 'points past the end of the catalogue', { reason: 'MALFORMED_CURSOR' });
  return offset;
}
