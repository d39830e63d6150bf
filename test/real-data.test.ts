import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { all } from '../pipeline/stages/all.ts';
import { recordingContext } from '../pipeline/testing/recording-context.ts';
import { openRelease } from '../src/engine/artifacts/model-release.ts';
import { readPointer, versionDirectory } from '../src/engine/artifacts/version-store.ts';
import { type Snapshot, snapshotOf } from '../src/recommendations/snapshot.ts';
import { measureSearch, TITLE_QUERIES } from './search-queries.ts';

// MovieLens and TMDb files as download leaves them; they keep their own terms, so the check runs where the folder is named.
const raw = process.env.CINEMATCH_RAW;

describe.skipIf(raw === undefined)('the real catalogue', () => {
  let artifacts: string;
  let lines: string[];
  let megabytes: number;
  let snapshot: Snapshot;

  beforeAll(async () => {
    artifacts = await mkdtemp(join(tmpdir(), 'cinematch-real-'));
    const context = recordingContext();
    const options = {
      raw: raw ?? '',
      artifacts,
      dataset: 'ml-32m',
      config: 'default',
    };
    await all(options, context);
    lines = context.lines;
    const set = await openRelease(versionDirectory(artifacts, (await readPointer(artifacts))?.version ?? ''));
    megabytes = Object.values(set.manifest.sections).reduce((sum, { bytes }) => sum + bytes, 0) / 1e6;
    snapshot = snapshotOf(set);
  }, 240_000);

  afterAll(() => rm(artifacts, { recursive: true, force: true }));

  const titleOf = (index: number): string => snapshot.catalog.columns.titles.get(index);
  const indexOf = (movieId: number): number => snapshot.catalog.indexOf(String(movieId)) ?? -1;

  test('has about the 80,634 movies from 1930 on, and says what was dropped', () => {
    expect(snapshot.catalog.size).toBeGreaterThan(80_500);
    expect(snapshot.catalog.size).toBeLessThan(80_800);
    const dropped = lines.filter((line) => line.includes('dropped')).map((line) => line.replace(/.*: /, ''));
    expect(dropped).toEqual(expect.arrayContaining(['before 1930', 'no genre', 'year unknown']));
    expect(snapshot.catalog.dataset).toBe('ml-32m + TMDb');
  });

  test('fits into 37 MB', () => {
    expect(megabytes).toBeLessThan(37);
  });

  test('finds the sequels of a film first', () => {
    const first = (movieId: number, count: number): string[] =>
      snapshot.recommender.similar(indexOf(movieId), count).map(({ index }) => titleOf(index));
    expect(first(2571, 2).sort()).toEqual(['The Matrix Reloaded', 'The Matrix Revolutions']);
    expect(first(4993, 2).sort()).toEqual(['The Lord of the Rings: The Return of the King', 'The Lord of the Rings: The Two Towers']);
    expect(first(858, 2)).toContain('The Godfather Part II');
  });

  test('never gives a short page while more films pass a narrow filter', () => {
    const { filters, recommender, catalog } = snapshot;
    const label = (names: string[], name: string): number => names.indexOf(name);
    const genres = ['Western', 'War'].map((name) => label(catalog.columns.genres.names.toArray(), name));
    const services = [label(catalog.columns.services.names.toArray(), 'Netflix')];
    const candidates = filters.candidates({ genres, genreMatch: 'ANY', services, languages: [] });
    const { total, movies } = recommender.recommend({
      profile: { liked: [indexOf(2571)], disliked: [], genres },
      mode: 'FOR_YOU',
      candidates,
      offset: 0,
      limit: 20,
    });
    expect(total).toBeGreaterThan(20);
    expect(movies).toHaveLength(20);
  });

  test('finds first what was meant: at least 95 % of 300 queries, 99 % among the first three', async () => {
    expect(TITLE_QUERIES.length).toBeGreaterThanOrEqual(300);
    const { first, amongThree, wrong } = await measureSearch(snapshot, TITLE_QUERIES);
    expect(first, wrong.join('\n')).toBeGreaterThanOrEqual(0.95);
    expect(amongThree, wrong.join('\n')).toBeGreaterThanOrEqual(0.99);
  });

  test('knows every title by its words', async () => {
    const everything = snapshot.filters.candidates({ genres: [], genreMatch: 'ANY', services: [], languages: [] });
    for (const [query, title] of [
      ['matrix the', 'The Matrix'],
      ['shawshank redemtion', 'The Shawshank Redemption'],
      ['amelie', 'Amélie'],
    ]) {
      const { movies } = await snapshot.search.search(query, everything, 0, 3);
      expect(movies.map(titleOf), query).toContain(title);
    }
  });
});
