import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { all } from '../pipeline/stages/all.ts';
import { recordingContext } from '../pipeline/testing/recording-context.ts';
import { readCatalogColumns } from '../src/engine/artifacts/catalog-columns.ts';
import { openRelease } from '../src/engine/artifacts/model-release.ts';
import { readPointer, versionDirectory } from '../src/engine/artifacts/version-store.ts';
import { Bitset } from '../src/engine/linalg/bitset.ts';
import { Recommender } from '../src/engine/recommender/recommender.ts';

// MovieLens ratings may not be redistributed, so the test runs when CINEMATCH_RAW names the folder.
const raw = process.env.CINEMATCH_RAW;

const LIKES = [
  ['Inception', 'The Social Network', 'Interstellar', 'Gone Girl', 'The Martian'],
  ['Inside Out', 'Coco', 'Moana', 'Brave'],
  ['La La Land', 'Moonlight', 'Whiplash', 'Roma'],
  ['Get Out', 'Hereditary', 'It Follows', 'The Babadook'],
  ['Mad Max: Fury Road'],
];

test.skipIf(raw === undefined)(
  'with ratings that end in 2000, half of a page and more is newer for whoever likes films of 2010 to 2020',
  async () => {
    const artifacts = await mkdtemp(join(tmpdir(), 'cinematch-new-'));
    try {
      const ratings = join(raw ?? '', 'ml-1m/ratings-5040-users.csv.gz');
      await all({ raw: raw ?? '', artifacts, dataset: 'ml-32m', config: 'default', ratings }, recordingContext());
      const release = await openRelease(versionDirectory(artifacts, (await readPointer(artifacts))?.version ?? ''));
      const { titles, years, size } = readCatalogColumns(release);
      const recommender = Recommender.fromRelease(release);
      expect(recommender.isHybrid).toBe(true);
      const rows = Array.from({ length: size }, (_, row) => row);
      for (const names of LIKES) {
        const liked = names.flatMap(
          (name) => rows.find((row) => titles.get(row) === name && years[row] >= 2010 && years[row] <= 2020) ?? [],
        );
        expect(liked).toHaveLength(names.length);
        const candidates = Bitset.full(size);
        for (const row of liked) candidates.delete(row);
        const profile = { liked, disliked: [], genres: [] };
        const { movies } = recommender.recommend({ profile, mode: 'FOR_YOU', candidates, offset: 0, limit: 20 });
        expect(movies.filter(({ index }) => years[index] > 2000).length, names[0]).toBeGreaterThanOrEqual(10);
      }
    } finally {
      await rm(artifacts, { recursive: true, force: true });
    }
  },
  900_000,
);
