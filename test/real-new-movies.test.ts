import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
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
  ['Get Out', 'Hereditary', 'It Follows'],
  ['Mad Max: Fury Road'],
];

test.skipIf(raw === undefined)(
  'with ratings that end in 2000, half of a page and more is newer for whoever likes films of 2010 to 2020',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'cinematch-new-'));
    try {
      const artifacts = join(folder, 'artifacts');
      const part = await writePart(raw ?? '', join(folder, 'raw'));
      await all({ ...part, artifacts, dataset: 'ml-32m', config: 'default' }, recordingContext());
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
      await rm(folder, { recursive: true, force: true });
    }
  },
  900_000,
);

/** Ratings of every tenth user, and a catalog of the movies that they rated, those of the test, and every tenth of all others. */
async function writePart(whole: string, part: string): Promise<{ raw: string; ratings: string }> {
  const ratings = join(part, 'ratings.csv');
  const dataset = join(part, 'ml-32m');
  await mkdir(dataset, { recursive: true });
  for (const kept of ['tmdb', 'providers']) await symlink(join(whole, kept), join(part, kept));
  const rated = gunzipSync(await readFile(join(whole, 'ml-1m/ratings-5040-users.csv.gz'))).toString();
  const ratedOfUsers = rowsOf(rated, (row) => Number.parseInt(row, 10) % 10 === 0);
  await writeFile(ratings, ratedOfUsers.join('\n'));
  const ids = new Set(ratedOfUsers.map((row) => row.split(',')[1]));
  // In some titles MovieLens has the article in front, and one has no year.
  const titles = LIKES.flat().flatMap((name) => [`${name},`, `${name} (`, `${name.replace(/^The (.*)/, '$1, The')} (`]);
  for (const row of rowsOf(await readFile(join(whole, 'ml-32m/movies.csv'), 'utf8'))) {
    const [id, title] = row.replaceAll('"', '').split(/,(.*)/s);
    if (Number(id) % 10 === 0 || titles.some((liked) => title.startsWith(liked))) ids.add(id);
  }
  for (const file of ['movies.csv', 'links.csv']) {
    const rows = rowsOf(await readFile(join(whole, 'ml-32m', file), 'utf8'), (row) => ids.has(row.slice(0, row.indexOf(','))));
    await writeFile(join(dataset, file), rows.join('\n'));
  }
  return { raw: part, ratings };
}

/** The header, and rows that are wanted. */
function rowsOf(csv: string, isWanted: (row: string) => boolean = () => true): string[] {
  return csv.split(/\r?\n/).filter((row, n) => n === 0 || (row !== '' && isWanted(row)));
}
