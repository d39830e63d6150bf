import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ownRelease, releaseOf } from './own-release.ts';

describe('the release that runs', () => {
  it('has the version of the package and the newest part of the changelog, and nothing older', () => {
    const release = ownRelease();
    expect(release).toEqual(releaseOf(fileURLToPath(new URL('../..', import.meta.url))));
    expect(release.version).toMatch(/^\d+\.\d+\.\d+/);
    expect(release.changes.length).toBeGreaterThan(100);
    expect(release.changes).not.toMatch(/^## /m);
  });
});
