import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildRelease } from '../../../pipeline/training/build-release.ts';
import { generatedMovies } from '../../../test/generated-movies.ts';
import { shippedConfig } from '../../../test/release-in-memory.ts';
import { readRecommenderModel } from '../recommender/model.ts';
import { ArtifactError } from './artifact-error.ts';
import { labelsOf, readCatalogColumns } from './catalog-columns.ts';
import type { Manifest } from './manifest.ts';
import { ModelRelease, openRelease, writeRelease } from './model-release.ts';
import { HEADER_BYTES } from './section-file.ts';

const movies = generatedMovies(150);
let folder: string;
let undamaged: string;
let manifest: Manifest;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cinematch-artifacts-'));
  undamaged = join(folder, 'undamaged');
  const origin = { version: 'undamaged', dataset: 'generated', builtAt: new Date(0), inputs: {} };
  const { about, sections } = buildRelease(movies, shippedConfig('default'), origin);
  manifest = await writeRelease(undamaged, about, sections);
  const other = buildRelease(generatedMovies(150, 2), shippedConfig('default'), { ...origin, version: 'other' });
  await writeRelease(join(folder, 'other'), other.about, other.sections);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** The checks that the server and publish make before a release is used. */
async function open(directory: string): Promise<void> {
  const release = await openRelease(directory);
  readCatalogColumns(release);
  readRecommenderModel(release);
}

async function damaged(change: (directory: string) => Promise<void>): Promise<unknown> {
  const copy = await mkdtemp(join(folder, 'copy-'));
  await cp(undamaged, copy, { recursive: true });
  try {
    await change(copy);
    await open(copy);
    return undefined;
  } catch (error) {
    return error;
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

describe('a release that threads share', () => {
  test('is one copy in memory, with what was derived from it', async () => {
    const release = await openRelease(undamaged);
    const model = readRecommenderModel(release);
    const there = ModelRelease.ofThread(structuredClone(release.share()));
    const make = () => expect.fail('made again');
    const shared = (array: Float32Array | Uint32Array): boolean => array.buffer instanceof SharedArrayBuffer;
    expect(shared(there.get('features.values', 'f32'))).toBe(true);
    const { values } = there.derived('features.byColumn', make);
    expect(values).toEqual(model.featuresByColumn?.values);
    // What one of them writes, the other reads.
    there.get('model.popularity', 'f32')[3] = 0.125;
    expect(release.get('model.popularity', 'f32')[3]).toBe(0.125);
    values[0] = 7;
    expect(model.featuresByColumn?.values[0]).toBe(7);
  });
});

describe('an undamaged release', () => {
  test('gives back every column as it was written', async () => {
    const columns = readCatalogColumns(await openRelease(undamaged));
    expect(columns.size).toBe(movies.length);
    movies.forEach((movie, i) => {
      expect(columns.movieIds[i]).toBe(movie.movieId);
      expect(columns.imdbIds[i]).toBe(movie.imdbId ?? 0);
      expect(columns.tmdbIds[i]).toBe(movie.tmdbId ?? 0);
      expect(columns.years[i]).toBe(movie.year ?? 0);
      expect(columns.runtimes[i]).toBe(movie.runtimeMissing ? 0 : movie.runtime);
      expect(columns.ratingCounts[i]).toBe(movie.ratingCount);
      expect(columns.titles.get(i)).toBe(movie.title);
      expect(columns.overviews.get(i)).toBe(movie.overview);
      expect(labelsOf(columns.genres, i)).toEqual(movie.genres);
      expect(labelsOf(columns.cast, i)).toEqual(movie.cast);
      expect(labelsOf(columns.languages, i)).toEqual(movie.originalLanguage === '' ? [] : [movie.originalLanguage]);
      if (movie.ratingAverage === null) expect(columns.ratingAverages[i]).toBeNaN();
      else expect(columns.ratingAverages[i]).toBeCloseTo(movie.ratingAverage, 5);
    });
  });
});

describe('a damaged release is refused, and the message names the part', () => {
  const section = fc.constantFrom(
    'catalog.movieIds',
    'catalog.titles.bytes',
    'catalog.genres.indices',
    'features.values',
    'features.rowOffsets',
    'model.popularity',
  );

  test('a flipped bit anywhere in a section', async () => {
    await fc.assert(
      fc.asyncProperty(
        section,
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        fc.integer({ min: 0, max: 7 }),
        async (name, where, bit) => {
          const error = await damaged(async (directory) => {
            const path = join(directory, `${name}.bin`);
            const bytes = await readFile(path);
            bytes[Math.floor(where * bytes.length)] ^= 1 << bit;
            await writeFile(path, bytes);
          });
          expect(error).toBeInstanceOf(ArtifactError);
          expect(String(error)).toContain(`section ${name}`);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('a section that is cut short or has bytes after its end', async () => {
    await fc.assert(
      fc.asyncProperty(section, fc.integer({ min: -HEADER_BYTES - 8, max: 64 }), async (name, change) => {
        fc.pre(change !== 0);
        const error = await damaged(async (directory) => {
          const path = join(directory, `${name}.bin`);
          const bytes = await readFile(path);
          await writeFile(
            path,
            change < 0 ? bytes.subarray(0, Math.max(0, bytes.length + change)) : Buffer.concat([bytes, Buffer.alloc(change)]),
          );
        });
        expect(error).toBeInstanceOf(ArtifactError);
        expect(String(error)).toContain(`section ${name}`);
      }),
      { numRuns: 40 },
    );
  });

  test('every section of another release, undamaged in itself', async () => {
    for (const name of Object.keys(manifest.sections)) {
      const other = await readFile(join(folder, 'other', `${name}.bin`));
      if (other.equals(await readFile(join(undamaged, `${name}.bin`)))) continue; // The same in both releases, for instance the names of the genres.
      const error = await damaged((directory) => writeFile(join(directory, `${name}.bin`), other));
      expect(String(error), name).toMatch(new RegExp(`section ${name.replaceAll('.', '\\.')}: .*another release`));
    }
  });

  test('a missing section, a section of another format version, a file that is none', async () => {
    const path = (directory: string): string => join(directory, 'features.values.bin');
    expect(String(await damaged((directory) => rm(path(directory))))).toContain(
      'section features.values: its file cannot be read (ENOENT)',
    );
    const withByte = (at: number, value: number) => async (directory: string) => {
      const bytes = await readFile(path(directory));
      bytes[at] = value;
      await writeFile(path(directory), bytes);
    };
    expect(String(await damaged(withByte(4, 9)))).toContain(
      'section features.values: format 9, this program reads 1; a newer program made it, so upgrade this one',
    );
    expect(String(await damaged(withByte(0, 0)))).toContain('section features.values: not an artifact section');
  });

  test.each([
    ['no manifest', (): string => '', 'manifest.json: is not JSON'],
    ['half a manifest', (text: string): string => text.slice(0, text.length / 2), 'manifest.json: is not JSON'],
    [
      'a manifest of another format',
      (text: string): string => text.replace('"format": 1', '"format": 2'),
      'format 2, this program reads 1; a newer program made it, so upgrade this one',
    ],
    [
      'a manifest of an older format',
      (text: string): string => text.replace('"format": 1', '"format": 0'),
      'format 0, this program reads 1; make it anew with "npm run pipeline -- train"',
    ],
    [
      'a manifest without sections',
      (text: string): string => JSON.stringify({ ...JSON.parse(text), sections: {} }),
      '"sections" is missing',
    ],
    [
      'a manifest that leads out of its folder',
      (text: string): string => text.replace('"model.popularity"', '"../../etc/passwd"'),
      "is not a section's name",
    ],
    [
      'a manifest of fewer movies',
      (text: string): string => text.replace('"movieCount": 150', '"movieCount": 149'),
      'section catalog.movieIds: 150 movies, the manifest says 149',
    ],
    ['a config with an unknown key', (text: string): string => text.replace('"similarity"', '"similarty"'), 'manifest config'],
    [
      'a manifest that lacks a section',
      (text: string): string => {
        const parsed = JSON.parse(text);
        delete parsed.sections['catalog.years'];
        return JSON.stringify(parsed);
      },
      'section catalog.years is missing',
    ],
  ])('%s', async (_, change, message) => {
    const error = await damaged(async (directory) => {
      const path = join(directory, 'manifest.json');
      await writeFile(path, change(await readFile(path, 'utf8')));
    });
    expect(error).toBeInstanceOf(ArtifactError);
    expect(String(error)).toContain(message);
  });

  test('a release without its manifest is unfinished', async () => {
    expect(String(await damaged((directory) => rm(join(directory, 'manifest.json'))))).toContain(
      'the release is unfinished or not there (ENOENT)',
    );
  });
});
