import { expect, test } from 'vitest';
import { buildRelease } from '../../../pipeline/training/build-release.ts';
import { FIXTURE_MOVIES } from '../../../test/fixture-movies.ts';
import { releaseInMemory, shippedConfig } from '../../../test/release-in-memory.ts';
import { snapshotOf } from '../../recommendations/snapshot.ts';
import { readCatalogColumns } from '../artifacts/catalog-columns.ts';
import { ModelRelease } from '../artifacts/model-release.ts';
import { Bitset } from '../linalg/bitset.ts';
import { indexCatalogNow } from './search-index.ts';
import { readSearchIndex } from './search-sections.ts';

const config = shippedConfig('default');
const release = releaseInMemory(FIXTURE_MOVIES, config);

/** The release as an older version wrote it. */
function withoutIndex(): ModelRelease {
  const origin = { version: 'test-1', dataset: 'fixture', builtAt: new Date('2026-01-02T03:04:05Z'), inputs: {} };
  const sections = Object.entries(buildRelease(FIXTURE_MOVIES, config, origin).sections);
  return new ModelRelease(release.manifest, new Map(sections.filter(([name]) => !/^search\.|^catalog\.collections\./.test(name))));
}

test('a release holds the index of its catalog', () => {
  expect(readSearchIndex(release)).toEqual(indexCatalogNow(readCatalogColumns(release)));
});

test('a release without an index is searched all the same', async () => {
  const older = withoutIndex();
  expect(readSearchIndex(older)).toBeUndefined();
  const everything = Bitset.full(FIXTURE_MOVIES.length);
  for (const query of ['matirx', 'kubrick', 'rocky 2', 'alien'])
    expect(await snapshotOf(older).search.search(query, everything, 0, 10)).toEqual(
      await snapshotOf(release).search.search(query, everything, 0, 10),
    );
});
