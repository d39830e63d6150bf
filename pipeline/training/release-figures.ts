import type { Manifest } from '../../src/engine/artifacts/manifest.ts';

/** Bytes of all sections of a release. */
export function sizeOf(manifest: Manifest): number {
  return Object.values(manifest.sections).reduce((sum, section) => sum + section.bytes, 0);
}

/** Columns and stored entries of the feature matrix of a release. */
export function featureCounts(manifest: Manifest): { columns: number; entries: number } {
  return { columns: manifest.sections['features.names.offsets'].count - 1, entries: manifest.sections['features.values'].count };
}
