import { hash } from 'node:crypto';

/**
 * A short name for plain data in canonical form (lists sorted, without duplicates). The order of the fields at the top level makes no
 * difference, and a field that is undefined counts as left out. A caller adds fields of its own as a salt: the cache adds version and
 * model, a cursor adds the viewer. 128 bits, so a collision is not to be expected.
 *
 * Servers of two releases share one Redis, and clients hold cursors across releases: the bytes must not change.
 */
export function canonicalHash(data: object): string {
  const fields = Object.entries(data)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return hash('sha256', JSON.stringify(fields), 'buffer').subarray(0, 16).toString('base64url');
}
