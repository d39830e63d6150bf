import { createHash } from 'node:crypto';

/**
 * A short name for one set of preferences, or of any plain data in canonical form (lists sorted and without duplicates): equal data
 * gives equal keys whatever the order of its fields, and a field that is undefined counts as left out. 128 bits, so two sets that
 * share a key are not to be expected.
 */
export function canonicalHash(preferences: object): string {
  const fields = Object.entries(preferences)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(fields)).digest().subarray(0, 16).toString('base64url');
}
