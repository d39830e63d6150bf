import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { assembleRelease, fitContent } from '../../../../pipeline/training/build-release.ts';
import { type TemporaryFolder, temporaryFolder } from '../../../../test/fixture-release.ts';
import { generatedHybrid } from '../../../../test/generated-collaborative-model.ts';
import { generatedMovies } from '../../../../test/generated-movies.ts';
import { releaseInMemory, shippedConfig } from '../../../../test/release-in-memory.ts';
import { ModelRelease, openRelease, writeRelease } from '../../artifacts/model-release.ts';
import type { SectionArray } from '../../artifacts/section-file.ts';
import { Bitset } from '../../linalg/bitset.ts';
import { Recommender } from '../recommender.ts';
import type { HybridConfig } from './hybrid-config.ts';
import { readHybridModel } from './hybrid-model.ts';

const COUNT = 60;
const content = fitContent(generatedMovies(COUNT), shippedConfig('default'));
const origin = { version: 'hybrid-1', dataset: 'test', builtAt: new Date(0), inputs: {} };
const { about, sections } = assembleRelease(content, origin, generatedHybrid(COUNT));

const settings = about.taste as HybridConfig;

/** The release with some sections and manifest entries replaced. */
function releaseWith(parts: Record<string, SectionArray | undefined>, manifest: object = {}): ModelRelease {
  const all = Object.entries({ ...sections, ...parts }).filter((entry): entry is [string, SectionArray] => entry[1] !== undefined);
  return new ModelRelease({ format: 1, ...about, ...manifest, sections: {} }, new Map(all));
}

describe('a release with ratings models', () => {
  let folder: TemporaryFolder;
  beforeEach(async () => {
    await folder?.remove();
    folder = await temporaryFolder();
  });
  afterAll(() => folder.remove());

  test('gives the same rankings after it was written and read', async () => {
    const directory = `${folder.path}/hybrid-1`;
    await writeRelease(directory, about, sections);
    const read = await openRelease(directory);
    expect(read.manifest.validation).toEqual({ protocol: 'generated', users: 10, ndcg: { 1: 0.2, all: 0.4 } });
    const request = {
      profile: { liked: [1, 2, 3], disliked: [5], genres: [0] },
      mode: 'FOR_YOU' as const,
      candidates: Bitset.full(COUNT),
      offset: 0,
      limit: COUNT,
    };
    expect(Recommender.fromRelease(read).recommend(request)).toEqual(Recommender.fromRelease(releaseWith({})).recommend(request));
  });

  test('stores weights with two bytes a column, only of movies that have any, and reads the same back', () => {
    const { weights } = generatedHybrid(COUNT).collaborative.ease;
    expect(sections['taste.ease.items']).toEqual(Uint32Array.from({ length: COUNT }, (_, row) => row).filter((row) => row % 10 !== 9));
    expect(sections['taste.ease.columnIndices']).toBeInstanceOf(Uint16Array);
    expect(readHybridModel(releaseWith({}))?.ease.weights).toEqual(weights);
  });

  test('has no hybrid model when it was built from content alone', () => {
    expect(readHybridModel(releaseInMemory(generatedMovies(COUNT), shippedConfig('default')))).toBeUndefined();
  });

  test.each<[string, Record<string, SectionArray | undefined>, object, string]>([
    ['factors of other movies', { 'taste.factors': new Int16Array(8) }, {}, 'section taste.factors: 8 entries, expected 480'],
    ['scales of other movies', { 'taste.scales': new Float32Array(8) }, {}, 'section taste.scales: 8 entries, expected 60'],
    ['factors of another type', { 'taste.factors': new Float32Array(480) }, {}, 'section taste.factors: holds f32, expected i16'],
    ['a gram of another size', { 'taste.gram': new Float32Array(9) }, {}, 'section taste.gram: 9 entries, expected 64'],
    ['scales below 0', { 'taste.scales': new Float32Array(COUNT).fill(-1) }, {}, 'section taste.scales: holds a number below 0'],
    [
      'a number that is not finite',
      { 'taste.popularity': new Float32Array(COUNT).fill(Number.NaN) },
      {},
      'section taste.popularity: holds a number that is not finite',
    ],
    ['weights that do not fit', { 'taste.ease.rowOffsets': new Uint32Array(3) }, {}, 'section taste.ease: 3 row offsets, expected 55'],
    [
      'weights of movies that do not exist',
      { 'taste.ease.items': sections['taste.ease.items'].map((row) => row + 2) },
      {},
      'section taste.ease: items: 60 at place 53, expected to ascend below 60',
    ],
    ['weights of another catalog', { 'taste.fewLikes.rowOffsets': new Uint32Array(3) }, {}, 'section taste.fewLikes: 3 row offsets'],
    ['a missing section', { 'taste.ease.values': undefined }, {}, 'section taste.ease.values is missing'],
    ['an unknown key', {}, { taste: { ...settings, colour: 1 } }, 'colour'],
    ['no blend', {}, { taste: { ...settings, blend: [] } }, 'manifest taste: blend'],
    [
      'a blend that does not ascend',
      {},
      { taste: { ...settings, blend: settings.blend.toReversed() } },
      'manifest taste: blend: numbers of likes',
    ],
    ['sections without settings in the manifest', {}, { taste: undefined }, '"taste" is missing'],
  ])('with %s is refused', (_, parts, manifest, message) => {
    expect(() => readHybridModel(releaseWith(parts, manifest))).toThrow(message);
  });
});
