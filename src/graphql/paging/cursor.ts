import { InputError } from '../../input-error.ts';

const FORMAT = 'p1';

/**
 * Encodes the position of an item, the artifact version and the key of the list. A cursor is opaque to callers, but not signed: nothing
 * in it is secret, and a forged offset only moves within the list.
 */
export function encodeCursor(version: string, key: string, offset: number): string {
  return Buffer.from([FORMAT, version, key, offset].join('|')).toString('base64url');
}

/** Where the page after this cursor begins. Throws an InputError with a `reason` when the cursor is not one of this list. */
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
